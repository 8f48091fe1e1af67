"""Show that a file goes in whole or not at all, and that each refused cell is named (6.2.1 j)."""

import io

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from fsul_portal.records.models import Record
from fsul_portal.sheets import SheetRefused, Table, mark_errors, write_xlsx
from members.libraries.models import Library
from members.periods.models import Period
from members.returns import actions
from members.returns.intake.actions import import_returns
from members.returns.intake.imports import SUBMITTED
from members.returns.models import Return, around
from tests.members.returns.figures import CODES, SOUND, table

State = Return.State
FULL = ("library_code", "period", *CODES)


def take_in(content, name="returns.csv", **options):
    return import_returns(content, name=name, **options)


def told(plan):
    return [(problem.row, problem.column) for problem in plan.problems]


def row(code="NH003", period="2026-02", **changes):
    return (code, period, *(SOUND | changes).values())


@pytest.mark.clause("6.2.1 j")
def test_returns_go_in_as_accepted(cast, stored, person):
    plan = take_in(table(row(), row("CC001"), columns=FULL), by=person("office"))
    assert plan.counts() == {"created": 2, "updated": 0, "unchanged": 0, "refused": 0}
    one = stored("NH003")
    assert (one.state, one.figures, one.source) == (State.ACCEPTED, SOUND, "returns.csv")
    assert (one.decided_by, one.received_at) == (person("office"), None)
    assert Record.objects.of(one).get().verb == "imported"


def test_returns_go_into_the_review_when_asked(cast, stored, person):
    take_in(table(row(), columns=FULL), state=SUBMITTED)
    one = stored("NH003")
    assert (one.state, one.round, one.step) == (State.SUBMITTED, 1, 1)
    assert actions.accept(one, by=person("nanhai-reviewer")).state == State.ACCEPTED


@pytest.mark.clause("6.2.1 j")
def test_the_four_kinds_of_no_number_are_kept_apart(cast, stored):
    columns = ("library_code", "period", "V01", "L01", "L02", "E01", "L04")
    take_in(table(("NH003", "2026-02", 0, "—", "NA", "闭馆", ""), columns=columns))
    assert stored("NH003").figures == {"V01": 0, "L01": "na", "L02": "na", "E01": "closed"}


@pytest.mark.parametrize(
    ("written", "meant"),
    [("1,234", 1234), ("１２３４", 1234), (" 12 ", 12), ("0", 0), ("2236995718", 2236995718), ("12.0", 12)],
)
def test_numbers_are_read_as_people_write_them(cast, stored, written, meant):
    take_in(table(("NH003", "2026-02", f'"{written}"')))
    assert stored("NH003").figures == {"V01": meant}


@pytest.mark.checklist("C6")
@pytest.mark.parametrize("written", ["-1", "1.5", "nan", "inf", "1.2万", "abc", "1e400", "#REF!", "12人", "9" * 30])
def test_what_is_no_count_is_refused_with_its_cell(cast, written):
    plan = take_in(table(("NH002", "2026-02", 5), ("NH003", "2026-02", f'"{written}"')))
    assert told(plan) == [(3, "V01")]
    assert plan.problems[0].sentence
    assert (plan.counts()["refused"], Return.objects.count(), Period.objects.count()) == (1, 0, 0)


@pytest.mark.checklist("C6")
@pytest.mark.parametrize(
    ("bad", "column"),
    [
        (("NH999", "2026-02", 1), "library_code"),
        (("", "2026-02", 1), "library_code"),
        (("NH003", "", 1), "period"),
        (("NH003", "2026-13", 1), "period"),
        (("NH003", "soon", 1), "period"),
        (("NH003", "2026-04", 1), "period"),
        (("NH003", "2027", 1), "period"),
        (("NH002", "2026-02", 2), "period"),
        (("NH002", "2026", 2), "period"),
        (("NH003", "2004-12", 1), "library_code"),
    ],
)
def test_what_cannot_be_is_refused_with_its_cell(cast, bad, column):
    plan = take_in(table(("NH002", "2026-02", 5), bad))
    assert told(plan) == [(3, column)]
    assert Return.objects.count() == 0


