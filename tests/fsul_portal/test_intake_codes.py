"""Hold that codes are compared as a person compares them."""

import pytest

from fsul_portal.intake.codes import Codes

KNOWN = ("NH002", "0012", "A-7")


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("NH002", "NH002"),
        ("nh002", "NH002"),
        ("ＮＨ００２", "NH002"),
        ("NH\u200b002", "NH002"),
        ("NH 002", "NH002"),
        ("a-7", "A-7"),
        ("NH003", "NH003"),
        ("12", "12"),
    ],
)
def test_a_code_that_looks_the_same_is_the_same(said, meant):
    assert Codes(KNOWN).find(said) == meant


@pytest.mark.parametrize(
    ("said", "missed"),
    [("12", "0012"), ("NH2", "NH002"), ("nh0002", "NH002"), ("NH002", ""), ("A-07", "A-7"), ("102", ""), ("", "")],
)
def test_a_code_without_its_zeros_is_noticed(said, missed):
    assert Codes(KNOWN).missed(said) == missed


def test_a_code_that_stands_exactly_so_goes_before_one_that_looks_alike():
    assert Codes(("nh002", "NH002")).find("NH002") == "NH002"
