"""Hold how figures are printed and spoken."""

from decimal import Decimal

import pytest
from django.utils.translation import override

from reports.documents.figures import (
    change,
    change_text,
    library_text,
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


def test_a_change_in_a_table_carries_its_sign():
    assert [change_text(9414, 10000), change_text(10586, 10000), change_text(1, 0)] == ["−5.86%", "5.86%", "—"]


def test_a_fall_is_said_in_words():
    assert spoken_on_year(9414, 10000) == "down 5.86% on the year before"
    assert spoken_on_month(10586, 10000) == "up 5.86% on the month before"
    assert spoken_on_year(3, 3) == "unchanged on the year before"
    assert spoken_on_month(3, None) == "not comparable with the month before"


def test_chinese_prose_counts_in_ten_thousands_and_english_does_not():
    assert spoken(1234567) == "1,234,567"
    with override("zh-hans"):
        assert [spoken(1234567), spoken(9999), spoken(12345)] == ["123.46万", "9,999", "1.23万"]


def test_only_a_broken_number_has_decimals():
    assert [printed(12), printed(12.0), printed(12.345), printed("1234.5")] == ["12", "12", "12.35", "1,234.50"]
