"""Give numbers: each once, none left out, written as the office likes them."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError

from fsul_portal.numbers.actions import set_pattern, take, upcoming
from fsul_portal.numbers.models import Counter, NumberPattern
from fsul_portal.numbers.series import Series, fault
from fsul_portal.records.models import Record
from tests.hands import at_once

pytestmark = pytest.mark.usefixtures("in_english")

LETTERS = Series("letter", "Letters", "L-{year}-{number:03}")


class Refused(Exception):
    """Stand for whatever goes wrong after a number was taken."""


@transaction.atomic
def taken(series=LETTERS, year=2026):
    return take(series, year)


@transaction.atomic
def taken_in_vain():
    take(LETTERS, 2026)
    raise Refused


def test_each_year_of_each_series_counts_from_one(db):
    other = Series("receipt", "Receipts", "R{year}-{number}")
    texts = [str(taken()), str(taken()), str(taken(year=2027)), str(taken(other))]
    assert texts == ["L-2026-001", "L-2026-002", "L-2027-001", "R2026-1"]


def test_what_is_rolled_back_leaves_no_gap(db):
    taken()
    with pytest.raises(Refused):
        taken_in_vain()
    assert (upcoming(LETTERS, 2026).number, taken().number) == (2, 2)


def test_eight_at_once_leave_no_gap(many_hands):
    """Every third of them fails after it has taken its number."""

    def act(number):
        return taken_in_vain() if number % 3 == 0 else taken().number

    outcomes = [*at_once(act, times=8), *at_once(act, times=8)]
    given = [outcome for outcome in outcomes if isinstance(outcome, int)]
    assert sorted(given) == list(range(1, 11))
    assert {type(outcome) for outcome in outcomes} == {int, Refused}


def test_whoever_comes_second_waits_for_the_end_of_the_first(many_hands):
    """The second number is given only when the first transaction has ended, whichever way it ends."""
    has_taken, ended = threading.Event(), []

    def act(number):
        if number == 1:
            has_taken.wait(timeout=10)
        with transaction.atomic():
            given = take(LETTERS, 2026).number
            has_taken.set()
            ended.append(["first", "second"][number])
            if number == 0:
                raise Refused
        return given

    assert at_once(act, times=2)[1] == 1
    assert ended == ["first", "second"]


def test_a_number_is_taken_in_a_transaction_alone(many_hands):
    if connection.vendor == "postgresql":
        with pytest.raises(TransactionManagementError):
            take(LETTERS, 2026)
    assert Counter.objects.count() == 0


def test_the_office_chooses_the_pattern_and_the_count_goes_on(person):
    taken()
    set_pattern(LETTERS, "佛联图函〔{year}〕{number}号", by=person("office"))
    assert str(taken()) == "佛联图函〔2026〕2号"
    act = Record.objects.get(verb="pattern set")
    assert (act.before, act.after) == ({"pattern": LETTERS.pattern}, {"pattern": "佛联图函〔{year}〕{number}号"})


@pytest.mark.parametrize(
    ("pattern", "sentence"),
    [
        ("FSUL-BA-{year}-{number:04}", ""),
        ("佛联图备〔{year}〕{number}号", ""),
        ("{year}-{number}", ""),
        ("BA-{number:04}", "A pattern names {year} once and after it {number} once."),
        ("{number}-{year}", "A pattern names {year} once and after it {number} once."),
        ("{year}-{number}-{number}", "A pattern names {year} once and after it {number} once."),
        ("{year}-{number}-{}", "A pattern names {year} once and after it {number} once."),
        ("{year.__class__}-{number}", "A pattern names {year} once and after it {number} once."),
        ("{year}-{number", "The braces do not match: write {year} and {number}."),
        ("{year}-{number:>9999}", "Write {year}, and {number} or {number:04} for a number with four digits."),
        ("{year!r}-{number}", "Write {year}, and {number} or {number:04} for a number with four digits."),
        ("{year:x}-{number}", "Write {year}, and {number} or {number:04} for a number with four digits."),
        ("{year}{number}", "Something must stand between {year} and {number}."),
        ("B1-{year}-{number}", "Digits of its own would make a pattern ambiguous."),
        ("B²-{year}-{number}", "Digits of its own would make a pattern ambiguous."),
        ("三水〔{year}〕{number}号", ""),
        ("A\n{year}-{number}", "The pattern holds a control character."),
        ("A" * 20 + "{year}-{number}", "The numbers would be longer than 30 characters."),
    ],
)
def test_a_pattern_says_what_is_wrong_with_it(pattern, sentence):
    assert fault(pattern) == sentence


def test_no_two_series_write_alike(person):
    with pytest.raises(ValidationError, match="Another series writes or has written"):
        set_pattern(LETTERS, "FSUL-BA-{year}-{number}", by=person("office"))
    NumberPattern.objects.create(series="receipt", pattern="R-{year}-{number}")
    with pytest.raises(ValidationError, match="Another series writes or has written"):
        set_pattern(LETTERS, "R-{year}-{number:05}", by=person("office"))


def test_the_office_sets_the_number_of_filings_on_its_page(signed_in):
    client = signed_in("office")
    assert "FSUL-BA-{year}-{number:04}" in client.get("/numbers/").content.decode()
    response = client.post("/numbers/filing/", {"pattern": "佛联图备〔{year}〕{number}号"}, follow=True)
    assert response.redirect_chain == [("/numbers/", 302)]
    assert "佛联图备〔{year}〕{number}号" in response.content.decode()
    refused = client.post("/numbers/filing/", {"pattern": "{year}"})
    assert "A pattern names {year} once" in refused.content.decode()


def test_nobody_else_sets_numbers(signed_in):
    response = signed_in("nanhai").post("/numbers/filing/", {"pattern": "X{year}-{number}"})
    assert (response.status_code, NumberPattern.objects.count()) == (403, 0)
    assert "Only the coordination office sets how numbers are written." in response.content.decode()


def test_a_series_that_is_not_there_or_not_written_by_a_pattern_has_no_page(signed_in):
    client = signed_in("office")
    assert [client.get(f"/numbers/{key}/").status_code for key in ("nothing", "meeting")] == [404, 404]
