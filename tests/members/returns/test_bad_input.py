"""Walk the list of bad input: each has a clear sentence, and nothing is lost by it (6.2.1 j).

What only one place can meet is held there: a database that goes away in the middle (test_import), a correction of a
correction (reports/corrections), a full disk (reports). Here each line goes the ways that it comes.
"""

import csv
import io
from datetime import date

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from fsul_portal.sheets import SheetRefused
from members.indicators.actions import change_indicator
from members.indicators.formulas.actions import keep_formula, load_first_formulas
from members.indicators.formulas.models import Formula
from members.indicators.formulas.reckoning import reckoned
from members.indicators.models import Indicator
from members.libraries.actions import change_facts
from members.months.actions import lock
from members.returns import actions
from members.returns.intake.actions import import_returns
from members.returns.models import Return
from tests.members.returns.figures import CODES, SOUND, sound, table

EDIT, TEMPLATE = "/reports/returns/NH003/2026-02/edit/", "/reports/returns/template/"
HUGE = 2_236_995_718
FULL = ("library_code", "period", *CODES)


def form(do="save", version=0, **figures):
    return {**SOUND, **figures, "version": version, "do": do}


def take_in(content, **options):
    return import_returns(io.BytesIO(content), name="returns.csv", **options)


def told(plan):
    return [(one.row, one.column, one.sentence) for one in plan.problems]


def asked(plan):
    return [(one.row, one.column, one.sentence) for one in plan.questions]


def book_of(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def written(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.clause("6.2.1 j")
@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("-3", "may not be negative"),
        ("1.5", "whole number"),
        ("nan", "a word for “nothing”"),
        ("1.2万", "12000 instead of 1.2万"),
        ("12 人", "is not a number"),
    ],
)
def test_what_is_no_count_is_told_at_its_box_and_at_its_cell_and_the_rest_is_kept(as_person, stored, said, why):
    page = as_person("nanhai").post(EDIT, form(V01=said))
    (sentence,) = page.context["form"].errors["V01"]
    assert why.casefold() in sentence.casefold()
    # What was typed beside it is still there.
    assert f'value="{SOUND["L01"]}"' in page.content.decode()
    plan = take_in(table(("NH003", "2026-02", said), ("NH002", "2026-02", 5)), partial=True)
    assert told(plan) == [(2, "V01", sentence)]
    assert stored("NH002").figures == {"V01": 5}


@pytest.mark.clause("6.2.1 j")
@pytest.mark.parametrize("code", ["V01", "E01", "R03"])
def test_a_count_beyond_all_measure_is_stored_and_asked_about_in_a_first_month_too(as_person, stored, code):
    more = {"R04": HUGE} if code == "R03" else {}
    client, figures = as_person("nanhai"), {code: HUGE} | more
    client.post(EDIT, form(**figures))
    assert stored("NH003").figures[code] == HUGE
    page = client.post(EDIT, form("submit", 1, **figures))
    assert (stored("NH003").state, stored("NH003").figures[code]) == ("draft", HUGE)
    assert any(f"{HUGE:,}" in each for each in page.context["form"].errors[f"{code}_note"])
    notes = {f"{one}_note": "国际书展" for one in CODES}
    client.post(EDIT, form("submit", 1, **figures, **notes))
    assert stored("NH003").state == "submitted"


def test_one_outlier_does_not_make_the_right_figure_after_it_look_wrong(library, person, draft):
    figures = sound(V01=HUGE, R04=800)
    actions.hand_in(library("NH003"), "2026-01", figures, {"V01": "笔误"}, by=person("nanhai"))
    assert actions.findings_of(draft("NH003")) == []


def test_events_without_attendance_are_asked_about_and_block_nobody(library, person):
    one = actions.save_draft(library("NH003"), "2026-02", sound(E01=3, E02=0), {}, by=person("nanhai"))
    with pytest.raises(actions.ReturnRefused) as refused:
        actions.submit(one, by=person("nanhai"))
    assert [(each.code, each.blocks) for each in refused.value.findings] == [("E02", False)]
    one = actions.save_draft(library("NH003"), "2026-02", sound(E01=3, E02=0), {"E02": "展览"}, by=person("nanhai"))
    assert actions.submit(one, by=person("nanhai")).state == "submitted"
    plan = take_in(table(("NH002", "2026-02", 3, 0), columns=("library_code", "period", "E01", "E02")))
    assert (told(plan), [each[:2] for each in asked(plan)]) == ([], [(2, "E02")])


