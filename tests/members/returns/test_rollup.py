"""Hold the sums beside the returns against the returns, after every kind of write (6.2.1 j)."""

import logging
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from members.divisions.models import Division
from members.indicators.models import Indicator
from members.libraries.actions import change_facts, close_library
from members.libraries.models import Library, Spell
from members.months.actions import lock
from members.months.views import by_district
from members.periods.models import Period, months_of
from members.returns import actions
from members.returns.due.completeness import (
    completeness,
    completeness_by_sums,
    completeness_of_months,
    districts_by_sums,
    first_missing,
    missing_spells,
    whole_of,
)
from members.returns.intake.actions import import_returns
from members.returns.intake.imports import SUBMITTED
from members.returns.models import Return
from members.returns.rollup.actions import build, count_again, fold, mend, settle, to_fold
from members.returns.rollup.awaited import count_awaited
from members.returns.rollup.models import Awaited, Mark, Tally
from members.returns.rollup.reading import Where, totals
from members.returns.rollup.tasks import follow, look_after
from reports.corrections import actions as corrections
from reports.editions.figures.spans import read_span, total_of
from tests.members.returns.figures import CODES, SOUND, table

MONTH = "2026-02"
FULL = ("library_code", "period", *CODES)
pytestmark = pytest.mark.clause("6.2.1 j")


@pytest.fixture
def month(cast):
    return lambda code=MONTH: Period.objects.get(code=code)


@pytest.fixture
def in_step(cast):
    """Hold that a month's totals, of each district and of all, are those of a report and follow from the returns."""

    def hold(*codes):
        settle(timezone.now())
        count_awaited()
        for code in codes or (MONTH,):
            period, span, indicators = Period.objects.get(code=code), read_span(code), list(Indicator.objects.in_use())
            assert mend(period, write=False) == 0
            assert completeness_by_sums([period]) == {code: completeness(period)}
            assert whole_of(period, districts_by_sums(period)) == completeness(period)
            counted = [dict(row) for row in by_district(period, Library.objects.all())]
            for most in (1, 3, 100):
                first = first_missing(period, None, districts_by_sums(period), most=most)
                assert list(first) == list(missing_spells(period)[:most])
            assert [{name: row[name] for name in counted[0]} for row in districts_by_sums(period)] == counted
            names = [one.code for one in indicators]
            whole, parts = totals(names, [period]), totals(names, [period], by_district=True)
            for one in indicators:
                assert _said(whole[one.code, code, 0]) == _reported(total_of(span, one)), one.code
                for place in span.districts:
                    found = parts.get((one.code, code, place.pk))
                    expected = _reported(total_of(span, one, place))
                    assert (_said(found) if found else (None, 0, 0)) == expected, (one.code, place.code)
        return totals(["L04"], [Period.objects.get(code=(codes or (MONTH,))[0])])["L04", (codes or (MONTH,))[0], 0]

    return hold


def _said(total):
    return total.value, total.expected, total.reported


def _reported(cell):
    return cell["value"], cell["expected"], cell["reported"]


def _row(code="NH003", period=MONTH, **changes):
    return (code, period, *(SOUND | changes).values())


def test_what_is_accepted_counts_and_what_is_under_way_does_not(accepted, submitted, draft, in_step):
    accepted("NH003", L04=100)
    submitted("NH002", L04=1000)
    draft("NH001", L04=10_000)
    assert in_step().value == 100


def test_what_is_given_back_or_recalled_never_counted(accepted, submitted, person, in_step):
    accepted("NH004", L04=70)
    actions.recall(submitted("NH003"), by=person("nanhai"))
    actions.give_back(submitted("NH002"), by=person("nanhai-reviewer"), note="核对")
    assert in_step().value == 70


def test_what_is_taken_back_counts_no_longer_and_accepted_again_with_its_new_figures(
    accepted, person, stored, library, in_step
):
    one = accepted("NH003", L04=100)
    actions.take_back(one, by=person("office"), note="核对")
    assert in_step().value is None
    again = actions.hand_in(library("NH003"), MONTH, SOUND | {"L04": 120}, {"L04": "已核对"}, by=person("nanhai"))
    actions.accept(again, by=person("nanhai-reviewer"))
    assert in_step().value == 120


