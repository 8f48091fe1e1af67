"""Gather the tasks of decisions, and say who is responsible for each (6.2.1 b)."""

from collections.abc import Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.translation import gettext as _

from committee.decisions.models import Decision
from fsul_portal.assignments.models import Assignment
from members.divisions.models import Division


def follow_up(decisions: Sequence[Decision]) -> list[Assignment]:
    """Return the tasks of decisions, in the order of their days."""
    kind = ContentType.objects.get_for_model(Decision)
    keys = [decision.pk for decision in decisions]
    tasks = Assignment.objects.filter(content_type=kind, object_id__in=keys)
    return list(tasks.select_related("person", "checker").prefetch_related("place").order_by("due_on", "pk"))


def responsible_of(task: Assignment) -> str:
    """Return who has to do a task: a person, or a district library."""
    if task.person is None and task.place is not None:
        return _("district library of %(district)s") % {"district": task.place}
    return str(task.person or "")


def of_district(word: str) -> Q:
    """Meet the district library that has to do a task, as the list names it."""
    named = {one.pk: _("district library of %(district)s") % {"district": one} for one in _districts()}
    found = [key for key, words in named.items() if word.lower() in words.lower()]
    return Q(place_type=ContentType.objects.get_for_model(Division), place_id__in=found)


def _districts() -> Any:
    return Division.objects.filter(level=Division.Level.DISTRICT)