def test_an_unknown_library_is_named_and_the_others_go_in(stored, cast):
    plan = take_in(table(("NH999", "2026-02", 5), ("NH003", "2026-02", 6)), partial=True)
    assert told(plan) == [(2, "library_code", "There is no library with the code NH999.")]
    assert stored("NH003").figures == {"V01": 6}


def test_an_unknown_indicator_is_named_and_nothing_goes_in_without_a_word(cast):
    plan = take_in(table(("NH003", "2026-02", 5, 6), columns=("library_code", "period", "V01", "Q99")), partial=True)
    assert told(plan) == [(1, "Q99", "This column is not known.")]
    assert Return.objects.count() == 0


def test_a_library_that_was_not_there_yet_is_refused_and_one_that_was_closed_is_asked_about(library, draft):
    plan = take_in(table(("NH003", "1990-01", 5)))
    assert told(plan) == [
        (2, "library_code", "The library did not belong to the system on any day of this period."),
    ]
    change_facts(library("NH003"), {"status": "suspended"}, on=date(2026, 1, 1))
    assert ("busy", "V01") in [(each.rule, each.code) for each in actions.findings_of(draft("NH003"))]


def test_a_month_ahead_is_refused_by_form_and_file(library, person, as_person, cast):
    with pytest.raises(PermissionDenied, match="has not begun"):
        actions.save_draft(library("NH003"), "2026-04", SOUND, {}, by=person("nanhai"))
    ((row, column, sentence),) = told(take_in(table(("NH003", "2026-04", 5))))
    assert (row, column, "has not begun" in sentence) == (2, "period", True)


def test_of_two_rows_for_one_library_the_second_is_refused_with_the_first_named(stored, cast):
    plan = take_in(table(("NH003", "2026-02", 5), ("nh003", "2026年2月", 6)), partial=True)
    assert told(plan) == [(3, "period", "This library and period stand in row 2 already.")]
    assert stored("NH003").figures == {"V01": 5}


@pytest.mark.clause("6.2.1 j")
def test_last_years_form_is_taken_for_the_month_that_it_names_and_never_for_this_one(signed_in, accepted, person, cast):
    """Somebody fills in the form of February 2025 once more: its month is locked, and the sentence says so."""
    accepted("NH003", "2025-02", V01=900)
    client = signed_in("nanhai")
    book = book_of(client.get(TEMPLATE, {"period": "2025-02", "library": "NH003"}).content)
    book.worksheets[0]["D2"] = 1000
    content = written(book)
    lock("2025-02", by=person("office"), acknowledged=99)
    ((row, __, sentence),) = told(take_in(content))
    assert (row, "locked" in sentence) == (2, True)
    assert Return.objects.get(library__code="NH003").figures["V01"] == 900


def test_an_indicator_renamed_in_mid_year_is_found_under_both_names(person, signed_in, stored, cast):
    client = signed_in("nanhai")
    before = client.get(TEMPLATE, {"period": "2026-02", "library": "NH003"}).content
    one = Indicator.objects.get(code="V01")
    one.name, one.name_en = "进馆人次", "Entries"
    change_indicator(one, since="2026-04", by=person("office"))
    after = client.get(TEMPLATE, {"period": "2026-02", "library": "NH003"}).content
    for content, figure in ((before, 1000), (after, 1100)):
        book = book_of(content)
        sheet = book.worksheets[0]
        assert sheet["D1"].value == "Physical visits"
        sheet["D2"] = figure
        plan = take_in(written(book), state="submitted", clear_empty=False)
        assert told(plan) == []
        Return.objects.filter(library__code="NH003").update(state="draft")
    assert stored("NH003").figures["V01"] == 1100
    assert told(take_in("馆代码,期间,到馆人次,到馆人次说明\nNH002,2026-02,5,x\n".encode())) == []
    assert told(take_in("馆代码,期间,进馆人次\nNH002,2026-02,5\n".encode())) == []


