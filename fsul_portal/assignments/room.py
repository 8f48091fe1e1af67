"""The card of tasks that people give one another."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fsul_portal.assignments.models import Assignment
from fsul_portal.rooms import Card, Due, Entry
from fsul_portal.users import User

# A calendar shows so many tasks of one person; whoever has more reads them in their list.
SHOWN = 200


def tasks_due(user: User, first: date, last: date) -> Iterator[Due]:
    """Give the tasks that wait for the person, and those that he gave to others."""
    open_ones = Assignment.objects.filter(due_on__range=(first, last), state=Assignment.State.OPEN)
    own = Exists(Assignment.objects.open_to(user).filter(pk=OuterRef("pk")))
    tasks: Any = open_ones.annotate(own=own).filter(Q(own=True) | Q(assigned_by=user))
    for task in tasks[:SHOWN]:
        yield Due(f"task-{task.pk}", task.due_on, _("Task"), task.title, task.get_absolute_url(), task.own)


CARD = Card(
    dues=tasks_due,
    menu=(Entry(_("Overview"), _("My tasks"), "task-list", "check", 15, key="t"),),
    acts={
        "assigned": pgettext_lazy("act", "gave a task"),
        "task checked": pgettext_lazy("act", "checked the task"),
        "task done": pgettext_lazy("act", "did the task"),
        "task open": pgettext_lazy("act", "sent the task back"),
        "task withdrawn": pgettext_lazy("act", "took the task back"),
    },
)
