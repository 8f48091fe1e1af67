"""Bring working groups into every situation."""

from django.utils import timezone

from workgroups.groups import actions
from workgroups.groups.models import Group
from workgroups.groups.verbs import GROUP_ACTS as ACTS

__all__ = ["ACTS"]

KEEPERS = {"office", "chair"}
RIGHTS = {"charge": KEEPERS, "rename": KEEPERS, "close": KEEPERS}


def things(cast):
    return {"group": Group.objects.get(key="technical").pk}


def situations(cast):
    """Yield (situation, group) for each situation of a group."""
    office = cast["office"]
    yield "at work", Group.objects.get(key="technical")
    fresh = actions.found(name="阅读推广小组", by=office)
    yield "founded, charged with nothing", fresh
    closed = actions.found(name="临时小组", by=office)
    yield "closed", actions.close(closed, by=office, closed_on=timezone.localdate(), note="任务完成")