def test_a_shifted_head_is_refused_before_any_figure_lands_under_another_name(cast):
    """The headings stand one column further than the figures: what is read as a code or month is none."""
    content = table(("NH003", "2026-02", 5, 6), columns=("x", "library_code", "period", "V01"))
    plan = take_in(content, partial=True)
    assert (1, "x", "This column is not known.") in told(plan)
    assert Return.objects.count() == 0
    with pytest.raises(SheetRefused, match="lacks the columns"):
        take_in(table(("NH003", "2026-02", 5), columns=("2026-02", "V01", "L01")))


def test_a_title_above_the_head_is_refused_with_what_to_do(cast):
    book = openpyxl.Workbook()
    for row in (["佛山市联合图书馆填报表"], ["library_code", "period", "V01"], ["NH003", "2026-02", 5]):
        book.active.append(row)
    with pytest.raises(SheetRefused, match="Delete the title above the table: the headings must stand in row 1"):
        take_in(written(book))
    assert Return.objects.count() == 0


@pytest.mark.clause("6.2.1 j")
def test_a_stale_form_over_a_newer_one_saves_nothing_and_shows_both(draft, as_person, stored):
    draft(V01=1000)
    client = as_person("nanhai")
    draft(V01=1111)
    page = client.post(EDIT, form("submit", version=1, V01=1222))
    assert (page.status_code, stored("NH003").figures["V01"]) == (409, 1111)
    text = page.content.decode()
    assert 'value="1222"' in text
    assert "1,111" in text


@pytest.mark.parametrize("note", ["=1+1", "+1", "-cmd|' /C calc'!A0", "@SUM(A1)", "\t=1"])
def test_no_formula_goes_out_in_any_file(library, person, as_person, note):
    actions.save_draft(library("NH003"), "2026-02", SOUND, {"V01": note}, by=person("nanhai"))
    client = as_person("nanhai")
    address = "/reports/returns/export/?tab=all&period=2026-02&format="
    rows = list(csv.reader(io.StringIO(client.get(address + "csv").content.decode("utf-8-sig"))))
    answers = [client.get(address + "xlsx"), client.get(TEMPLATE, {"period": "2026-02"})]
    books = [book_of(answer.content) for answer in answers]
    cells = [cell for row in rows for cell in row]
    cells += [cell.value for book in books for sheet in book for row in sheet for cell in row if cell.data_type != "n"]
    assert [each for each in cells if each and str(each).lstrip()[:1] in "=+-@" and str(each).lstrip() != "—"] == []
    assert not any(cell.data_type == "f" for book in books for sheet in book for row in sheet for cell in row)


def test_a_formula_that_divides_by_nothing_says_so_and_one_that_leads_back_to_itself_is_refused(person, cast):
    load_first_formulas()
    known = {one.code: one for one in Formula.objects.all()}
    found = reckoned(known["K05"], known.values(), [{"E01": 0, "E02": 0}], {})
    assert (found.value, found.reason) == (None, "It would be divided by nothing.")
    known["K04"].expression = "K04 * 2"
    with pytest.raises(PermissionDenied, match="The formula leads back to itself: K04 → K04"):
        keep_formula(known["K04"], by=person("office"))
    assert Formula.objects.get(code="K04").expression != "K04 * 2"


def test_a_file_with_every_fault_at_once_comes_back_with_each_cell_marked_and_its_good_row_goes_in(as_person, stored):
    rows = [
        ("NH001", "2026-02", "-3"),
        ("NH999", "2026-02", "5"),
        ("NH002", "2026-04", "5"),
        ("NH004", "2026-02", "1.2万"),
        ("NH003", "2026-02", "5"),
        ("NH003", "2026-02", "6"),
    ]
    client = as_person("office")
    file = SimpleUploadedFile("a.csv", table(*rows))
    page = client.post("/reports/returns/import/", {"file": file, "state": "accepted", "partial": "on"}, follow=True)
    places = [(row, column) for row, column, __ in page.context["outcome"]["problems"]]
    assert places == [(2, "V01"), (3, "library_code"), (4, "period"), (5, "V01"), (7, "period")]
    marked = book_of(b"".join(client.get(page.context["problems_url"]).streaming_content)).worksheets[0]
    assert [marked[place].comment is not None for place in ("C2", "A3", "B4", "C5", "B7", "C6")] == [True] * 5 + [False]
    client.post(page.context["upload"].get_absolute_url(), {"digest": page.context["outcome"]["digest"]})
    assert (stored("NH003").figures, Return.objects.count()) == ({"V01": 5}, 1)
