"""Hold that a locked year closes its months with it, so that its report lacks nothing and stays as it is (6.2.1 j)."""

import pytest
from django.core.exceptions import PermissionDenied

from fsul_portal.records.models import Record
from fsul_portal.runs.models import Run
from members.months import actions
from members.months.rules import may_lock
from members.periods.models import Period, months_of, period_named
from members.returns import actions as returns
from members.returns.intake.actions import import_returns
from members.returns.models import Return
from reports.editions.figures.snapshot import freeze
from tests.members.returns.figures import sound, table

pytestmark = pytest.mark.clause("6.2.1 j")
STILL_OPEN = "Months of 2025 with returns are still open: November 2025. Lock them first."


@pytest.fixture
def lock(person):
    return lambda code, missing: actions.lock(code, by=person("office"), acknowledged=missing)


@pytest.mark.parametrize("state", ["draft", "submitted", "accepted"])
def test_a_year_is_not_locked_while_a_month_with_returns_is_open(request, person, lock, state):
    request.getfixturevalue(state)("NH003", "2025-11")
    assert may_lock(person("office"), period_named("2025")).sentence == STILL_OPEN
    with pytest.raises(PermissionDenied, match="Lock them first"):
        lock("2025", 9)
    assert Period.objects.filter(locked_at__isnull=False).count() == 0


def test_a_year_is_locked_after_its_months(accepted, lock):
    accepted("NH003", "2025-11")
    lock("2025-11", 9)
    assert lock("2025", 9).is_locked


def test_an_empty_month_and_one_of_another_year_hold_up_nobody(accepted, lock):
    accepted("NH003", "2026-01")
    returns.hold("2025-11")
    assert lock("2025", 10).is_locked


def test_a_year_closes_its_months_with_it_on_record(lock, person):
    lock("2025", 10)
    months = Period.objects.months_of("2025")
    assert [(month.code, month.is_locked, month.locked_by) for month in months.order_by("code")] == [
        (code, True, person("office")) for code in months_of("2025")
    ]
    told = Record.objects.of(period_named("2025-11"))
    assert [(one.verb, one.by, one.after) for one in told] == [("locked", person("office"), {"year": "2025"})]
    assert Run.objects.filter(task="reports.build_edition").count() == 0


def test_nothing_is_written_into_the_months_of_a_locked_year_by_any_way(lock, library, person):
    returns.hold("2025-11")
    lock("2025", 10)
    nanhai = person("nanhai")
    for code in ("2025-11", "2025-12"):
        for write in (returns.save_draft, returns.hand_in):
            with pytest.raises(PermissionDenied, match=r"^(November|December) 2025 is locked"):
                write(library("NH003"), code, sound(), {}, by=nanhai)
    plan = import_returns(table(("NH003", "2025-11", 5), ("NH004", "2026-01", 5)), name="x.csv", partial=True)
    assert [problem.sentence for problem in plan.problems] == [
        "November 2025 is locked; nothing in it changes any more."
    ]
    assert list(Return.objects.values_list("library__code", "period__code")) == [("NH004", "2026-01")]


def test_a_month_of_a_locked_year_is_not_locked_again(lock, person):
    lock("2025", 10)
    assert may_lock(person("office"), period_named("2025-11")).sentence == (
        "November 2025 is locked; nothing in it changes any more."
    )


def test_the_reports_of_a_locked_year_and_of_its_months_are_final(lock):
    returns.hold("2025-11")
    assert [freeze("annual", "2025")["provisional"], freeze("monthly", "2025-11")["provisional"]] == [True, True]
    lock("2025", 10)
    assert [freeze("annual", "2025")["provisional"], freeze("monthly", "2025-11")["provisional"]] == [False, False]