def test_an_unknown_column_refuses_the_file(cast):
    plan = take_in(table(("NH003", "2026-02", 5, 6), columns=("library_code", "period", "V01", "V99")), partial=True)
    assert told(plan) == [(1, "V99")]
    assert (plan.counts()["refused"], Return.objects.count()) == (1, 0)


@pytest.mark.parametrize("columns", [("period", "V01"), ("library_code", "V01"), ("V01", "V02")])
def test_a_file_without_library_or_period_is_refused(cast, columns):
    with pytest.raises(SheetRefused, match="lacks the column"):
        take_in(table(tuple("1" for __ in columns), columns=columns))


def test_a_column_given_twice_is_refused(cast):
    with pytest.raises(SheetRefused, match="mean the same"):
        take_in(table(("NH003", "2026-02", 5, 6), columns=("library_code", "period", "V01", "到馆人次")))


@pytest.mark.parametrize("heading", ["V01", "v01", "Ｖ０１", "到馆人次", "Physical visits", "V01 到馆人次"])
def test_headings_are_codes_or_names(cast, stored, heading):
    columns = ("馆代码", "期间", heading, f"{heading}.note", "馆名")
    take_in(table(("NH003", "2026年2月", 5, "门禁故障", "大沥分馆"), columns=columns))
    assert (stored("NH003").figures, stored("NH003").notes) == ({"V01": 5}, {"V01": "门禁故障"})


def test_a_year_beside_stored_months_is_refused(cast):
    take_in(table(("NH003", "2025-03", 5)))
    plan = take_in(table(("NH003", "2025", 50)))
    assert told(plan) == [(2, "period")]
    assert "(March 2025)" in plan.problems[0].sentence
    assert told(take_in(table(("NH002", "2025", 50), ("NH002", "2025-01", 5)))) == [(3, "period")]


def test_a_year_goes_in_where_there_are_no_months(cast, stored):
    assert take_in(table(("NH003", "2024", 50000))).counts()["created"] == 1
    assert stored("NH003", "2024").figures == {"V01": 50000}


@pytest.mark.clause("6.2.1 j")
def test_all_rows_go_in_or_none(cast):
    rows = (("NH002", "2026-02", 5), ("NH003", "2026-02", "x"), ("NH004", "2026-02", 7))
    plan = take_in(table(*rows))
    assert plan.counts() == {"created": 0, "updated": 0, "unchanged": 0, "refused": 1}
    assert Return.objects.count() == 0
    plan = take_in(table(*rows), partial=True)
    assert plan.counts() == {"created": 2, "updated": 0, "unchanged": 0, "refused": 1}
    assert Return.objects.count() == 2


def test_a_dry_run_changes_nothing(cast):
    plan = take_in(table(("NH003", "2026-02", 5)), dry_run=True)
    assert plan.counts()["created"] == 1
    assert (Return.objects.count(), Record.objects.filter(verb="imported").count(), Period.objects.count()) == (0, 0, 0)


def database_gone(execute, sql, params, many, context):
    """Stand for a database that goes away when the records are written, after the returns."""
    if sql.startswith(("INSERT INTO", "COPY")) and "fsul_portal_record" in sql:
        raise OperationalError("server closed the connection unexpectedly")
    return execute(sql, params, many, context)


@pytest.mark.checklist("D8")
def test_a_crash_in_the_middle_leaves_nothing_and_the_second_try_is_exact(cast):
    rows = table(*((code, "2026-02", 5) for code in ("NH002", "NH003", "NH004")))
    with connection.execute_wrapper(database_gone), pytest.raises(OperationalError):
        take_in(rows)
    assert (Return.objects.count(), Period.objects.count()) == (0, 0)
    assert take_in(rows).counts()["created"] == 3


