"""Send files of real trouble by the command and by the page: both say the same, and nothing is read unseen.

Each file is an instance of a kind; how cells and encodings are read is held beside the sheets.
"""

import io
import re

import openpyxl
import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone

from fsul_portal.intake.actions import read, take_in
from fsul_portal.intake.kinds import kind_named
from fsul_portal.intake.plans import OUTCOMES
from fsul_portal.sheets import write_csv
from members.libraries.models import Library
from members.periods.models import Period, period_days
from members.returns.actions import save_draft
from members.returns.intake.actions import import_returns
from members.returns.intake.resources import rows_of as exported
from members.returns.models import Return
from tests.members.returns.figures import CODES, SOUND, sound

RETURNS, LIBRARIES = ["library_code", "period", "V01"], ["code", "name", "level", "parent_code"]
LEAVING = ["code", "name", "level", "closed_on"]
PAGES = {"returns": "/reports/returns/import/", "libraries": "/members/import/"}


def book(*sheets, shape=None):
    """Write a workbook with these (title, rows); `shape` has the last word on its first sheet."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for title, rows in sheets:
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    if shape:
        shape(made.worksheets[0])
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def raised_footnote():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        sheet = made.add_worksheet()
        for place, heading in enumerate(RETURNS):
            sheet.write(0, place, heading)
        sheet.write_row(1, 0, ["NH003", "2026-02"])
        sheet.write_rich_string(1, 2, "5900", made.add_format({"font_script": 1}), "1")
    return out.getvalue()


def shown_as(places):
    def shape(sheet):
        for place in places:
            sheet[place].number_format = "0000"

    return shape


def hide_third(sheet):
    sheet.row_dimensions[3].hidden = True


def merge_period(sheet):
    sheet["B3"] = None
    sheet.merge_cells("B2:B3")


TWO = [["NH003", "2026-02", 5], ["NH002", "2026-02", 6]]
ROW = ["NH010", "新分馆", "branch", "NH001"]
# kind, name, content, what happens in the end: (created, updated, unchanged, refused), or the words of a refusal.
FILES = {
    "superscript-footnote": ("returns", "a.xlsx", raised_footnote(), (0, 0, 0, 1)),
    "two-numbers-in-a-cell": ("returns", "a.csv", write_csv(RETURNS, [["NH003", "2026-02", "4 5"]]), (0, 0, 0, 1)),
    "utf8-one-broken-byte": (
        "libraries",
        "a.csv",
        ",".join(LIBRARIES).encode() + "\nNH010,新分馆,branch,NH001\nNH011,又一".encode()[:-1] + b",branch,NH001\n",
        "Row 3",
    ),
    "three-visible-sheets": (
        "returns",
        "a.xlsx",
        book(("南海", [RETURNS, TWO[0]]), ("禅城", [RETURNS, ["CC001", "2026-02", 7]])),
        "南海、禅城",
    ),
    "zeros-by-number-format": (
        "libraries",
        "a.xlsx",
        book(("x", [LIBRARIES, [12, "甲", "branch", "NH001"]]), shape=shown_as(["A2"])),
        (0, 0, 1, 0),
    ),
    "zeros-lost": ("libraries", "a.csv", write_csv(LIBRARIES, [["12", "甲", "branch", "NH001"]]), (0, 0, 0, 1)),
    "code-in-lower-case": (
        "libraries",
        "a.csv",
        write_csv(LIBRARIES, [["nh003", "大沥分馆（演示）", "branch", "nh001"]]),
        (0, 0, 1, 0),
    ),
    "hidden-row": ("returns", "a.xlsx", book(("x", [RETURNS, *TWO]), shape=hide_third), "3"),
    "merged-period": ("returns", "a.xlsx", book(("x", [RETURNS, *TWO]), shape=merge_period), (2, 0, 0, 0)),
    "stray-space": ("returns", "a.xlsx", book(("x", [RETURNS, [*TWO[0], " "], [" ", " "]])), (1, 0, 0, 0)),
    "sep-line": ("returns", "a.csv", b"sep=;\nlibrary_code;period;V01\nNH003;2026-02;5\n", (1, 0, 0, 0)),
    "instructions-sheet-first": (
        "returns",
        "a.xlsx",
        book(("填表说明", [["请按月填报"]]), ("填报", [RETURNS, *TWO])),
        (2, 0, 0, 0),
    ),
    "closing-a-parent": (
        "libraries",
        "a.csv",
        write_csv(LEAVING, [["NH001", "南海区图书馆（演示）", "district", "2026-03-01"]]),
        (0, 0, 0, 1),
    ),
    "backdated-leaving": (
        "libraries",
        "a.csv",
        write_csv(LEAVING, [["NH004", "千灯湖读书驿站（演示）", "point", "2026-01-15"]]),
        (0, 0, 0, 1),
    ),
    "e-notation": (
        "libraries",
        "a.csv",
        write_csv([*LIBRARIES, "longitude", "latitude"], [[*ROW, "1.13123456E2", "2.3023456E1"]]),
        (1, 0, 0, 0),
    ),
    "first-month-without-a-base": (
        "returns",
        "a.csv",
        write_csv(RETURNS, [["NH003", "2026-02", 2236995718]]),
        (1, 0, 0, 0),
    ),
    "events-without-attendance": (
        "returns",
        "a.csv",
        write_csv(["library_code", "period", "E01", "E02"], [["NH003", "2026-02", 3, 0], ["NH002", "2026-02", 0, 9]]),
        (2, 0, 0, 0),
    ),
    "first-sheet-empty": ("returns", "a.xlsx", book(("封面", []), ("填报", [RETURNS, *TWO])), (2, 0, 0, 0)),
    "gb18030-with-bom": (
        "libraries",
        "a.csv",
        b"\x84\x31\x95\x33" + "代码,馆名,级别,上级馆代码\nNH010,新分馆,分馆,NH001\n".encode("gb18030"),
        (1, 0, 0, 0),
    ),
    "bad-byte-no-row": (
        "libraries",
        "a.csv",
        ",".join(LIBRARIES).encode() + b"\nNH010,a\xff\xffb,branch,NH001\n",
        "Row 2",
    ),
}


@pytest.fixture
def stage(cast):
    """Keep a library with zeros before its code, and a month that is locked."""
    first_day, last_day = period_days("2026-01")
    Period.objects.create(code="2026-01", first_day=first_day, last_day=last_day, locked_at=timezone.now())
    zeros = write_csv(LIBRARIES, [["0012", "甲", "branch", "NH001"]])
    take_in(kind_named("libraries"), read(kind_named("libraries"), zeros, name="a.csv"))


@pytest.mark.checklist("C6")
@pytest.mark.parametrize("trouble", FILES)
def test_a_file_of_trouble_by_the_command(stage, tmp_path, capsys, trouble):
    kind, name, content, outcome = FILES[trouble]
    (tmp_path / name).write_bytes(content)
    try:
        call_command(f"import_{kind}", tmp_path / name)
        status = 0
    except SystemExit as end:
        status = end.code
    told = capsys.readouterr()
    last = tuple(int(number) for number in re.findall(r"\d+", told.out.splitlines()[-1]))
    if isinstance(outcome, str):
        assert (status, last, outcome in told.err) == (1, (0, 0, 0, 0), True)
    else:
        assert (status, last) == (1 if outcome[3] else 0, outcome)
    assert re.findall(r"\bNone\b|\bnan\b", told.out + told.err) == []
    assert Library.objects.filter(code__in=("12", "nh003")).count() == 0


@pytest.mark.parametrize("trouble", FILES)
def test_a_file_of_trouble_by_the_page(stage, as_person, trouble):
    kind, name, content, outcome = FILES[trouble]
    fields = {"on": timezone.localdate().isoformat(), "state": "accepted"}
    page = as_person("office").post(PAGES[kind], {"file": SimpleUploadedFile(name, content), **fields}, follow=True)
    if isinstance(outcome, str):
        assert outcome in page.content.decode()
        assert "outcome" not in page.context
    else:
        assert tuple(page.context["counts"][name] for name in OUTCOMES) == outcome
    assert (Return.objects.count(), Library.objects.count()) == (0, 11)


@pytest.mark.parametrize(
    ("trouble", "options"),
    [("hidden-row", "--hidden read | --hidden skip"), ("three-visible-sheets", "--sheet 南海 | --sheet 禅城")],
)
def test_a_command_that_asks_names_the_options_which_answer(stage, tmp_path, capsys, trouble, options):
    kind, name, content, __ = FILES[trouble]
    (tmp_path / name).write_bytes(content)
    with pytest.raises(SystemExit):
        call_command(f"import_{kind}", tmp_path / name)
    assert capsys.readouterr().err.splitlines()[-1] == f"Answer with one of these options: {options}"


def test_the_page_asks_about_hidden_rows_in_words(stage, as_person):
    __, name, content, __ = FILES["hidden-row"]
    fields = {"file": SimpleUploadedFile(name, content), "state": "accepted"}
    page = as_person("office").post(PAGES["returns"], fields, follow=True)
    choices = page.context["form"].fields["answer"].choices
    assert choices == [("read", "Read them too"), ("skip", "Leave them out")]


def test_a_preview_names_the_library_and_the_month_of_each_change(stage, as_person, library):
    content = write_csv(RETURNS, [["NH003", "2026-02", 5], ["NH003", "2026-03", 6]])
    fields = {"file": SimpleUploadedFile("a.csv", content), "state": "accepted"}
    page = as_person("office").post(PAGES["returns"], fields, follow=True)
    name = library("NH003").facts.name
    assert [called for __, __, called, __, __ in page.context["outcome"]["changes"]] == [
        f"{name} February 2026",
        f"{name} March 2026",
    ]


def test_whoever_leaves_in_a_locked_month_is_told_the_first_day_that_can_be(stage, tmp_path, capsys):
    kind, name, content, __ = FILES["backdated-leaving"]
    (tmp_path / name).write_bytes(content)
    with pytest.raises(SystemExit):
        call_command(f"import_{kind}", tmp_path / name)
    assert capsys.readouterr().err.splitlines()[0] == (
        "row 2, column closed_on: The library would no longer belong in months that are locked: January 2026. They stay"
        " as they are. The first day outside the system can be 2026-02-01 at the earliest."
    )
    as_told = write_csv(LEAVING, [["NH004", "千灯湖读书驿站（演示）", "point", "2026-02-01"]])
    (tmp_path / name).write_bytes(as_told)
    call_command(f"import_{kind}", tmp_path / name)
    assert capsys.readouterr().out.splitlines()[-1] == "0 created, 1 updated, 0 unchanged, 0 refused"


def test_an_unchanged_export_changes_neither_figures_nor_states(submitted, accepted, library, person):
    accepted("NH002")
    submitted("NH003")
    save_draft(library("NH004"), "2026-02", sound(V01=77), {}, by=person("nanhai"))
    content = write_csv(*exported(Return.objects.all()))
    before = list(Return.objects.order_by("pk").values_list("state", "version", "figures"))
    assert import_returns(content, name="a.csv").counts()["unchanged"] == 3
    assert list(Return.objects.order_by("pk").values_list("state", "version", "figures")) == before


def test_one_corrected_figure_beside_empty_cells_erases_nothing(accepted, stored):
    accepted("NH003")
    row = ["NH003", "2026-02", 1300, *("" for __ in CODES[1:])]
    plan = import_returns(write_csv(["library_code", "period", *CODES], [row]), name="a.csv")
    assert (plan.counts()["updated"], len(plan.kept)) == (1, len(CODES) - 1)
    assert stored("NH003").figures == SOUND | {"V01": 1300}
