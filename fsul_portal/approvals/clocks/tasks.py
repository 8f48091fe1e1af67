"""Remind those whose turn it is, then the next person up; nothing is barred by being late."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from celery import shared_task
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fsul_portal.access.rules import people_holding, people_in_role
from fsul_portal.approvals.clocks.matters import with_matters
from fsul_portal.approvals.deputies import acting_in
from fsul_portal.approvals.kinds import KINDS
from fsul_portal.approvals.models import Turn
from fsul_portal.approvals.rounds import place_again
from fsul_portal.approvals.turns import TurnQuerySet, people_asked
from fsul_portal.calendar import add_working_days
from fsul_portal.notices.actions import tell
from fsul_portal.notices.kinds import kind as kind_of_notice
from fsul_portal.notices.models import Notice
from fsul_portal.notices.reminders import reminder
from fsul_portal.templatetags.figures import iso
from fsul_portal.users import User

CHAIR = "chair"
TURNS = kind_of_notice("turns", gettext_lazy("Answers that are due"))


@shared_task(name="approvals.place_again")
def place_turns_again() -> None:
    """Let the rights follow the libraries whose change of district begins today."""
    place_again()


@reminder("6.2.1 e")
def remind_of_turns(day: date) -> list[Notice]:
    """Remind the seat on the due day, and the next person up on each of the days that the settings name after it."""
    notices = []
    due = Turn.objects.open().filter(due_on__lte=day)
    by_person = defaultdict(list)
    for turn in due.filter(reminded_at__isnull=True).prefetch_related(*with_matters()):
        for person in people_asked(turn):
            by_person[person].append(turn)
        turn.reminded_at = timezone.now()
        turn.save(update_fields=["reminded_at"])
    for person, turns in by_person.items():
        notices += _tell(person, turns, "due", day)
    return [*notices, *_pass_on(due, day)]


def _pass_on(due: TurnQuerySet[Turn], day: date) -> list[Notice]:
    """Tell who stands above: the deputy, then the lead, then the chair, each some working days later."""
    by_person = defaultdict(list)
    for turn in due.filter(raised__lt=len(settings.TURN_PASSED_ON_AFTER)).prefetch_related(*with_matters()):
        steps = _steps_due(turn, day)
        people = [person for level in ladder(turn)[turn.raised : steps] for person in level]
        for person in dict.fromkeys(people):
            by_person[person].append(turn)
        if steps > turn.raised:
            turn.raised = steps
            turn.save(update_fields=["raised"])
    return [notice for person, turns in by_person.items() for notice in _tell(person, turns, "overdue", day)]


def _steps_due(turn: Turn, day: date) -> int:
    """Return how many steps up are due for a turn that should have been answered."""
    if turn.due_on is None:
        return 0
    return sum(add_working_days(turn.due_on, days).day <= day for days in settings.TURN_PASSED_ON_AFTER)


def ladder(turn: Turn) -> list[list[User]]:
    """Return the people above a turn's seat, step by step; a step without anybody is left out."""
    seated = people_holding(turn.permission, turn.placed_on)
    deputies = [row.deputy for row in acting_in(turn, seated).select_related("deputy")]
    steps = [deputies, list(_leads(turn)), list(people_in_role(CHAIR))]
    told, found = set(seated), []
    for step in steps:
        new = [person for person in dict.fromkeys(step) if person not in told or person in deputies]
        told |= set(new)
        if new:
            found.append(new)
    return found


def _leads(turn: Turn) -> Iterable[User]:
    kind = KINDS.get(turn.kind)
    if kind is None or turn.matter is None:
        return []
    seat = kind.seats[kind.lead]
    return people_holding(seat.permission, seat.of([turn.matter]).get(turn.object_id))


def _tell(person: User, turns: Sequence[Turn], what: str, day: date) -> list[Notice]:
    """Write one notice for all that is due for a person on that day."""
    keys = "-".join(str(turn.pk) for turn in turns)
    return tell(
        [person],
        key=f"{TURNS}:{what}:{day:%Y-%m-%d}:{keys}"[:200],
        subject=lambda: _subject(what, len(turns)),
        body=lambda: "\n".join(_line(turn) for turn in turns),
        link=turns[0].matter.get_absolute_url() if len(turns) == 1 else _list_of(turns),
    )


def _line(turn: Turn) -> str:
    return _("%(matter)s: %(stage)s, %(seat)s, due %(day)s") % {
        "matter": turn.matter,
        "stage": turn.title,
        "seat": turn.seat,
        "day": iso(turn.due_on),
    }


def _subject(what: str, number: int) -> str:
    if what == "due":
        sentence = ngettext("%(number)s answer of yours is due", "%(number)s answers of yours are due", number)
    else:
        sentence = ngettext("%(number)s answer is overdue", "%(number)s answers are overdue", number)
    return sentence % {"number": number}


def _list_of(turns: Sequence[Turn]) -> str:
    kind = KINDS.get(turns[0].kind)
    return kind.listed() if kind else ""
