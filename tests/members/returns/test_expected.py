"""Show who is expected for a period, by Python and by SQL, and by when a return is due (6.2.1 j)."""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from members.libraries.actions import change_facts, close_library, open_library
from members.libraries.models import Library, Spell
from members.periods.models import Period, month_before, month_due, period_days, period_named
from members.returns import actions
from members.returns.due.completeness import completeness, completeness_of_months, due_spells
from members.returns.due.days import deadline, due_on, is_late
from members.returns.due.expected import (
    OUTSIDE,
    Reason,
    Standing,
    expected,
    last_spells_excluded,
    standing_of,
)
from members.returns.models import Return
from tests.members.returns.figures import sound

SHANGHAI = ZoneInfo("Asia/Shanghai")
FEBRUARY = "2026-02"


def open_point(code, since, until=None, status=Spell.Status.OPEN):
    like = Library.objects.get(code="NH004").facts
    facts = {field: getattr(like, field) for field in Spell.FACTS} | {"name": code, "status": status}
    return open_library(code, facts, since=since, until=until)


def suspend(code, on, status=Spell.Status.SUSPENDED):
    return change_facts(Library.objects.get(code=code), {"status": status}, on=on)


def codes(period):
    return [library.code for library, __ in expected(period_named(period)).libraries]


def reasons(period):
    return {library.code: reason for library, __, reason in expected(period_named(period)).excluded}


def test_all_who_serve_are_expected_in_the_offices_order(cast):
    assert codes(FEBRUARY) == ["FS001", "CC001", "CC002", "NH001", "NH002", "NH003", "NH004", "SD001", "GM001", "SS001"]
    assert reasons(FEBRUARY) == {}


@pytest.mark.clause("6.2.1 j")
def test_whoever_serves_on_one_day_of_the_month_is_expected(cast):
    open_point("NH101", date(2026, 2, 28))
    open_point("NH102", date(2026, 3, 1))
    open_point("NH103", date(2025, 1, 1), until=date(2026, 2, 2))
    open_point("NH104", date(2025, 1, 1), until=date(2026, 2, 1))
    suspend("NH003", date(2026, 2, 2))
    found = set(codes(FEBRUARY))
    assert {"NH101", "NH103", "NH003"} <= found
    assert not {"NH102", "NH104"} & found
    assert not {"NH102", "NH104"} & set(reasons(FEBRUARY))


@pytest.mark.clause("6.2.1 j")
def test_whoever_served_on_no_day_is_left_out_with_the_reason(cast):
    suspend("NH002", date(2026, 1, 15))
    suspend("NH003", date(2026, 2, 1), Spell.Status.EMERGENCY_CLOSED)
    suspend("NH004", date(2026, 2, 1))
    suspend("NH004", date(2026, 2, 20), Spell.Status.RETIRED)
    open_point("NH101", date(2026, 2, 10), status=Spell.Status.PREPARING)
    assert reasons(FEBRUARY) == {
        "NH002": Reason.SUSPENDED,
        "NH003": Reason.EMERGENCY_CLOSED,
        "NH004": Reason.NOT_SERVING,
        "NH101": Reason.PREPARING,
    }


def test_each_comes_with_its_facts_of_the_periods_end(cast, library):
    change_facts(library("NH002"), {"name": "before"}, on=date(2026, 2, 10))
    change_facts(library("NH002"), {"name": "at the end"}, on=date(2026, 2, 28))
    change_facts(library("NH002"), {"name": "after"}, on=date(2026, 3, 1))
    close_library(library("NH003"), on=date(2026, 2, 15))
    spells = {library.code: spell for library, spell in expected(period_named(FEBRUARY)).libraries}
    assert spells["NH002"].name == "at the end"
    assert spells["NH003"].until == date(2026, 2, 15)


def test_a_year_expects_only_those_without_months(cast, draft):
    draft("NH003", "2026-01", R04=None)
    year = period_named("2026")
    assert reasons("2026") == {"NH003": Reason.BY_THE_MONTH}
    assert due_spells(year).count() == 9


def test_sql_and_python_expect_the_same(cast, draft):
    open_point("NH101", date(2026, 2, 28))
    open_point("NH102", date(2025, 1, 1), until=date(2026, 2, 1))
    open_point("NH103", date(2026, 1, 5), status=Spell.Status.PREPARING)
    suspend("NH002", date(2026, 1, 10))
    close_library(Library.objects.get(code="CC002"), on=date(2026, 2, 3))
    draft("NH003", "2026-01", R04=None)
    for code in ("2025-12", "2026-01", "2026-02", "2026-03", "2025", "2026"):
        period = period_named(code)
        by_sql = list(due_spells(period).in_office_order().values_list("library__code", flat=True))
        assert by_sql == codes(code), code
        left_out = last_spells_excluded(period).in_office_order().values_list("library__code", flat=True)
        assert list(left_out) == list(reasons(code)), code
        if not period.is_year:
            assert completeness_of_months([period])[code] == completeness(period)


def test_asking_costs_the_same_for_many_libraries(cast, django_assert_num_queries):
    period = period_named(FEBRUARY)
    with django_assert_num_queries(1):
        few = expected(period)
    for number in range(101, 121):
        open_point(f"NH{number}", date(2026, 1, 1))
    with django_assert_num_queries(1):
        many = [str(library) for library, __ in expected(period).libraries]
    assert (len(few.libraries), len(many)) == (10, 30)


def test_completeness_counts_only_who_is_expected(cast, submitted, accepted, library):
    accepted("NH002")
    submitted("NH003")
    submitted("NH004")
    suspend("NH004", date(2026, 1, 1))
    counts = completeness(period_named(FEBRUARY))
    assert (counts.expected, counts.received, counts.accepted, counts.submitted, counts.missing) == (9, 2, 1, 1, 7)
    district = library("NH003").district
    assert completeness(period_named(FEBRUARY), district=district).expected == 3


