"""Hold what scripts rely on: the commands, their last line, their exit status."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from fsul_portal.sheets import read_sheet
from members.libraries.actions import change_facts, close_library
from members.libraries.models import Division, Library
from tests.members.conftest import csv_of

HEADERS = "code,name,level,parent_code"
GOOD = ("NH010", "新分馆", "branch", "NH001")
BAD = ("NH011", "新分馆", "branch", "NH404")


@pytest.fixture
def run(cast, tmp_path):
    """Run a command; returns its exit status, what it said and what it complained of."""

    def run_command(name, content=None, called="libraries.csv", **options):
        out, complaints, status = StringIO(), StringIO(), 0
        args = []
        if content is not None:
            args = [tmp_path / called]
            args[0].write_bytes(content)
        try:
            call_command(name, *args, stdout=out, stderr=complaints, **options)
        except SystemExit as stop:
            status = stop.code
        return status, out.getvalue().splitlines(), complaints.getvalue().splitlines()

    return run_command


def test_a_good_file_ends_with_its_counts_and_status_0(run):
    assert run("import_libraries", csv_of(HEADERS, GOOD)) == (0, ["1 created, 0 updated, 0 unchanged, 0 refused"], [])


def test_a_bad_row_is_told_on_standard_error_with_status_1(run):
    status, out, complaints = run("import_libraries", csv_of(HEADERS, GOOD, BAD))
    assert (status, out) == (1, ["0 created, 0 updated, 0 unchanged, 1 refused"])
    assert complaints[0].startswith("row 3, column parent_code: ")
    assert not Library.objects.filter(code="NH010").exists()


def test_partial_takes_the_good_rows_and_still_ends_with_status_1(run):
    status, out, __ = run("import_libraries", csv_of(HEADERS, GOOD, BAD), partial=True)
    assert (status, out) == (1, ["1 created, 0 updated, 0 unchanged, 1 refused"])
    assert Library.objects.filter(code="NH010").exists()


def test_a_questioned_row_goes_in_and_is_listed(run):
    content = csv_of(f"{HEADERS},longitude,latitude,crs", (*GOOD, "113.12", "23.023456", "WGS84"))
    status, out, complaints = run("import_libraries", content)
    assert (status, out[-1], complaints) == (0, "1 created, 0 updated, 0 unchanged, 0 refused", [])
    assert [line.partition(": row 2, column longitude: ")[0] for line in out[:-1]] == ["questioned"]


def test_a_dry_run_changes_nothing(run):
    status, out, __ = run("import_libraries", csv_of(HEADERS, GOOD), dry_run=True)
    assert (status, out) == (0, ["1 created, 0 updated, 0 unchanged, 0 refused"])
    assert not Library.objects.filter(code="NH010").exists()


def test_the_day_of_a_change_can_be_said(run):
    run(
        "import_libraries",
        csv_of("code,name,level,kind", ("NH003", "大沥分馆（演示）", "branch", "主题馆")),
        on="2024-02-01",
    )
    assert Library.objects.get(code="NH003").spells.known().get(kind="主题馆").since == date(2024, 2, 1)


def test_the_mistakes_come_back_marked_in_the_workbook(run, tmp_path):
    marked = tmp_path / "marked.xlsx"
    run("import_libraries", csv_of("馆代码,馆名,级别,上级馆代码", GOOD, BAD), errors=marked)
    sheet = read_sheet(marked.read_bytes(), name="marked.xlsx")
    assert [row.cells["馆代码"] for row in sheet.rows] == ["NH010", "NH011"]
    assert len(sheet.unread) == 1


@pytest.mark.parametrize("options", [{"on": "2024-13-01"}, {"on": "yesterday"}])
def test_a_day_that_is_none_is_told(run, options):
    with pytest.raises(CommandError):
        run("import_libraries", csv_of(HEADERS, GOOD), **options)


def test_a_missing_file_is_told(cast, tmp_path):
    with pytest.raises(CommandError):
        call_command("import_libraries", tmp_path / "nowhere.csv")


@pytest.mark.clause("6.2.1 e")
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_is_exported_goes_in_again_as_unchanged(run, load, tmp_path, kind):
    load(
        "code,name,level,parent_code,longitude,latitude,crs,opened_on,closed_on,area,seats,phone,address",
        (
            "NH010",
            "=馆",
            "branch",
            "NH001",
            "113.120000",
            "23.0",
            "WGS84",
            "2021-05-01",
            "2030-01-01",
            "12.5",
            "0",
            "075786",
            "-路",
        ),
    )
    out = tmp_path / f"out.{kind}"
    assert run("export_libraries", out=out) == (0, [], [])
    status, lines, complaints = run("import_libraries", out.read_bytes(), called=f"again.{kind}")
    assert (status, lines, complaints) == (0, ["0 created, 0 updated, 11 unchanged, 0 refused"], [])


@pytest.mark.clause("6.2.1 e")
def test_the_export_of_a_day_shows_the_libraries_as_they_were(run, library, tmp_path):
    change_facts(library("NH003"), {"address": "新路"}, on=date(2018, 1, 1))
    close_library(library("NH004"), on=date(2017, 6, 1))
    out = tmp_path / "out.csv"
    run("export_libraries", out=out, on="2016-12-31")
    rows = {row.cells["code"]: row.cells for row in read_sheet(out.read_bytes(), name="out.csv").rows}
    assert len(rows) == 10
    assert (rows["NH003"]["address"], rows["NH003"]["closed_on"]) == ("大沥演示路8号", None)
    assert (rows["NH004"]["opened_on"], rows["NH004"]["closed_on"]) == ("2005-01-01", "2017-06-01")
    run("export_libraries", out=out)
    rows = {row.cells["code"]: row.cells for row in read_sheet(out.read_bytes(), name="out.csv").rows}
    assert ("NH004" in rows, rows["NH003"]["address"], rows["NH003"]["opened_on"]) == (False, "新路", "2005-01-01")


def test_the_export_stands_in_the_office_order(run, tmp_path):
    out = tmp_path / "out.csv"
    run("export_libraries", out=out)
    codes = [row.cells["code"] for row in read_sheet(out.read_bytes(), name="out.csv").rows]
    assert codes == ["FS001", "CC001", "CC002", "NH001", "NH002", "NH003", "NH004", "SD001", "GM001", "SS001"]


def test_the_export_takes_no_other_ending(run, tmp_path):
    with pytest.raises(CommandError):
        run("export_libraries", out=tmp_path / "out.pdf")


def test_divisions_come_in_by_command(run):
    content = csv_of("code,name,level,parent_code,sort", ("440605130", "新镇", "town", "440605", "208"))
    assert run("import_divisions", content) == (0, ["1 created, 0 updated, 0 unchanged, 0 refused"], [])
    assert Division.objects.get(code="440605130").parent.code == "440605"
    assert run("import_divisions", content) == (0, ["0 created, 0 updated, 1 unchanged, 0 refused"], [])
