"""Count working days over rows which the office may change."""

from datetime import date

import pytest
from django.core.signals import request_started

from fsul_portal.calendar import Deadline, Span, add_working_days, first_working_day, working_days_between
from fsul_portal.calendar.actions import Named, load_published_days, set_days
from fsul_portal.calendar.days import forget
from fsul_portal.calendar.models import CalendarYear, SpecialDay

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def days(db):
    """The published days of 2025 and 2026."""
    return load_published_days(since=2025)


def new_year(year, *others):
    return [Named(date(year, 1, 1), "holiday", "元旦"), *others]


def test_the_published_years_come_once(days):
    assert (days, load_published_days(since=2025)) == (2, 0)
    assert load_published_days() == 21
    assert str(SpecialDay.objects.get(day=date(2026, 10, 1))) == "2026-10-01 holiday"


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (date(2026, 3, 4), date(2026, 3, 4)),
        (date(2026, 3, 7), date(2026, 3, 9)),
        (date(2026, 10, 1), date(2026, 10, 8)),
        (date(2026, 10, 10), date(2026, 10, 10)),  # a Saturday on which the national holidays are made up for
    ],
)
def test_the_first_working_day(days, day, due):
    assert first_working_day(day) == Deadline(due, known=True)


@pytest.mark.parametrize(
    ("day", "number", "due"),
    [
        (date(2026, 3, 4), 1, date(2026, 3, 5)),
        (date(2026, 3, 6), 1, date(2026, 3, 9)),
        (date(2026, 3, 7), 1, date(2026, 3, 9)),
        (date(2026, 3, 7), 0, date(2026, 3, 9)),
        (date(2026, 9, 30), 3, date(2026, 10, 10)),
        (date(2025, 12, 31), 1, date(2026, 1, 4)),
    ],
)
def test_working_days_are_added_from_the_day_after(days, day, number, due):
    assert add_working_days(day, number) == Deadline(due, known=True)


def test_of_an_unknown_year_nothing_is_guessed_and_it_is_said(days):
    assert first_working_day(date(2030, 1, 5)) == Deadline(date(2030, 1, 5), known=False)
    assert add_working_days(date(2026, 12, 31), 1) == Deadline(date(2027, 1, 1), known=False)
    assert working_days_between(date(2026, 12, 30), date(2027, 1, 1)) == Span(2, known=False)


def test_working_days_between_are_those_which_one_adds(days):
    first = date(2026, 9, 24)
    for number in range(1, 40):
        last = add_working_days(first, number).day
        assert working_days_between(first, last) == Span(number, known=True)
        assert working_days_between(last, first) == Span(-number, known=True)


def test_a_list_of_due_days_costs_one_query(days, django_assert_num_queries):
    with django_assert_num_queries(1):
        for number in range(100):
            add_working_days(date(2026, 1, 1), number)


def test_each_request_reads_the_days_anew(days):
    assert first_working_day(date(2026, 3, 4)).day == date(2026, 3, 4)
    # As another process would do it, without a word to this one.
    year = CalendarYear.objects.get(year=2026)
    SpecialDay.objects.create(year=year, day=date(2026, 3, 4), kind="holiday", name="x")
    assert first_working_day(date(2026, 3, 4)).day == date(2026, 3, 4)
    request_started.send(sender=None, environ={})
    assert first_working_day(date(2026, 3, 4)).day == date(2026, 3, 5)


def test_what_the_office_sets_is_counted_at_once(days, person):
    assert first_working_day(date(2027, 10, 5)).known is False
    holiday = Named(date(2027, 10, 5), "holiday", "国庆节")
    set_days(new_year(2027, holiday, Named(date(2027, 10, 9), "working", "国庆节")), by=person("office"))
    assert first_working_day(date(2027, 10, 5)) == Deadline(date(2027, 10, 6), known=True)
    assert first_working_day(date(2027, 10, 9)) == Deadline(date(2027, 10, 9), known=True)


def test_forgetting_costs_nothing_but_a_query(days, django_assert_num_queries):
    first_working_day(date(2026, 3, 4))
    forget()
    with django_assert_num_queries(1):
        first_working_day(date(2026, 3, 4))
