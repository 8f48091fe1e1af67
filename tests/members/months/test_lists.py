"""Hold that the list of months to lock and the pages of months say what the rule and the counts say (6.2.1 j)."""

import pytest
from django.core.exceptions import PermissionDenied

from members.months import actions
from members.months.lists import lockable_by
from members.months.rules import may_lock
from members.months.verbs import ACTS
from members.months.views import by_district, months_since
from members.periods.actions import ensure
from members.periods.models import Period, period_named
from members.returns import actions as returns
from members.returns.due.completeness import completeness, completeness_of_months
from reports.demo.cast import PEOPLE

pytestmark = pytest.mark.clause("6.2.1 j")


def lockable(person, username="office"):
    return list(lockable_by(person(username)).order_by("code").values_list("code", flat=True))


def test_a_month_is_offered_once_something_is_accepted_and_nothing_waits(accepted, submitted, person, stored):
    accepted("NH003", "2026-01")
    submitted("NH002", "2026-02")
    assert lockable(person) == ["2026-01"]
    returns.accept(stored("NH002", "2026-02"), by=person("nanhai-reviewer"))
    assert lockable(person) == ["2026-01", "2026-02"]
    actions.lock("2026-01", by=person("office"), acknowledged=9)
    assert lockable(person) == ["2026-02"]


def test_every_month_offered_may_be_locked(accepted, submitted, draft, person, library):
    accepted("NH003", "2025-12")
    accepted("NH001", "2026-01")
    submitted("NH002", "2026-01")
    draft("NH002", "2026-02")
    ensure(["2025-10", "2026-03", "2026-04"])
    office = person("office")
    offered = lockable(person)
    assert offered == ["2025-12"]
    assert [code for code in offered if not may_lock(office, period_named(code))] == []


def test_months_are_offered_to_the_office_alone(accepted, person):
    accepted("NH003", "2026-01")
    offered = {one.username: lockable(person, one.username) for one in PEOPLE}
    assert {name for name, codes in offered.items() if codes} == {"office"}


@pytest.mark.parametrize(
    ("stored", "codes"),
    [
        ([], ["2026-02"]),
        (["2026-02"], ["2026-02"]),
        (["2025-12"], ["2026-02", "2026-01", "2025-12"]),
        (["2026-04"], ["2026-04", "2026-03", "2026-02"]),
        (["2025-12", "2026-03"], ["2026-03", "2026-02", "2026-01", "2025-12"]),
    ],
)
def test_the_months_run_without_a_gap_from_the_first_stored_one_to_the_one_that_is_due(stored, codes):
    assert months_since(stored) == codes


def test_the_counts_of_the_districts_add_up_to_those_of_the_month(accepted, submitted, person, draft):
    accepted("NH003")
    submitted("NH002")
    draft("NH001")
    period = period_named("2026-02")
    rows = {row["district__code"]: row for row in by_district(period)}
    counts = completeness(period)
    assert (counts.expected, counts.received, counts.accepted, counts.missing) == (10, 2, 1, 8)
    for name in ("expected", "received", "accepted"):
        assert sum(row[name] for row in rows.values()) == getattr(counts, name)
    nanhai = rows["440605"]
    assert (nanhai["expected"], nanhai["received"], nanhai["accepted"]) == (4, 2, 1)


def test_many_months_are_counted_like_each_of_them(accepted, submitted, person, library):
    accepted("NH003", "2025-12")
    accepted("NH001", "2026-01")
    submitted("NH002", "2026-02")
    actions.lock("2025-12", by=person("office"), acknowledged=9)
    periods = [period_named(code) for code in ("2025-12", "2026-01", "2026-02")]
    assert completeness_of_months(periods) == {one.code: completeness(one) for one in periods}


def test_the_act_says_how_many_it_locks_and_how_many_stay_missing(accepted, submitted, person):
    accepted("NH003")
    accepted("NH002")
    assert ACTS["lock"].effect(period_named("2026-02")) == "Locks 2 returns of 10 libraries; 8 are missing."


def test_a_lock_that_was_refused_stores_nothing(submitted, person):
    submitted("NH003")
    with pytest.raises(PermissionDenied):
        actions.lock("2026-02", by=person("office"), acknowledged=10)
    period = Period.objects.get(code="2026-02")
    assert (period.locked_at, period.locked_by, period.version) == (None, None, 0)


def test_the_lead_to_what_waits_shows_exactly_that(submitted, accepted, person, as_person):
    submitted("NH003")
    submitted("NH002")
    accepted("NH004")
    verdict = may_lock(person("office"), period_named("2026-02"))
    rows = as_person("office").get(verdict.way.url).context["page"].object_list
    assert sorted(row.library.code for row in rows) == ["NH002", "NH003"]