def test_a_draft_and_a_returned_one_are_missing(cast, draft, submitted, person):
    draft("NH002")
    actions.give_back(submitted("NH003"), by=person("nanhai-reviewer"), note="L01?")
    assert completeness(period_named(FEBRUARY)).received == 0


def test_how_a_library_stood(cast, library):
    whole = Standing(belongs=True, serving=True, is_open=True, interrupted=False)
    assert standing_of(library("NH003"), period_named(FEBRUARY)) == whole
    suspend("NH003", date(2026, 2, 28))
    assert standing_of(library("NH003"), period_named(FEBRUARY)) == Standing(True, True, False, True)
    assert standing_of(library("NH003"), period_named("2026-03")) == Standing(True, False, False, True)
    assert standing_of(open_point("NH101", date(2026, 3, 1)), period_named(FEBRUARY)) == OUTSIDE
    limited = suspend("NH002", date(2026, 2, 10), Spell.Status.LIMITED).library
    assert standing_of(limited, period_named(FEBRUARY)) == Standing(True, True, False, False)


@pytest.mark.parametrize(
    ("code", "day"),
    [
        ("2026-01", date(2026, 2, 5)),
        ("2026-03", date(2026, 4, 7)),  # 5 April is the Qingming holiday, made up for on the 6th
        ("2025-09", date(2025, 10, 9)),  # the national holidays
        ("2026-08", date(2026, 9, 7)),  # 5 September is a Saturday
        ("2025", date(2026, 1, 5)),
    ],
)
def test_a_return_is_due_on_the_next_working_day(cast, code, day):
    assert due_on(period(code)) == day
    assert deadline(period(code)).known is True


def test_of_an_unknown_year_the_plain_day_is_taken_and_it_says_so(cast):
    found = deadline(period("2029-12"))
    assert (found.day, found.known) == (date(2030, 1, 5), False)


@pytest.mark.parametrize(
    ("day", "is_late_then"),
    [(date(2030, 1, 5), False), (date(2030, 1, 8), False), (date(2030, 1, 19), False), (date(2030, 1, 20), True)],
)
def test_nobody_is_late_by_a_day_that_may_be_a_holiday(cast, clock, draft, person, day, is_late_then):
    clock.move_to(datetime(day.year, day.month, day.day, 9, tzinfo=SHANGHAI))
    one = actions.submit(draft("NH003", "2029-12"), by=person("nanhai"))
    assert (deadline(one.period).known, is_late(one)) == (False, is_late_then)
    assert completeness(period_named("2029-12")).late == is_late_then


def period(code):
    first_day, last_day = period_days(code)
    return Period(code=code, first_day=first_day, last_day=last_day)


@pytest.mark.checklist("D10")
@pytest.mark.parametrize(
    ("moment", "due", "is_late_then"),
    [
        (datetime(2026, 3, 5, 23, 59, 59, tzinfo=SHANGHAI), "2026-02", False),
        (datetime(2026, 3, 6, 0, 0, 0, tzinfo=SHANGHAI), "2026-02", True),
        (datetime(2026, 3, 1, 0, 0, 0, tzinfo=SHANGHAI), "2026-02", False),
        (datetime(2026, 2, 28, 23, 59, 59, tzinfo=SHANGHAI), "2026-01", True),
    ],
)
def test_days_and_months_change_at_midnight_in_shanghai(cast, clock, draft, person, moment, due, is_late_then):
    clock.move_to(moment)
    assert month_due() == due
    one = actions.submit(draft("NH003", due), by=person("nanhai"))
    assert is_late(one) is is_late_then
    assert completeness(period_named(due)).late == is_late_then


@pytest.mark.parametrize(
    ("code", "back", "before"), [("2026-01", 1, "2025-12"), ("2026-03", 15, "2024-12"), ("2026", 1, "2025")]
)
def test_before_a_month_stands_a_month_and_before_a_year_a_year(code, back, before):
    assert month_before(code, back) == before


@pytest.mark.checklist("D10")
def test_a_leap_february_has_29_days(cast, person, library):
    assert period_days("2024-02")[1] == date(2024, 2, 29)
    assert period_named("2024-02").days == 29
    one = actions.save_draft(library("NH003"), "2024-02", sound(N05=29), {}, by=person("nanhai"))
    assert actions.findings_of(one) == []
    one.figures["N05"] = 30
    assert [finding.rule for finding in actions.findings_of(one)] == ["days"]


def test_on_time_is_counted_from_the_first_submission(cast, clock, submitted, person):
    clock.move_to(datetime(2026, 3, 4, 9, tzinfo=SHANGHAI))
    one = actions.give_back(submitted("NH003"), by=person("nanhai-reviewer"), note="L01?")
    clock.move_to(datetime(2026, 3, 9, 9, tzinfo=SHANGHAI))
    one = actions.submit(one, by=person("nanhai"))
    assert timezone.localdate(one.submitted_at) == date(2026, 3, 9)
    assert is_late(one) is False


def test_what_the_office_took_in_is_never_late():
    assert is_late(Return(period=period(FEBRUARY), submitted_at=timezone.now())) is False


@pytest.mark.parametrize("code", ["2026-13", "2026-00", "26-01", "2026-1", "2026-02\n", "２０２６", "x", "", "2100-01"])
def test_what_is_no_period_is_refused(code):
    with pytest.raises(ValueError, match=rf"\A{re.escape(code)}\Z"):
        period_days(code)