def test_imported_again_nothing_changes(cast):
    rows = table(row(), row("NH002"), columns=FULL)
    take_in(rows)
    records = Record.objects.count()
    assert take_in(rows).counts() == {"created": 0, "updated": 0, "unchanged": 2, "refused": 0}
    assert Record.objects.count() == records


@pytest.mark.clause("6.2.1 j")
def test_a_changed_figure_keeps_what_was_before(cast, stored):
    take_in(table(row(), columns=FULL))
    assert take_in(table(row(V01=1300), columns=FULL)).counts()["updated"] == 1
    newest = Record.objects.of(stored("NH003")).first()
    assert (newest.before, newest.after) == ({"V01": 1234}, {"V01": 1300})
    assert stored("NH003").version == 2


def test_a_column_that_is_not_there_leaves_its_figures_as_they_are(cast, stored):
    take_in(table(row(), columns=FULL))
    take_in(table(("NH003", "2026-02", 1300)))
    assert stored("NH003").figures == SOUND | {"V01": 1300}


def test_an_empty_cell_keeps_what_is_stored_and_says_so(cast, stored):
    take_in(table(row(), columns=FULL))
    plan = take_in(table(row(V01=1300, L04="", E01=""), columns=FULL))
    assert {heading: (kept.count, kept.rows) for heading, kept in plan.kept.items()} == {
        "L04": (1, [2]),
        "E01": (1, [2]),
    }
    assert stored("NH003").figures == SOUND | {"V01": 1300}


def test_an_empty_cell_takes_a_figure_back_where_that_is_wished_but_an_empty_row_does_not(cast, stored):
    take_in(table(row(), columns=FULL))
    assert take_in(table(row(L04=""), columns=FULL), clear_empty=True).kept == {}
    assert "L04" not in stored("NH003").figures
    plan = take_in(table(("NH003", "2026-02", *("" for __ in CODES)), columns=FULL), clear_empty=True)
    assert told(plan) == [(2, "period")]
    plan = take_in(table(("NH003", "2026-02", *("" for __ in CODES)), columns=FULL))
    assert plan.counts()["unchanged"] == 1


def test_an_empty_row_says_nothing_where_nothing_is_stored(cast):
    plan = take_in(table(("NH003", "2026-02", ""), ("NH002", "2026-02", 5)))
    assert plan.counts() == {"created": 1, "updated": 0, "unchanged": 1, "refused": 0}
    assert list(Return.objects.values_list("library__code", flat=True)) == ["NH002"]


@pytest.mark.clause("6.2.1 j")
def test_a_question_goes_in_and_is_listed(cast, stored):
    plan = take_in(table(row(N05=12), row("NH002", N05=12), columns=FULL))
    assert [(one.row, one.column) for one in plan.questions] == [(2, "N05"), (3, "N05")]
    assert [question["rule"] for question in stored("NH003").questions] == ["few_days"]
    plan = take_in(table((*row("NH004", N05=12), "flood"), columns=(*FULL, "N05.note")))
    assert (plan.questions, stored("NH004").questions) == ([], [])


def test_each_month_of_a_file_is_checked_against_the_one_before_it(cast):
    months = [row(period="2026-02", R04=818), row(period="2025-12", R04=800), row(period="2026-01", R04=809)]
    assert take_in(table(*months, columns=FULL), partial=True).problems == []
    months = [row("NH002", "2026-01", R04=999), row("NH002", "2025-12", R04=800)]
    assert told(take_in(table(*months, columns=FULL))) == [(2, "R04")]


def test_the_closing_balance_of_a_year_opens_the_next(cast):
    take_in(table(row(period="2025", R04=800), columns=FULL))
    assert told(take_in(table(row(period="2026-01", R04=900), columns=FULL))) == [(2, "R04")]
    assert take_in(table(row(period="2026-01", R04=809), columns=FULL)).problems == []


def test_what_is_under_review_is_not_overwritten_from_below(submitted, stored):
    submitted()
    plan = take_in(table(row(V01=1), columns=FULL), state=SUBMITTED)
    assert told(plan) == [(2, "period")]
    assert take_in(table(row(), columns=FULL), state=SUBMITTED).counts()["unchanged"] == 1


