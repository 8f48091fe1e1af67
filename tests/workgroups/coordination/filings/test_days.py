"""Let filings take effect on their day, in Shanghai, whatever the machine did (6.2.1 e)."""

from datetime import date

import pytest
from django.db import transaction

from fsul_portal.notices.models import Notice
from fsul_portal.records.models import Record
from members.libraries.models import Spell
from tests.workgroups.coordination.filings.filings import NEW_ADDRESS, OLD_ADDRESS, fact_on, fresh, in_days
from workgroups.coordination.filings.actions import apply_filing
from workgroups.coordination.filings.models import Filing
from workgroups.coordination.filings.tasks import apply_due


@pytest.mark.clause("6.2.1 e")
@pytest.mark.checklist("D10")
@pytest.mark.parametrize(
    ("day", "before"),
    [
        (date(2028, 2, 29), "2028-02-28"),
        (date(2028, 3, 1), "2028-02-29"),
        (date(2027, 3, 1), "2027-02-28"),
        (date(2027, 1, 1), "2026-12-31"),
    ],
)
def test_the_day_begins_at_midnight_in_shanghai(approved, time_machine, day, before):
    time_machine.move_to(f"{before[:7]}-10T09:00:00+08:00")
    filing = approved(day=day)
    time_machine.move_to(f"{before}T23:59:30+08:00")
    apply_due()
    assert (fresh(filing).state, fact_on("NH003", day)) == (Filing.State.ACCEPTED, OLD_ADDRESS)
    time_machine.move_to(f"{day}T00:00:30+08:00")
    apply_due()
    assert fresh(filing).state == Filing.State.IN_FORCE
    assert (fact_on("NH003", date.fromisoformat(before)), fact_on("NH003", day)) == (OLD_ADDRESS, NEW_ADDRESS)


@pytest.mark.clause("6.2.1 e")
@pytest.mark.checklist("D8")
def test_the_job_may_run_twice_and_late(approved, time_machine):
    filing, day = approved(day=in_days(0)), in_days(0)
    assert fresh(filing).state == Filing.State.IN_FORCE
    spells = Spell.objects.count()
    for __ in range(2):
        apply_due()
        apply_filing(filing)
    assert (Spell.objects.count(), Record.objects.of(filing).filter(verb="in_force").count()) == (spells, 1)
    assert fact_on("NH003", day) == NEW_ADDRESS


@pytest.mark.checklist("D8")
def test_what_was_missed_while_the_machine_was_down_is_caught_up_from_its_own_day(approved, time_machine):
    time_machine.move_to("2027-05-01T09:00:00+08:00")
    filing = approved(day=date(2027, 5, 10))
    time_machine.move_to("2027-05-21T00:05:00+08:00")
    apply_due()
    assert [fact_on("NH003", date(2027, 5, day)) for day in (9, 10)] == [OLD_ADDRESS, NEW_ADDRESS]
    assert fresh(filing).applied_at.date() == date(2027, 5, 20)


@pytest.mark.checklist("D8")
def test_a_worker_that_dies_in_the_middle_leaves_nothing_and_the_next_one_does_it(approved, time_machine):
    time_machine.move_to("2027-05-01T09:00:00+08:00")
    filing = approved(kind="suspension", day=date(2027, 5, 10), until=date(2027, 6, 10))
    time_machine.move_to("2027-05-10T00:05:00+08:00")
    spells = list(Spell.objects.known().order_by("pk").values_list("pk", flat=True))
    with pytest.raises(KeyboardInterrupt):
        _apply_and_die(filing)
    assert fresh(filing).state == Filing.State.ACCEPTED
    assert list(Spell.objects.known().order_by("pk").values_list("pk", flat=True)) == spells
    apply_due()
    assert fresh(filing).state == Filing.State.IN_FORCE
    assert fact_on("NH003", date(2027, 5, 10), "status") == "suspended"


def _apply_and_die(filing):
    with transaction.atomic():
        apply_filing(filing)
        raise KeyboardInterrupt


def test_one_that_cannot_be_carried_out_does_not_keep_the_others_waiting(approved, time_machine, library):
    time_machine.move_to("2027-05-01T09:00:00+08:00")
    broken, good = approved("NH002", day=date(2027, 5, 9)), approved("NH003", day=date(2027, 5, 10))
    Filing.objects.filter(pk=broken.pk).update(requested={"town": "no such town"}, seen={"town": "no such town"})
    time_machine.move_to("2027-05-10T00:05:00+08:00")
    apply_due()
    assert (fresh(broken).state, fresh(good).state) == (Filing.State.ACCEPTED, Filing.State.IN_FORCE)


def test_two_filings_of_one_library_take_effect_together(approved, time_machine):
    time_machine.move_to("2027-05-01T09:00:00+08:00")
    day = date(2027, 5, 10)
    approved("NH003", day=day)
    approved("NH003", "suspension", day=day, until=date(2027, 5, 20))
    time_machine.move_to("2027-05-10T00:05:00+08:00")
    apply_due()
    assert (fact_on("NH003", day), fact_on("NH003", day, "status")) == (NEW_ADDRESS, "suspended")
    assert fact_on("NH003", date(2027, 5, 20), "status") == "open"
    assert not Notice.objects.filter(key__endswith="not-carried-out").exists()


def test_the_job_stands_on_the_clock_a_little_after_midnight_in_shanghai(db):
    from django_celery_beat.models import PeriodicTask

    from fsul_portal.runs.timetable import load_timetable

    load_timetable()
    schedule = PeriodicTask.objects.get(task=apply_due.name).crontab
    assert (schedule.hour, schedule.minute, str(schedule.timezone)) == ("0", "5", "Asia/Shanghai")