def test_a_file_of_the_office_counts_and_so_does_what_it_writes_over(person, in_step):
    import_returns(table(_row("NH003", L04=5), _row("CC001", L04=6), columns=FULL), name="a.csv", by=person("office"))
    assert in_step().value == 11
    import_returns(table(_row("NH003", L04=50), columns=FULL), name="b.csv", by=person("office"))
    assert in_step().value == 56


def test_a_file_that_is_handed_in_counts_once_it_is_accepted(person, stored, in_step):
    import_returns(table(_row("NH003", L04=5), columns=FULL), name="a.csv", by=person("nanhai"), state=SUBMITTED)
    assert in_step().value is None
    actions.accept(stored("NH003"), by=person("nanhai-reviewer"))
    assert in_step().value == 5


def test_a_correction_moves_the_sum_and_adds_a_library_that_was_missing(accepted, person, library, in_step):
    accepted("NH003", L04=100)
    period = lock(MONTH, by=person("office"), acknowledged=99)
    for code, new in (("NH003", {"L04": 150}), ("NH002", SOUND | {"L04": 7})):
        slip = corrections.begin(library(code), period, by=person("nanhai"), new=new, reason="漏计")
        corrections.agree(corrections.submit(slip, by=person("nanhai")), by=person("coordination-lead"))
    assert in_step().value == 157


def test_what_does_not_apply_or_was_closed_is_no_nought(accepted, in_step, month):
    accepted("NH003", L04=100, E01="closed", E02="closed", C01="na")
    accepted("NH002", L04=0)
    in_step()
    found = totals(["L04", "E01", "C01"], [month()])
    assert found["L04", MONTH, 0].value == 100
    assert found["E01", MONTH, 0].value == SOUND["E01"]
    assert found["E01", MONTH, 0].expected == found["L04", MONTH, 0].expected - 1
    assert found["C01", MONTH, 0].numbers == found["C01", MONTH, 0].reported - 1


def test_an_indicator_that_is_asked_of_some_levels_lacks_nobody_else(accepted, in_step, month):
    Indicator.objects.filter(code="C01").update(asked_of=["district"])
    accepted("NH003")
    in_step()
    found = totals(["C01"], [month()])["C01", MONTH, 0]
    districts = Spell.objects.as_of(date(2026, 2, 28)).filter(level="district").count()
    # Of a branch nothing is asked; what it says all the same counts, and it lacks nothing.
    assert (found.value, found.expected, found.reported) == (SOUND["C01"], districts + 1, 1)


def test_a_library_that_moves_takes_its_open_months_along_and_leaves_the_locked_ones(
    accepted, person, library, in_step, month
):
    accepted("NH003", "2026-01", L04=10)
    lock("2026-01", by=person("office"), acknowledged=99)
    accepted("NH003", L04=100, R04=818)
    in_step("2026-01", MONTH)
    old, new = library("NH003").district, Division.objects.get(code="440604")
    facts = {"district": new, "town": new.parts.first(), "parent": library("CC001")}
    change_facts(library("NH003"), facts, on=date(2026, 1, 1), by=person("office"))
    in_step("2026-01", MONTH)
    found = totals(["L04"], [month("2026-01"), month()], by_district=True)
    assert (found["L04", "2026-01", old.pk].value, found["L04", MONTH, new.pk].value) == (10, 100)
    assert found["L04", MONTH, old.pk].value is None


def test_a_library_that_has_left_keeps_its_flows_and_has_no_stock(accepted, person, library, in_step, month):
    accepted("NH003", L04=100, C01=40)
    accepted("NH002", L04=1, C01=2)
    close_library(library("NH003"), on=date(2026, 2, 20), by=person("office"))
    in_step()
    found = totals(["L04", "C01"], [month()])
    assert (found["L04", MONTH, 0].value, found["C01", MONTH, 0].value) == (101, 2)


