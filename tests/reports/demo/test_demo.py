"""Show that the demo is told by the real actions, and is the same for the same seed."""

import pytest
from django.core.management import call_command
from django.utils import timezone

from committee.meetings.models import Meeting
from fsul_portal.approvals.clocks.waits import stretches
from fsul_portal.approvals.models import Turn
from fsul_portal.records.models import Record
from fsul_portal.rooms import evidence_of
from fsul_portal.runs.models import Run
from members.bodies.rights import without_a_seat
from members.libraries.models import Library, Spell
from members.people.models import User
from members.periods.models import Period
from members.returns.models import Return
from workgroups.coordination.filings.models import Filing

pytestmark = [pytest.mark.django_db, pytest.mark.clause("6.2.1 j", "6.2.1 e", "7.1")]


@pytest.fixture
def load(capsys):
    def load(**options):
        call_command("load_demo", **options)
        return capsys.readouterr().out.splitlines()

    return load


def figures():
    return list(Return.objects.order_by("library__code", "period__code").values_list("library__code", "figures"))


def test_a_small_demo_has_somebody_at_every_desk(load):
    assert load(libraries=60, months=3)[-1] == "Demo loaded: 60 libraries, 3 months."
    assert Library.objects.count() == 60
    assert Period.objects.filter(locked_at__isnull=False).count() == 2
    assert Run.objects.filter(task="reports.build_edition").count() == 2
    assert Meeting.objects.of_committee().counting().count() == 3
    states = set(Filing.objects.values_list("state", flat=True))
    assert states == {"in_force", "accepted", "submitted", "returned"}
    assert set(Return.objects.values_list("state", flat=True)) == {"accepted", "submitted", "returned"}
    assert User.objects.get(username="nanhai").check_password("fsul-demo-2026")
    assert not User.objects.filter(is_superuser=True).exists()


@pytest.mark.clause("6.2.1 e")
def test_somebody_waits_longer_than_he_should(load):
    load(libraries=60, months=1)
    today = timezone.localdate()
    late = Turn.objects.open().filter(due_on__lt=today, opened_at__date__lt=today).order_by("due_on")
    assert [turn.key for turn in late] == ["decision", "district_signature"]
    assert all(turn.matter.started_at <= turn.opened_at for turn in late)
    assert {day for day in Record.objects.values_list("at__date", flat=True) if day > today} == set()
    # Two kinds of matter may call a stage by one name.
    assert sum(line.late for line in stretches()) == 2


@pytest.mark.clause("5.1", "5.2", "7.2", "7.3")
def test_nobody_of_the_demo_holds_a_role_without_a_seat_and_conformity_tells_the_gaps(load):
    load(libraries=40, months=1)
    assert without_a_seat() == []
    today = timezone.localdate()
    standings = {clause: str(evidence_of(clause)(today).standing) for clause in ("5.1", "5.2", "7.2", "7.3")}
    # 高明 has nobody in one group and a point in no channel.
    assert standings == {"5.1": "held", "5.2": "at_risk", "7.2": "held", "7.3": "at_risk"}


def test_what_is_invented_says_so(load):
    load(libraries=40, months=1)
    assert [spell.name for spell in Spell.objects.known() if not spell.name.endswith("（演示）")] == []


def test_the_smallest_demo_still_stands(load):
    assert load(libraries=1, months=1)[-1] == "Demo loaded: 10 libraries, 1 months."


def test_it_is_loaded_only_into_an_empty_portal(load):
    load(libraries=12, months=1)
    before = Library.objects.count(), Return.objects.count()
    assert load(libraries=50, months=5) == [
        "The registry has libraries already; the demo is only loaded into an empty portal."
    ]
    assert (Library.objects.count(), Return.objects.count()) == before


@pytest.mark.django_db(transaction=True)
def test_the_same_seed_gives_the_same_demo(load):
    from django.core.management import call_command as command

    load(libraries=15, months=2, seed=5)
    first = figures()
    command("flush", interactive=False, verbosity=0)
    load(libraries=15, months=2, seed=5)
    assert figures() == first
