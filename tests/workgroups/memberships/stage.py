"""Bring memberships of working groups into every situation."""

from django.utils import timezone

from members.bodies import actions as bodies
from tests.guests import guest
from workgroups.groups import actions
from workgroups.groups.models import Group
from workgroups.groups.verbs import MEMBERSHIP_ACTS as ACTS

__all__ = ["ACTS"]

KEEPERS = {"office", "chair"}
RIGHTS = {
    "approve": KEEPERS,
    "take": KEEPERS,
    "leave": KEEPERS,
    "drop": KEEPERS,
    "share": {*KEEPERS, "technical-lead"},
}


def put_forward(cast, name="sixth"):
    group = Group.objects.get(key="technical")
    return actions.put_forward(group=group, person=guest(name), post="member", by=cast["technical-lead"])


def seated(cast, name):
    office = cast["office"]
    agreed = bodies.approve(put_forward(cast, name), by=office)
    return bodies.seat(agreed, by=office, since=timezone.localdate())


def things(cast):
    return {"membership": put_forward(cast).pk}


def situations(cast):
    """Yield (situation, membership) for each situation of a membership."""
    office = cast["office"]
    yield "put forward", put_forward(cast)
    yield "agreed", bodies.approve(put_forward(cast, "seventh"), by=office)
    yield "in the group", seated(cast, "eighth")
    yield "left", bodies.let_go(seated(cast, "ninth"), by=office, until=timezone.localdate(), note="调离")
    yield "dropped", bodies.drop(put_forward(cast, "tenth"), by=office, note="另行推荐")