def test_what_is_stored_already_changes_neither_figures_nor_state(submitted, stored):
    submitted()
    before = stored("NH003").version
    assert take_in(table(row(), columns=FULL)).counts()["unchanged"] == 1
    assert (stored("NH003").state, stored("NH003").version) == (State.SUBMITTED, before)
    assert take_in(table(row(V01=1300), columns=FULL)).counts()["updated"] == 1
    assert stored("NH003").state == State.ACCEPTED


@pytest.mark.checklist("B2")
def test_an_editor_sends_only_the_own_libraries_into_the_review(cast, person):
    rows = table(("NH003", "2026-02", 5), ("CC001", "2026-02", 5))
    plan = take_in(rows, by=person("nanhai"), state=SUBMITTED)
    assert told(plan) == [(3, "library_code")]
    with pytest.raises(PermissionDenied, match="Only the coordination office"):
        take_in(rows, by=person("nanhai"))
    with pytest.raises(PermissionDenied):
        take_in(rows, by=person("observer"), state=SUBMITTED)


@pytest.mark.checklist("B9")
def test_whoever_sent_the_file_does_not_accept_it(cast, person, stored):
    take_in(table(("FS001", "2026-02", 5)), by=person("office"), state=SUBMITTED)
    with pytest.raises(PermissionDenied, match="of their own"):
        actions.accept(stored("FS001"), by=person("office"))


CHINESE = "馆代码,期间,到馆人次,到馆人次说明\r\nNH003,2026-02,5,门禁故障\r\n"


@pytest.mark.parametrize(
    "content",
    [
        CHINESE.encode(),
        CHINESE.encode("utf-8-sig"),
        CHINESE.encode("gb18030"),
        CHINESE.replace(",", ";").encode("gb18030"),
        CHINESE.replace("\r\n", "\n").encode(),
        CHINESE.replace("\r\n", "\r").encode(),
        CHINESE.replace(",", "\t").encode(),
    ],
)
def test_any_usual_csv_is_read(cast, stored, content):
    assert take_in(content).counts()["created"] == 1
    assert (stored("NH003").figures, stored("NH003").notes) == ({"V01": 5}, {"V01": "门禁故障"})


def test_a_workbook_is_read_and_given_back_marked(cast, stored, tmp_path):
    file = io.BytesIO()
    write_xlsx(file, [Table("x", FULL, [row(), row("NH002", V01="1.2万")])])
    plan = take_in(file.getvalue(), "returns.xlsx", partial=True)
    assert (told(plan), stored("NH003").figures) == ([(3, "V01")], SOUND)
    mark_errors(file.getvalue(), plan.problems, tmp_path / "marked.xlsx", name="returns.xlsx")
    marked = openpyxl.load_workbook(tmp_path / "marked.xlsx").worksheets[0]
    assert marked["C3"].comment.text == plan.problems[0].sentence


@pytest.mark.checklist("C9")
def test_control_characters_do_not_get_in(cast):
    with override("en"), pytest.raises(SheetRefused, match="Row 2, column D holds a control character"):
        take_in(table(("NH003", "2026-02", 5, '"a\x07b"'), columns=("library_code", "period", "V01", "V01.note")))


def test_an_import_costs_the_same_for_many_rows(cast):
    codes = list(Library.objects.values_list("code", flat=True))
    with CaptureQueriesContext(
        connection,
    ) as few:
        take_in(table(("NH003", "2025-06", 5)))
    with CaptureQueriesContext(connection) as many:
        take_in(table(*((code, f"2025-{month:02}", 5) for code in codes for month in (7, 8, 9))))
    assert len(many) == len(few)


