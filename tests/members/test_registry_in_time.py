"""Hold that the registry is true in time, and keeps what it said before."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from fsul_portal.records.models import Record
from members.libraries.actions import FactsRefused, change_facts, close_library, correct_opening, open_library
from members.libraries.models import Division, Library, Spell
from members.periods.models import Period
from members.periods.rules import locked_months_touched

pytestmark = pytest.mark.clause("6.2.1 e")


def address_on(library, day, known_at=None):
    spell = Spell.objects.as_of(day, known_at=known_at).filter(library=library).first()
    return spell.address if spell else None


def facts(name="新馆", level="point", **more):
    district = Division.objects.get(code="440605")
    return {"name": name, "level": level, "district": district, **more}


def test_a_library_stands_at_its_new_place_on_the_day_and_at_its_old_one_the_day_before(library):
    change_facts(library("NH002"), {"address": "新路1号"}, on=date(2024, 5, 3))
    assert address_on(library("NH002"), date(2024, 5, 2)) == "桂城演示路7号"
    assert address_on(library("NH002"), date(2024, 5, 3)) == "新路1号"


def test_what_is_learnt_late_is_known_from_then_on_and_not_before(library):
    with time_machine.travel(datetime(2024, 5, 20, 9, tzinfo=ZoneInfo("Asia/Shanghai")), tick=False):
        change_facts(library("NH002"), {"address": "新路1号"}, on=date(2024, 5, 3))
        noon = timezone.now() + timedelta(hours=3)
    before = noon - timedelta(days=1)
    assert address_on(library("NH002"), date(2024, 5, 10), known_at=noon) == "新路1号"
    assert address_on(library("NH002"), date(2024, 5, 10), known_at=before) == "桂城演示路7号"


def test_an_earlier_answer_can_still_be_asked_for(library):
    asked_at = timezone.now()
    change_facts(library("NH002"), {"address": "新路1号"}, on=date(2024, 5, 3))
    assert address_on(library("NH002"), date(2024, 5, 10)) == "新路1号"
    assert address_on(library("NH002"), date(2024, 5, 10), known_at=asked_at) == "桂城演示路7号"
    known = Library.objects.as_of(date(2024, 5, 10), known_at=asked_at).get(code="NH002")
    assert known.facts.address == "桂城演示路7号"


def test_at_the_instant_of_a_correction_only_the_new_answer_holds(library):
    change_facts(library("NH002"), {"address": "新路1号"}, on=date(2005, 1, 1))
    instant = library("NH002").spells.known().get().recorded_at
    answers = Spell.objects.as_of(date(2020, 1, 1), known_at=instant).filter(library__code="NH002")
    assert [spell.address for spell in answers] == ["新路1号"]


def test_a_late_entry_leaves_later_facts_of_their_own_and_their_reasons_alone(library):
    change_facts(library("NH002"), {"address": "新路1号"}, on=date(2024, 5, 3), reason="搬迁")
    change_facts(library("NH002"), {"address": "更早的路", "kind": "主题馆"}, on=date(2022, 1, 1), reason="补录")
    spells = library("NH002").spells.known().order_by("since")
    assert [(spell.since, spell.address, spell.kind, spell.reason) for spell in spells] == [
        (date(2005, 1, 1), "桂城演示路7号", "镇街分馆", "演示数据"),
        (date(2022, 1, 1), "更早的路", "主题馆", "补录"),
        (date(2024, 5, 3), "新路1号", "主题馆", "搬迁"),
    ]


def seats_of(library, *days):
    return [Spell.objects.as_of(day).get(library=library).seats for day in days]


def test_a_late_entry_ends_where_something_else_was_stated(library):
    """10, from 2022 on 12, from 2024 on 10 again; then 11 is learnt for 2020."""
    for year, seats in ((2010, 10), (2022, 12), (2024, 10), (2020, 11)):
        change_facts(library("NH002"), {"seats": seats}, on=date(year, 1, 1))
    days = [date(year, 6, 1) for year in (2011, 2021, 2022, 2025)]
    assert seats_of(library("NH002"), *days) == [10, 11, 12, 10]


def test_a_late_entry_follows_each_fact_to_its_own_next_statement(library):
    change_facts(library("NH002"), {"seats": 10, "kind": "甲"}, on=date(2010, 1, 1))
    change_facts(library("NH002"), {"seats": 12}, on=date(2022, 1, 1))
    change_facts(library("NH002"), {"seats": 10}, on=date(2024, 1, 1))
    change_facts(library("NH002"), {"seats": 11, "kind": "乙"}, on=date(2020, 1, 1))
    today = Spell.objects.as_of(date(2025, 1, 1)).get(library=library("NH002"))
    assert (today.seats, today.kind) == (10, "乙")


def test_a_late_entry_does_not_reach_into_a_membership_that_began_anew(library):
    close_library(library("NH004"), on=date(2020, 1, 1))
    open_library("NH004", facts(parent=library("NH002"), seats=10), since=date(2022, 1, 1))
    change_facts(library("NH004"), {"name": "别名"}, on=date(2019, 1, 1))
    assert Spell.objects.as_of(date(2023, 1, 1)).get(library=library("NH004")).name == "新馆"


def test_a_library_does_not_leave_while_others_stand_under_it(library):
    with pytest.raises(FactsRefused, match="NH004") as refusal:
        close_library(library("NH002"), on=date(2026, 1, 1))
    assert refusal.value.field == "until"
    close_library(library("NH004"), on=date(2026, 1, 1))
    close_library(library("NH002"), on=date(2026, 1, 1))
    assert not Library.objects.as_of(date(2026, 1, 1)).filter(code__in=("NH002", "NH004")).exists()


@pytest.fixture
def locked_month(cast):
    period = Period.objects.create(code="2025-03", first_day=date(2025, 3, 1), last_day=date(2025, 3, 31))
    Period.objects.filter(pk=period.pk).update(locked_at=timezone.now())
    return period


def test_no_day_is_taken_from_a_locked_month(library, locked_month):
    for act in (
        lambda: close_library(library("NH004"), on=date(2025, 3, 31)),
        lambda: correct_opening(library("NH004"), since=date(2025, 3, 2)),
    ):
        with pytest.raises(FactsRefused, match="2025年3月"):
            act()
    assert library("NH004").spells.count() == 1
    close_library(library("NH004"), on=date(2025, 4, 1))
    assert not Library.objects.as_of(date(2025, 4, 1)).filter(code="NH004").exists()


@pytest.mark.parametrize(
    ("first", "end", "touched"),
    [
        (date(2025, 2, 1), date(2025, 3, 1), []),
        (date(2025, 3, 31), None, ["2025-03"]),
        (date(2025, 4, 1), None, []),
        (date(2020, 1, 1), date(2025, 3, 2), ["2025-03"]),
    ],
)
def test_the_locked_months_that_a_stretch_of_days_touches_are_named(locked_month, first, end, touched):
    assert locked_months_touched([(first, end)]) == touched


def test_nothing_that_was_ever_said_is_deleted(library):
    change_facts(library("NH003"), {"address": "新路1号"}, on=date(2024, 5, 3))
    close_library(library("NH003"), on=date(2025, 1, 1))
    said = library("NH003").spells.order_by("pk")
    assert [(spell.since, spell.until, spell.superseded_at is None) for spell in said] == [
        (date(2005, 1, 1), None, False),
        (date(2005, 1, 1), date(2024, 5, 3), True),
        (date(2024, 5, 3), None, False),
        (date(2024, 5, 3), date(2025, 1, 1), True),
    ]


def test_a_library_that_has_left_can_come_back_and_then_has_two_memberships(library):
    close_library(library("NH004"), on=date(2020, 1, 1))
    open_library("NH004", facts(parent=library("NH002")), since=date(2022, 1, 1))
    belonged = [
        Library.objects.as_of(day).filter(code="NH004").exists()
        for day in (
            date(2019, 12, 31),
            date(2020, 1, 1),
            date(2021, 12, 31),
            date(2022, 1, 1),
        )
    ]
    assert belonged == [True, False, False, True]


def test_a_library_cannot_come_back_before_it_left(library):
    close_library(library("NH004"), on=date(2020, 1, 1))
    with pytest.raises(FactsRefused) as refusal:
        open_library("NH004", facts(parent=library("NH002")), since=date(2019, 1, 1))
    assert refusal.value.field == "since"


def test_no_code_is_used_twice(library):
    with pytest.raises(FactsRefused) as refusal:
        open_library("NH004", facts(parent=library("NH002")), since=date(2024, 1, 1))
    assert refusal.value.field == "code"
    assert library("NH004").spells.count() == 1


def test_closing_ends_what_was_planned_for_later(library):
    change_facts(library("NH004"), {"address": "明年的路"}, on=date(2030, 1, 1))
    close_library(library("NH004"), on=date(2029, 1, 1))
    assert list(library("NH004").spells.known().values_list("since", "until")) == [(date(2005, 1, 1), date(2029, 1, 1))]


def test_a_first_day_is_corrected_in_both_directions(library):
    correct_opening(library("NH004"), since=date(2001, 1, 1))
    assert library("NH004").spells.known().get().since == date(2001, 1, 1)
    correct_opening(library("NH004"), since=date(2010, 6, 1))
    assert library("NH004").spells.known().get().since == date(2010, 6, 1)
    assert Record.objects.of(library("NH004"))[0].verb == "corrected"


@pytest.mark.parametrize(
    ("level", "parent", "field"),
    [
        ("point", None, "parent"),
        ("district", "NH001", "parent"),
        ("branch", "NH002", "parent"),
        ("central", "FS001", "parent"),
    ],
)
def test_a_level_stands_only_under_the_levels_above_it(library, level, parent, field):
    with pytest.raises(FactsRefused) as refusal:
        open_library("NH009", facts(level=level, parent=library(parent) if parent else None), since=date(2024, 1, 1))
    assert refusal.value.field == field
    assert not Library.objects.filter(code="NH009").exists()


def test_a_branch_with_service_points_under_it_does_not_become_one(library):
    with pytest.raises(FactsRefused) as refusal:
        change_facts(library("NH002"), {"level": "point"}, on=date(2024, 1, 1))
    assert refusal.value.field == "level"


def test_a_town_of_another_district_is_refused(library):
    with pytest.raises(FactsRefused) as refusal:
        change_facts(library("NH002"), {"town": Division.objects.get(code="440604012")}, on=date(2024, 1, 1))
    assert refusal.value.field == "town"


@pytest.mark.checklist("B7")
def test_a_library_that_moves_to_another_district_takes_its_rights_along(library, person):
    change = {
        "district": Division.objects.get(code="440604"),
        "town": Division.objects.get(code="440604012"),
        "parent": library("CC001"),
    }

    def hands(username):
        return set(Library.objects.in_hands_of(person(username), "members.file_changes").values_list("code", flat=True))

    assert ("NH002" in hands("nanhai"), "NH002" in hands("chancheng")) == (True, False)
    change_facts(library("NH002"), change, on=timezone.localdate())
    assert ("NH002" in hands("nanhai"), "NH002" in hands("chancheng")) == (False, True)
    assert "NH002" in hands("branch")


@pytest.mark.checklist("B7")
def test_a_move_that_is_still_to_come_moves_no_rights_yet(library, person):
    change = {"district": Division.objects.get(code="440604"), "town": None, "parent": library("CC001")}
    change_facts(library("NH002"), change, on=timezone.localdate() + timedelta(days=1))
    held = Library.objects.in_hands_of(person("nanhai"), "members.file_changes")
    assert held.filter(code="NH002").exists()