def test_until_the_registry_is_read_anew_figures_stand_where_they_were_counted(accepted, person, library, month):
    accepted("NH003", L04=100)
    count_awaited()
    before = totals(["L04"], [month()], by_district=True)
    new = Division.objects.get(code="440604")
    facts = {"district": new, "town": new.parts.first(), "parent": library("CC001")}
    change_facts(library("NH003"), facts, on=date(2026, 1, 1), by=person("office"))
    actions.take_back(Return.objects.get(), by=person("office"), note="核对")
    after = totals(["L04"], [month()], by_district=True)
    assert {key[2]: total.numbers for key, total in after.items()} == dict.fromkeys([key[2] for key in before], 0)
    assert mend(month(), write=False) == 0


def test_until_the_registry_is_read_anew_who_has_reported_is_counted(accepted, library, person, month, in_step):
    accepted("NH003")
    in_step()
    close_library(library("NH004"), on=date(2026, 1, 20), by=person("office"))
    assert completeness_by_sums([month()]) is None
    counted = completeness_of_months([month()])[MONTH]
    in_step()
    assert completeness_of_months([month()])[MONTH] == counted


def test_peers_are_of_one_level_and_kind_in_one_district(accepted, in_step, month, library):
    accepted("NH003", L04=100)
    accepted("NH001", L04=1)
    in_step()
    branch = library("NH003").facts
    where = Where(frozenset([branch.district_id]), level=branch.level, kind=branch.kind)
    assert totals(["L04"], [month()], where)["L04", MONTH, 0].value == 100


def test_of_too_few_libraries_there_is_no_mean(accepted, in_step, settings):
    accepted("NH003", L04=100)
    total = in_step()
    assert (total.value, total.mean) == (100, None)
    settings.COMPARABLE_FROM = 0.05
    assert total.mean == 100


def test_folding_leaves_the_sums_and_is_done_once(accepted, in_step, month):
    for code in ("NH002", "NH003", "NH004"):
        accepted(code, L04=1)
    rows = Tally.objects.count()
    assert to_fold() == [month()]
    assert fold(month()) == rows - Tally.objects.count() > 0
    assert in_step().value == 3
    assert (to_fold(), fold(month())) == ([], 0)


def test_a_writer_adds_rows_and_changes_none(accepted, month):
    accepted("NH003")
    with CaptureQueriesContext(connection) as captured:
        accepted("NH002")
    table_name = Tally._meta.db_table
    said = {query["sql"].split()[0] for query in captured if f'"{table_name}"' in query["sql"]}
    assert said == {"INSERT"}
    with CaptureQueriesContext(connection) as captured:
        count_again([])
    assert len(captured) == 0


def test_sums_that_went_astray_are_found_and_mended_once(accepted, month, in_step, caplog):
    accepted("NH003", L04=100)
    Tally.objects.filter(code="L04").update(total=99)
    with pytest.raises(CommandError, match="1 sums do not follow"):
        call_command("check_rollup")
    with caplog.at_level(logging.ERROR):
        look_after()
    assert "1 sums of 2026-02" in caplog.text
    assert in_step().value == 100
    assert mend(month()) == 0
    call_command("check_rollup", "--mend", MONTH)


def test_a_portal_that_is_upgraded_adds_up_what_it_has_once(accepted, in_step):
    accepted("NH003", L04=100)
    Tally.objects.all().delete()
    Mark.objects.all().delete()
    assert (build(), build()) == (1, 0)
    assert in_step().value == 100


def test_the_job_follows_the_registry_at_a_distance(accepted, clock, library, person, month):
    accepted("NH003", L04=100)
    change_facts(library("NH003"), {"seats": 7}, on=date(2026, 1, 1), by=person("office"))
    clock.move_to(datetime(2026, 3, 11, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai")))
    follow()
    assert Mark.objects.get().known_at < timezone.now()
    counted = Awaited.objects.filter(period=month())
    assert sum(counted.values_list("libraries", flat=True)) == len(read_span(MONTH).due)
    assert count_awaited() == 0


def test_reading_costs_as_much_for_many_months_as_for_one(accepted, month, in_step):
    accepted("NH003")
    in_step()
    costs = []
    for codes in ([MONTH], [*months_of("2025"), MONTH]):
        periods = list(Period.objects.filter(code__in=codes))
        with CaptureQueriesContext(connection) as captured:
            totals(["L04", "C01"], periods)
        costs.append(len(captured))
    assert costs[0] == costs[1] == 3
