"""Show that a period is locked once, when nothing waits, and that nothing in it changes afterwards (6.2.1 j)."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, connection, transaction

from fsul_portal.records.models import Record
from fsul_portal.runs.models import Run
from fsul_portal.verdicts import Overtaken
from members.months import actions
from members.months.rules import may_lock
from members.periods.actions import ensure
from members.periods.models import Period, period_named
from members.returns import actions as returns
from members.returns.intake.actions import import_returns
from members.returns.models import Return
from reports.demo.cast import PEOPLE
from tests.hands import at_once
from tests.members.returns.figures import sound, table

EVERYBODY = [one.username for one in PEOPLE]


@pytest.fixture
def locked(accepted, person):
    """Lock February 2026 with one accepted return and nine missing."""

    def lock():
        one = accepted()
        actions.lock("2026-02", by=person("office"), acknowledged=9)
        return one

    return lock


@pytest.mark.clause("6.2.1 j")
def test_only_the_office_locks_a_month(cast, person):
    allowed = [name for name in EVERYBODY if may_lock(person(name), period_named("2026-02"))]
    assert allowed == ["office"]


@pytest.mark.clause("6.2.1 j")
def test_locking_is_on_record_and_asks_for_the_report(locked, person):
    locked()
    period = Period.objects.get(code="2026-02")
    assert (period.locked_by, period.version) == (person("office"), 1)
    assert Record.objects.of(period).get().after == {"expected": 10, "accepted": 1, "missing": 9}
    run = Run.objects.get()
    assert (run.task, run.key) == ("reports.build_edition", "monthly:2026-02:1")
    assert (run.parameters, run.requested_by) == ({"kind": "monthly", "period": "2026-02"}, person("office"))


def test_a_year_is_locked_without_a_monthly_report(cast, person):
    actions.lock("2025", by=person("office"), acknowledged=10)
    assert Run.objects.count() == 0


@pytest.mark.clause("6.2.1 j")
def test_a_month_stays_open_while_something_waits(submitted, person):
    submitted("NH003")
    submitted("NH002")
    with pytest.raises(PermissionDenied, match="2 returns still await a decision: Nanhai District 2"):
        actions.lock("2026-02", by=person("office"), acknowledged=9)
    assert Period.objects.get().is_locked is False


def test_a_month_that_is_not_over_stays_open(cast, person):
    with pytest.raises(PermissionDenied, match="not over yet"):
        actions.lock("2026-03", by=person("office"), acknowledged=10)


def test_missing_libraries_must_be_acknowledged(accepted, person):
    accepted()
    for acknowledged in (None, 0, 8):
        with pytest.raises(Overtaken, match="9 libraries are missing"):
            actions.lock("2026-02", by=person("office"), acknowledged=acknowledged)
    assert actions.lock("2026-02", by=person("office"), acknowledged=9).is_locked


def test_nobody_locks_twice(locked, person):
    locked()
    with pytest.raises(Overtaken, match="is locked"):
        actions.lock("2026-02", by=person("office"), acknowledged=9)
    assert Run.objects.count() == 1


@pytest.mark.clause("6.2.1 j")
def test_nothing_in_a_locked_month_changes_by_any_way(locked, draft, library, person, stored):
    draft("NH002")
    one = locked()
    before = list(Return.objects.order_by("pk").values())
    nanhai, reviewer = person("nanhai"), person("nanhai-reviewer")
    waiting = stored("NH002")
    for act in (
        lambda: returns.save_draft(library("NH003"), "2026-02", sound(V01=1), {}, by=nanhai),
        lambda: returns.save_draft(library("NH004"), "2026-02", sound(), {}, by=nanhai),
        lambda: returns.hand_in(library("NH002"), "2026-02", sound(V01=1), {}, by=nanhai),
        lambda: returns.submit(waiting, by=nanhai),
        lambda: returns.accept(one, by=reviewer),
        lambda: returns.give_back(one, by=reviewer, note="?"),
    ):
        with pytest.raises(Overtaken, match="is locked"):
            act()
    plan = import_returns(table(("NH003", "2026-02", 5), ("NH004", "2026-02", 5)), name="x.csv", partial=True)
    assert [problem.sentence for problem in plan.problems] == [
        "February 2026 is locked; nothing in it changes any more."
    ] * 2
    assert list(Return.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("verb", ["submit", "accept"])
def test_a_submission_or_an_acceptance_never_passes_the_locking(many_hands, draft, submitted, person, stored, verb):
    one = draft() if verb == "submit" else submitted()
    by = {"submit": person("nanhai"), "accept": person("nanhai-reviewer")}[verb]
    office = person("office")

    def act(number):
        if number:
            return actions.lock("2026-02", by=office, acknowledged=10)
        return getattr(returns, verb)(one, by=by)

    outcomes = at_once(act, times=2)
    state, is_locked = stored("NH003").state, Period.objects.get().is_locked
    refused = [isinstance(outcome, PermissionDenied) for outcome in outcomes]
    if verb == "submit":
        # Whoever comes second is refused: the draft stays out of the locked month, or the month waits for a decision.
        assert (refused, state, is_locked) in (
            ([True, False], "draft", True),
            ([False, True], "submitted", False),
        )
    else:
        assert refused[0] is False
        assert (state, is_locked) == ("accepted", not refused[1])


def test_of_many_who_lock_at_once_one_succeeds(many_hands, cast, person):
    office = person("office")
    outcomes = at_once(lambda number: actions.lock("2026-02", by=office, acknowledged=10), times=4)
    assert sorted(isinstance(outcome, Period) for outcome in outcomes) == [False, False, False, True]
    assert (Period.objects.get().version, Run.objects.count()) == (1, 1)


@pytest.mark.checklist("D3")
def test_of_eight_equal_submissions_one_is_kept(many_hands, library, person):
    nanhai, nh003 = person("nanhai"), library("NH003")
    outcomes = at_once(lambda number: returns.hand_in(nh003, "2026-02", sound(), {}, by=nanhai, version=0))
    assert {type(outcome) for outcome in outcomes} == {Return}
    assert Record.objects.of(Return.objects.get()).filter(verb="submitted").count() == 1


@pytest.mark.checklist("D4")
def test_of_two_reviewers_at_once_one_accepts(many_hands, submitted, person):
    one, reviewer = submitted(), person("nanhai-reviewer")
    outcomes = at_once(lambda number: returns.accept(one, by=reviewer), times=2)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Overtaken", "Return"]


def test_an_import_and_the_locking_never_mix(many_hands, cast, person):
    office = person("office")
    rows = table(*((code, "2026-02", 7) for code in ("NH002", "NH003", "NH004")))

    def act(number):
        if number:
            return actions.lock("2026-02", by=office, acknowledged=10)
        return import_returns(rows, name="x.csv").counts()

    outcomes = at_once(act, times=2)
    assert isinstance(outcomes[1], Period)
    # Whoever finds the month locked at the last moment is told, or sees his rows refused.
    created = 0 if isinstance(outcomes[0], Overtaken) else outcomes[0]["created"]
    assert (created, created in (0, 3)) == (Return.objects.count(), True)


def in_a_thread(act):
    """Do something in a connection of its own that waits two tenths of a second for a lock at most."""

    def patiently(number):
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET LOCAL lock_timeout = '200ms'")
            return act()

    return at_once(patiently, times=1)[0]


def test_two_who_write_in_one_month_do_not_wait_for_each_other_and_the_locking_waits_for_both(
    many_hands, library, person
):
    ensure(["2026-02"])
    nanhai, chancheng, office = person("nanhai"), person("chancheng"), person("office")
    mine, other = library("NH003"), library("CC001")
    with transaction.atomic():
        returns.save_draft(mine, "2026-02", sound(), {}, by=nanhai)
        if connection.vendor == "postgresql":
            # SQLite has one writer at a time.
            beside = in_a_thread(lambda: returns.save_draft(other, "2026-02", sound(), {}, by=chancheng))
            assert isinstance(beside, Return)
            assert isinstance(in_a_thread(lambda: actions.lock("2026-02", by=office)), OperationalError)
    assert actions.lock("2026-02", by=office, acknowledged=10).is_locked


def test_two_who_begin_the_same_return_at_once_do_not_write_over_each_other(many_hands, library, person):
    ensure(["2026-02"])
    nh002, branch, nanhai = library("NH002"), person("branch"), person("nanhai")

    def act(number):
        by, visits = (branch, 1) if number else (nanhai, 2)
        return returns.save_draft(nh002, "2026-02", sound(V01=visits), {}, by=by, version=0)

    outcomes = at_once(act, times=2)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Return", "Stale"]
    (kept,) = [outcome for outcome in outcomes if isinstance(outcome, Return)]
    assert Return.objects.get().figures == kept.figures
