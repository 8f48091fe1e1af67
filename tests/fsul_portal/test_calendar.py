"""Count working days over rows which the office may change."""

from datetime import date
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string

from fsul_portal.calendar import (
    Deadline,
    Span,
    add_working_days,
    first_working_day,
    working_days_before,
    working_days_between,
)
from fsul_portal.calendar.actions import Named, load_published_days, set_days
from fsul_portal.calendar.days import forget
from fsul_portal.calendar.models import CalendarYear, SpecialDay
from fsul_portal.records.models import Record

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


@pytest.mark.parametrize(
    ("day", "number", "begin"),
    [
        (date(2026, 3, 5), 1, date(2026, 3, 4)),
        (date(2026, 3, 9), 1, date(2026, 3, 6)),
        (date(2026, 3, 8), 1, date(2026, 3, 6)),
        (date(2026, 3, 8), 0, date(2026, 3, 6)),
        (date(2026, 3, 9), 0, date(2026, 3, 9)),
        (date(2026, 10, 11), 1, date(2026, 10, 10)),  # the Saturday on which people work
        (date(2026, 10, 10), 3, date(2026, 9, 30)),
        (date(2026, 1, 5), 2, date(2025, 12, 31)),
        (date(2026, 1, 1), 1, date(2025, 12, 31)),
    ],
)
def test_working_days_are_counted_back_from_the_day_before(days, day, number, begin):
    assert working_days_before(day, number) == Deadline(begin, known=True)


def test_so_many_days_before_is_the_way_back_of_so_many_days_after(days):
    first = date(2026, 9, 24)
    for number in range(1, 60):
        assert working_days_before(add_working_days(first, number).day, number).day == first


def test_back_into_or_out_of_an_unknown_year_weekdays_are_counted_and_it_is_said(days):
    assert working_days_before(date(2027, 1, 5), 3) == Deadline(date(2026, 12, 31), known=False)
    assert working_days_before(date(2027, 10, 5), 2) == Deadline(date(2027, 10, 1), known=False)
    assert working_days_before(date(2025, 1, 2), 1) == Deadline(date(2024, 12, 31), known=False)


@pytest.mark.parametrize("count", [add_working_days, working_days_before])
def test_a_negative_number_of_working_days_is_a_mistake(days, count):
    with pytest.raises(ValueError, match=r"^-1 working days (after|before) a day are none"):
        count(date(2026, 3, 4), -1)


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


def test_each_request_reads_the_days_anew(days, client):
    assert first_working_day(date(2026, 3, 4)).day == date(2026, 3, 4)
    # As another process would do it, without a word to this one.
    year = CalendarYear.objects.get(year=2026)
    SpecialDay.objects.create(year=year, day=date(2026, 3, 4), kind="holiday", name="x")
    assert first_working_day(date(2026, 3, 4)).day == date(2026, 3, 4)
    client.get("/accounts/login/")
    assert first_working_day(date(2026, 3, 4)).day == date(2026, 3, 5)


def test_what_the_office_sets_is_counted_at_once(person):
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


def sent(text, name="2027.csv"):
    return SimpleUploadedFile(name, text.encode())


WHOLE = "日期,类型,名称\n2027-01-01,放假,元旦\n2027-10-09,上班,国庆节\n"


def test_the_office_sends_a_year(signed_in):
    client = signed_in("office")
    response = client.post("/working-days/set/", {"file": sent(WHOLE)}, follow=True)
    assert "The working days are set: 2027." in response.content.decode()
    assert first_working_day(date(2027, 10, 9)) == Deadline(date(2027, 10, 9), known=True)
    act = Record.objects.filter(verb="calendar set").get()
    assert act.after == {"days": ["2027-01-01 holiday 元旦", "2027-10-09 working 国庆节"]}
    # The latest year comes first and is the one that is shown.
    assert client.get("/working-days/").context["shown"] == 2027
    assert client.get("/working-days/?year=2027").content.decode().count("国庆节</td>") == 1


def test_sending_a_year_again_puts_it_in_the_place_of_the_old_one(signed_in):
    client = signed_in("office")
    client.post("/working-days/set/", {"file": sent(WHOLE)})
    client.post("/working-days/set/", {"file": sent("day,kind\n2027-01-01,holiday\n")})
    assert [str(day) for day in SpecialDay.objects.filter(year__year=2027)] == ["2027-01-01 holiday"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("day,kind\n2027-05-01,holiday\n", "The 1st of January 2027 is missing among the holidays"),
        ("day,kind\n2027-01-01,off\n", "Row 2: “off” is not known here. Write one of: holiday, 放假, working, 上班."),
        ("day,kind\n2027-01-01,holiday\n2027-01-01,working\n", "Row 3: This day stands in row 2 already."),
        ("day,kind\n2027-02-30,holiday\n", "Row 2: There is no such day as “2027-02-30”."),
        ("day,name\n2027-01-01,元旦\n", "These columns are missing: kind (类型)."),
        ("day,kind\n,holiday\n", "Row 2: This cell may not be empty."),
    ],
)
def test_half_a_calendar_is_refused_and_changes_nothing(signed_in, text, sentence):
    response = signed_in("office").post("/working-days/set/", {"file": sent(text)})
    assert sentence in unescape(response.content.decode())
    assert not CalendarYear.objects.filter(year=2027).exists()


def test_a_colleague_reads_and_does_not_set(signed_in):
    client = signed_in("nanhai")
    sentence = "Only the coordination office sets holidays and working weekends."
    assert sentence in client.get("/working-days/").content.decode()
    response = client.post("/working-days/set/", {"file": sent(WHOLE)})
    assert (response.status_code, sentence in response.content.decode()) == (403, True)


def test_the_page_costs_the_same_for_many_years(signed_in, django_assert_max_num_queries):
    client = signed_in("office")
    client.get("/working-days/")
    with django_assert_max_num_queries(12) as few:
        client.get("/working-days/")
    load_published_days()
    with django_assert_max_num_queries(12) as many:
        client.get("/working-days/")
    assert len(few) == len(many)


def test_a_day_of_an_unknown_year_says_so():
    words = "check this day"
    known, unknown = (
        render_to_string("components/_due.html", {"deadline": Deadline(date(2027, 1, 4), known)})
        for known in (True, False)
    )
    assert (words in known, words in unknown) == (False, True)
