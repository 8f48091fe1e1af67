"""Hold how figures are printed and spoken."""

from decimal import Decimal

import pytest
from django.utils.translation import override

from reports.documents.figures import (
    TOO_FEW,
    change,
    library_text,
    moved_text,
    printed,
    spoken,
    spoken_on_month,
    spoken_on_year,
    total_text,
)

TOTAL = {"value": 1234, "complete": True, "expected": 3, "reported": 3, "additive": True}


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ({"value": 0, "status": "reported"}, "0"),
        ({"value": None, "status": "missing"}, "missing"),
        ({"value": None, "status": "na"}, "—"),
        ({"value": None, "status": "closed"}, "closed"),
        ({"value": 1234, "status": "partial"}, "1,234*"),
        ({"value": 1234567, "status": "reported"}, "1,234,567"),
    ],
)
@pytest.mark.clause("6.2.1 j")
def test_zero_and_the_kinds_of_no_number_are_kept_apart(cell, text):
    assert library_text(cell) == text


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({}, "1,234"),
        ({"complete": False}, "1,234*"),
        ({"value": 0}, "0"),
        ({"value": None}, "missing"),
        ({"value": None, "expected": 0}, "—"),
        ({"value": None, "additive": False}, "—"),
    ],
)
def test_a_total_says_whether_it_is_one(changes, text):
    assert total_text(TOTAL | changes) == text


@pytest.mark.parametrize(
    ("value", "base", "percent"),
    [
        (10586, 10000, Decimal("5.86")),
        (9414, 10000, Decimal("-5.86")),
        (200, 200, Decimal("0.00")),
        (100125, 100000, Decimal("0.13")),  # 0.125 goes up, which a float would not promise
        (99875, 100000, Decimal("-0.13")),
        (5, 0, None),
        (5, None, None),
        (None, 5, None),
        (0, 5, Decimal("-100.00")),
    ],
)
def test_a_change_is_rounded_half_up_and_has_no_value_without_a_base(value, base, percent):
    assert change(value, base) == percent


def total(value, base, **facts):
    """Return a total whose changes say the same against both spans."""
    found = {"value": value, "base": base, "libraries": 3, "of": 3} | facts
    return {"value": value, "change": {"last_year": found, "last_period": found}}


def test_a_change_in_a_table_carries_its_sign():
    pairs = [(9414, 10000), (10586, 10000), (1, 0)]
    assert [moved_text(total(*pair), "last_year") for pair in pairs] == ["−5.86%", "5.86%", "—"]


def test_a_fall_is_said_in_words():
    assert spoken_on_year(total(9414, 10000)) == "down 5.86% on the year before"
    assert spoken_on_month(total(10586, 10000)) == "up 5.86% on the month before"
    assert spoken_on_year(total(3, 3)) == "unchanged on the year before"
    assert spoken_on_month(total(3, None)) == "not comparable with the month before"


def test_a_change_over_some_of_the_libraries_says_over_how_many():
    assert spoken_on_year(total(3, 2, libraries=2)) == "up 50.00% on the year before (same 2 libraries)"
    assert moved_text(total(3, 2, libraries=1, reason=TOO_FEW), "last_year") == "not comparable"
    assert spoken_on_year(total(3, 2, libraries=1, reason=TOO_FEW)) == "not comparable with the year before"


def test_chinese_prose_counts_in_ten_thousands_and_english_does_not():
    assert spoken(1234567) == "1,234,567"
    with override("zh-hans"):
        assert [spoken(1234567), spoken(9999), spoken(12345)] == ["123.46万", "9,999", "1.23万"]


def test_only_a_broken_number_has_decimals():
    assert [printed(12), printed(12.0), printed(12.345), printed("1234.5")] == ["12", "12", "12.35", "1,234.50"]