def test_what_nobody_has_explained_is_kept_as_a_draft_and_not_handed_in(cast, stored, person):
    rows = table(row(N05=12), row("NH002", N05=20), columns=FULL)
    plan = take_in(rows, by=person("nanhai"), state=SUBMITTED)
    assert [(one.row, one.column) for one in plan.questions] == [(2, "N05")]
    assert plan.questions[0].sentence.endswith(
        "Explain it in the column N05.note; until then the return stays a draft."
    )
    assert (plan.counts()["created"], stored("NH003").state, stored("NH002").state) == (2, "draft", "submitted")
    assert (stored("NH003").started_by, stored("NH003").submitted_at) == (person("nanhai"), None)
    explained = table((*row(N05=12), "台风"), columns=(*FULL, "N05.note"))
    take_in(explained, by=person("nanhai"), state=SUBMITTED)
    assert (stored("NH003").state, stored("NH003").questions) == ("submitted", [])


def test_an_anomaly_of_a_return_that_was_given_back_leaves_it_with_its_writers(submitted, stored, person):
    actions.give_back(submitted(), by=person("nanhai-reviewer"), note="请核对")
    take_in(table(row(N05=12), columns=FULL), by=person("nanhai"), state=SUBMITTED)
    assert (stored("NH003").state, stored("NH003").figures["N05"]) == ("returned", 12)


@pytest.mark.parametrize("code", ["nh003", "ＮＨ００３", "NH\u200b003"])
def test_a_code_is_found_as_people_see_it(cast, stored, code):
    assert take_in(table((code, "2026-02", 5))).counts()["created"] == 1
    assert stored("NH003").figures == {"V01": 5}


def test_a_code_that_lost_its_zeros_is_asked_about(cast):
    plan = take_in(table(("NH3", "2026-02", 5)))
    assert [problem.sentence for problem in plan.problems] == ["NH3 is not known. Did you mean NH003?"]


def test_a_first_month_beyond_all_measure_goes_in_and_is_questioned(cast, stored):
    plan = take_in(table(("NH003", "2026-02", 2236995718), ("NH002", "2026-02", 999999999999)))
    assert [(one.row, one.column) for one in plan.questions] == [(2, "V01"), (3, "V01")]
    assert stored("NH003").figures == {"V01": 2236995718}


def test_the_record_calls_an_imported_return_as_the_return_calls_itself(cast, stored):
    take_in(table(row(), columns=FULL))
    take_in(table(row(V01=601), columns=FULL))
    labels = list(Record.objects.of(stored("NH003")).values_list("label", flat=True))
    assert labels == [str(stored("NH003"))] * 2 == ["NH003 February 2026"] * 2


@pytest.mark.parametrize(
    ("keys", "condition"),
    [
        ([4, 7, 6], Q(library__gte=4, library__lte=7)),
        ([4], Q(library__gte=4, library__lte=4)),
        ([4, 8], Q(library__in=[4, 8])),
        ([], Q(library__in=[])),
    ],
)
def test_libraries_close_to_one_another_are_asked_for_as_a_range(keys, condition):
    assert around(keys) == condition


def test_a_return_beside_those_of_the_file_is_neither_read_into_them_nor_changed(cast, stored):
    take_in(table(row("NH002", V01=500), columns=FULL))
    plan = take_in(table(row("NH001"), row("NH002", V01=501), row("NH003"), columns=FULL))
    assert plan.counts() == {"created": 2, "updated": 1, "unchanged": 0, "refused": 0}
    again = take_in(table(row("NH001"), row("NH003"), columns=FULL))
    assert again.counts() == {"created": 0, "updated": 0, "unchanged": 2, "refused": 0}
    assert stored("NH002").figures["V01"] == 501


def test_rows_are_decided_alike_in_one_bundle_and_in_many(cast, monkeypatch):
    rows = table(
        *(row(code, f"2025-{month:02}", R04=800 + 9 * month) for month in (3, 1, 2) for code in ("NH003", "NH002")),
        columns=FULL,
    )
    whole = take_in(rows, dry_run=True)
    monkeypatch.setattr("members.returns.intake.ground.ROWS_AT_ONCE", 1)
    assert take_in(rows, dry_run=True).digest() == whole.digest()
    assert (take_in(rows).counts()["created"], take_in(rows).counts()["unchanged"]) == (6, 6)
