"""Hold how numbers are taken in rows, written by patterns of all kinds, and set on their page in both languages."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from fsul_portal.numbers.actions import pattern_of, set_pattern, take_many, upcoming
from fsul_portal.numbers.models import Counter, NumberPattern
from fsul_portal.numbers.series import SERIES, Number, Series, fault, frame, written
from fsul_portal.records.models import Record
from tests.hands import at_once

pytestmark = pytest.mark.usefixtures("in_english")

LETTERS = Series("letter", "Letters", "L-{year}-{number:03}")
BARE = Series("bare", "Bare")


@transaction.atomic
def taken(series=LETTERS, year=2026, count=1):
    return [str(number) for number in take_many(series, year, count)]


def test_several_are_taken_at_once_in_their_order_and_the_next_follows(db):
    assert (taken(count=3), taken(), taken(count=0), taken()) == (
        ["L-2026-001", "L-2026-002", "L-2026-003"],
        ["L-2026-004"],
        [],
        ["L-2026-005"],
    )


def test_a_series_without_a_pattern_writes_bare_digits(db):
    assert (taken(BARE), str(upcoming(BARE, 2026)), pattern_of(BARE)) == (["1"], "2", "")


def test_looking_at_the_next_number_takes_none_and_leaves_no_trace(db):
    assert [str(upcoming(LETTERS, 2026)) for __ in range(2)] == ["L-2026-001"] * 2
    assert Counter.objects.count() == 0


def test_a_number_that_outgrows_its_width_is_written_in_full(db):
    Counter.objects.create(series="letter", year=2026, last=999)
    assert (taken(), str(Counter.objects.get())) == (["L-2026-1000"], "letter 2026: 1000")


def test_a_counter_stands_once_for_a_series_and_a_year(db):
    Counter.objects.create(series="letter", year=2026)
    with pytest.raises(IntegrityError), transaction.atomic():
        Counter.objects.create(series="letter", year=2026)


def test_many_rows_at_once_take_runs_that_do_not_overlap(many_hands):
    outcomes = at_once(lambda __: taken(count=5), times=4)
    assert sorted(number for run in outcomes for number in run) == [f"L-2026-{number:03}" for number in range(1, 21)]
    assert all(int(run[-1][-3:]) - int(run[0][-3:]) == 4 for run in outcomes)


def test_taking_one_costs_what_taking_many_costs(db):
    taken()
    costs = []
    for count in (1, 50):
        with CaptureQueriesContext(connection) as asked:
            taken(count=count)
        costs.append(len(asked))
    assert costs[0] == costs[1]


@pytest.mark.parametrize(
    ("pattern", "sentence"),
    [
        ("{{{year}-{number}}}", ""),
        ("{{x{year}{number}", "Something must stand between {year} and {number}."),
        ("{{x}}{year}{number}号", "Something must stand between {year} and {number}."),
        ("{year}{{{number}", ""),
        ("{year}{{x{number}", ""),
        ("{year} {number}", ""),
        ("A{{1{year}-{number}", "Digits of its own would make a pattern ambiguous."),
        ("{year}-{number}}}٣", "Digits of its own would make a pattern ambiguous."),
        ("{year}-{number:09}", "Write {year}, and {number} or {number:04} for a number with four digits."),
        ("{year}-{number:4}", "Write {year}, and {number} or {number:04} for a number with four digits."),
        ("{year}-{number:{year}}", "Write {year}, and {number} or {number:04} for a number with four digits."),
        ("{year}-{number!s}", "Write {year}, and {number} or {number:04} for a number with four digits."),
        ("{YEAR}-{number}", "A pattern names {year} once and after it {number} once."),
        ("{year}-{year}-{number}", "A pattern names {year} once and after it {number} once."),
        ("{}-{}", "A pattern names {year} once and after it {number} once."),
        ("", "A pattern names {year} once and after it {number} once."),
        ("year}-{number}", "The braces do not match: write {year} and {number}."),
        ("A\u202e{year}-{number}", "The pattern holds a control character."),
        ("A\t{year}-{number}", "The pattern holds a control character."),
        ("A\x00{year}-{number}", "The pattern holds a control character."),
        ("馆" * 17 + "{year}-{number}", ""),
        ("馆" * 18 + "{year}-{number}", "The numbers would be longer than 30 characters."),
    ],
)
def test_a_pattern_with_doubled_braces_widths_and_controls_says_what_is_wrong(pattern, sentence):
    assert fault(pattern) == sentence


def test_what_a_sound_pattern_writes_fits_the_longest_number():
    assert written("馆" * 17 + "{year}-{number}", 2026, 99_999_999) == Number(
        2026, 99_999_999, "馆" * 17 + "2026-99999999"
    )


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("A{year}-{number}", "A{year}-{number:04}", True),
        ("A{year}-{number}", "A{year}-{number}号", False),
        ("A{year}-{number}", "a{year}-{number}", False),
        ("A{year}-{number}", "B{year}-{number}", False),
    ],
)
def test_two_patterns_are_alike_where_the_words_around_the_numbers_are(one, other, alike):
    assert (frame(one) == frame(other)) == alike


def test_a_series_may_go_back_to_what_it_wrote_before_and_to_its_own_words(person):
    office = person("office")
    for pattern in ("甲{year}-{number}", "乙{year}-{number}", "甲{year}-{number:03}", LETTERS.pattern):
        set_pattern(LETTERS, pattern, by=office)
    assert (pattern_of(LETTERS), NumberPattern.objects.count()) == (LETTERS.pattern, 4)
    assert str(NumberPattern.objects.first()) == LETTERS.pattern


def test_what_another_series_wrote_once_stays_its_own_for_ever(person):
    office, other = person("office"), Series("other", "Others", "O-{year}-{number}")
    set_pattern(other, "旧{year}-{number}", by=office)
    set_pattern(other, "新{year}-{number}", by=office)
    with pytest.raises(ValidationError) as refused:
        set_pattern(LETTERS, "旧{year}-{number:04}", by=office)
    assert refused.value.messages == ["Another series writes or has written its numbers like this."]
    assert Record.objects.filter(verb="pattern set").count() == 2


@pytest.mark.parametrize("username", ["chair", "nanhai", "observer", "technical-lead"])
def test_nobody_but_the_office_reads_or_sets_how_numbers_are_written(username, person, signed_in):
    sentence = "Only the coordination office sets how numbers are written."
    with pytest.raises(PermissionDenied) as refused:
        set_pattern(LETTERS, "甲{year}-{number}", by=person(username))
    assert str(refused.value) == sentence
    answers = [signed_in(username).get(address) for address in ("/numbers/", "/numbers/filing/")]
    assert [answer.status_code for answer in answers] == [403, 403]
    assert [answer.content.decode().count(sentence) for answer in answers] == [1, 1]


def test_what_was_typed_wrongly_stands_in_the_field_with_the_sentence(signed_in):
    page = signed_in("office").post("/numbers/filing/", {"pattern": "<b>{year}"}).content.decode()
    assert (page.count('value="&lt;b&gt;{year}"'), page.count("<b>{year}"), NumberPattern.objects.count()) == (1, 0, 0)


def test_a_pattern_longer_than_the_field_and_an_empty_one_are_refused(signed_in):
    client = signed_in("office")
    for typed in ("", "   ", "x" * 61):
        assert client.post("/numbers/filing/", {"pattern": typed}).status_code == 200
    assert NumberPattern.objects.count() == 0


def test_the_page_shows_the_next_number_of_every_series_that_has_a_pattern(signed_in):
    answer = signed_in("office").get("/numbers/")
    assert [series.key for series, *__ in answer.context["rows"]] == [one.key for one in SERIES.values() if one.pattern]
    assert all(str(number) for *__, number in answer.context["rows"])


def test_the_page_speaks_the_language_of_its_reader(signed_in, settings):
    client = signed_in("office")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "zh-hans"
    answer = client.post("/numbers/filing/", {"pattern": "{year}"})
    assert answer.context["form"].errors == {"pattern": ["编号格式须先写一个 {year}，再写一个 {number}。"]}
