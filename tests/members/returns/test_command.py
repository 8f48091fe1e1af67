"""Hold the command `import_returns` to its contract (6.2.1 j)."""

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from members.returns.models import Return
from tests.members.returns.figures import table


@pytest.fixture
def run(cast, tmp_path, capsys):
    """Run the command on a content; return the exit status, the lines told and the lines of refusals."""

    def call(content, *options, name="returns.csv"):
        (tmp_path / name).write_bytes(content)
        status = 0
        try:
            call_command("import_returns", tmp_path / name, *options)
        except SystemExit as end:
            status = end.code
        told = capsys.readouterr()
        return status, told.out.splitlines(), told.err.splitlines()

    return call


def test_it_counts_what_it_did(run):
    rows = table(("NH002", "2026-02", 5), ("NH003", "2026-02", 6))
    assert run(rows) == (0, ["2 created, 0 updated, 0 unchanged, 0 refused"], [])
    assert run(rows) == (0, ["0 created, 0 updated, 2 unchanged, 0 refused"], [])
    assert run(rows.replace(b",6", b",7")) == (0, ["0 created, 1 updated, 1 unchanged, 0 refused"], [])


@pytest.mark.clause("6.2.1 j")
def test_each_refused_row_is_told_with_row_and_column(run):
    status, told, refused = run(table(("NH002", "2026-02", 5), ("NH003", "2026-02", -1), ("NH999", "2026-02", 1)))
    assert (status, told) == (1, ["0 created, 0 updated, 0 unchanged, 2 refused"])
    assert refused == [
        "row 3, column V01: A count may not be negative.",
        "row 4, column library_code: There is no library with the code NH999.",
        "Nothing was taken in, because rows were refused; --partial takes the others in.",
    ]
    assert Return.objects.count() == 0


def test_partial_takes_the_good_rows(run):
    status, told, refused = run(table(("NH002", "2026-02", 5), ("NH003", "2026-02", -1)), "--partial")
    assert (status, told, len(refused)) == (1, ["1 created, 0 updated, 0 unchanged, 1 refused"], 1)
    assert list(Return.objects.values_list("library__code", "state")) == [("NH002", "accepted")]


def test_a_dry_run_says_the_same_and_changes_nothing(run):
    assert run(table(("NH002", "2026-02", 5)), "--dry-run")[1] == ["1 created, 0 updated, 0 unchanged, 0 refused"]
    assert Return.objects.count() == 0


def test_as_submitted_goes_into_the_review(run):
    run(table(("NH002", "2026-02", 5)), "--as", "submitted")
    assert Return.objects.get().state == "submitted"


def test_questioned_rows_are_listed_and_go_in(run):
    columns = ("library_code", "period", "V01", "N05")
    status, told, refused = run(table(("NH002", "2026-02", 5, 12), columns=columns))
    assert (status, refused) == (0, [])
    assert told == [
        "questioned: row 2, column N05: Open on 12 days only, fewer than 20, without a suspension on record.",
        "1 created, 0 updated, 0 unchanged, 0 refused",
    ]


def test_the_table_comes_back_with_its_errors_marked(run, tmp_path):
    run(table(("NH002", "2026-02", "x")), "--errors", tmp_path / "errors.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "errors.xlsx").worksheets[0]
    assert [cell.coordinate for line in sheet.iter_rows() for cell in line if cell.comment] == ["C2"]


def test_what_is_no_table_is_refused_in_a_sentence(run):
    status, told, refused = run(b"\x00\x01\x02")
    assert (status, told, len(refused)) == (1, ["0 created, 0 updated, 0 unchanged, 0 refused"], 1)


def test_a_file_that_is_not_there_is_told(cast, tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_returns", tmp_path / "nowhere.csv")
