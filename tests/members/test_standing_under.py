"""Hold that a library stands under another one on no day on which that one has left, or stands too low (6.2.1 e)."""

from datetime import date

import pytest

from members.libraries.actions import FactsRefused, change_facts, close_library, correct_opening, open_library
from members.libraries.models import Division, Spell
from tests.english import in_english

__all__ = ["in_english"]
pytestmark = [pytest.mark.clause("6.2.1 e"), pytest.mark.usefixtures("in_english")]


def begin(code, since, *, level="point", parent, until=None):
    """Enter a library of 南海 under a parent."""
    facts = {"name": f"{code}馆", "level": level, "district": Division.objects.get(code="440605"), "parent": parent}
    return open_library(code, facts, since=since, until=until)


def day(year, month=1, number=1):
    return date(year, month, number)


@pytest.fixture
def branch(library):
    """Enter the branch NH050 from 2005 on, under the district library."""
    return begin("NH050", day(2005), level="branch", parent=library("NH001"))


def refusal_of(act, *values, **facts):
    """Return (field, sentence) of what is refused, None of what goes in."""
    try:
        act(*values, **facts)
    except FactsRefused as refusal:
        return refusal.field, refusal.sentence
    return None


LEAVES = ("parent", "NH050馆 leaves the system on 2030-01-01.")


@pytest.mark.parametrize(
    ("since", "until", "refused"),
    [
        (day(2025), None, LEAVES),
        (day(2025), day(2030, 1, 2), LEAVES),
        (day(2025), day(2030), None),
        (day(2029, 12, 31), None, LEAVES),
    ],
)
def test_a_new_library_leaves_not_later_than_its_parent(branch, since, until, refused):
    close_library(branch, on=day(2030))
    assert refusal_of(begin, "NH051", since, parent=branch, until=until) == refused


@pytest.mark.parametrize(("until", "refused"), [(None, LEAVES), (day(2030, 1, 2), LEAVES), (day(2030), None)])
def test_a_library_is_put_under_a_parent_that_leaves_only_until_then(branch, library, until, refused):
    close_library(branch, on=day(2030))
    assert refusal_of(change_facts, library("NH004"), {"parent": branch}, on=day(2026), until=until) == refused


def test_a_parent_that_comes_back_without_a_gap_never_left(branch):
    close_library(branch, on=day(2030))
    begin("NH050", day(2030), level="branch", parent=branch.facts.parent)
    assert refusal_of(begin, "NH051", day(2025), parent=branch) is None


def test_a_parent_that_comes_back_after_a_gap_was_away(branch):
    close_library(branch, on=day(2030))
    begin("NH050", day(2031), level="branch", parent=branch.facts.parent)
    assert refusal_of(begin, "NH051", day(2025), parent=branch) == LEAVES
    assert refusal_of(begin, "NH051", day(2031), parent=branch) is None


def test_a_library_is_not_put_under_what_is_to_become_too_low(branch, library):
    change_facts(branch, {"level": "point", "parent": library("NH001")}, on=day(2030))
    refused = ("parent", "NH050馆 becomes a service point on 2030-01-01.")
    assert refusal_of(change_facts, library("NH004"), {"parent": branch}, on=day(2026)) == refused
    assert refusal_of(change_facts, library("NH004"), {"parent": branch}, on=day(2026), until=day(2030)) is None


@pytest.mark.parametrize(("on", "until", "refused"), [
    (day(2026), None, True),
    (day(2026), day(2030), False),
    (day(2026), day(2030, 1, 2), True),
])  # fmt: skip
def test_a_branch_does_not_become_a_service_point_while_one_is_planned_under_it(branch, library, on, until, refused):
    change_facts(library("NH004"), {"parent": branch}, on=day(2030))
    found = refusal_of(change_facts, branch, {"level": "point"}, on=on, until=until)
    sentence = "千灯湖读书驿站（演示） stands under it: a service point cannot stand under a service point."
    assert found == (("level", sentence) if refused else None)


def behind(count, first, codes):
    return (
        f"{count} libraries still stand under it from {first}: {codes}. Give them another parent first, or let them "
        "leave with it."
    )


@pytest.mark.parametrize(
    ("since", "refused"),
    [(day(2010), None), (day(2015), None), (day(2015, 1, 2), ("since", behind(1, "2005-01-01", "NH051")))],
)
def test_a_first_day_is_corrected_up_to_the_day_on_which_somebody_came_under_it(branch, since, refused):
    begin("NH051", day(2015), parent=branch)
    assert refusal_of(correct_opening, branch, since=since) == refused


@pytest.mark.parametrize(
    ("on", "refused"), [(day(2019), None), (day(2018, 12, 31), ("until", behind(1, "2018-12-31", "NH051")))]
)
def test_of_a_library_that_was_to_come_back_each_stretch_lost_is_looked_at(branch, on, refused):
    close_library(branch, on=day(2020))
    begin("NH050", day(2022), level="branch", parent=branch.facts_on(day(2019)).parent)
    begin("NH051", day(2015), parent=branch, until=day(2019))
    assert refusal_of(close_library, branch, on=on) == refused


def test_of_many_left_behind_twelve_are_named(branch):
    for number in range(13):
        begin(f"NH1{number:02}", day(2015), parent=branch)
    names = ", ".join(f"NH1{number:02}" for number in range(12))
    assert refusal_of(close_library, branch, on=day(2026)) == ("until", behind(13, "2026-01-01", f"{names} …"))


def test_what_is_refused_leaves_no_trace(branch, library):
    close_library(branch, on=day(2030))
    before = list(Spell.objects.order_by("pk").values())
    assert refusal_of(change_facts, library("NH004"), {"parent": branch}, on=day(2026)) == LEAVES
    assert list(Spell.objects.order_by("pk").values()) == before
