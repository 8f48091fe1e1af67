"""Find what the portal knows of people on a roster that the roster does not say (7.2)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import F, Q, Value
from django.utils import timezone

from fsul_portal.calendar import add_working_days
from fsul_portal.lives.models import heirs
from fsul_portal.records.models import Record
from fsul_portal.users import User
from members.bodies.models import Tenure


@dataclass(frozen=True)
class Unsaid:
    """A change that is known since a day and not in the roster: an account closed, a move to another library."""

    tenure: Any
    known_on: date
    is_gone: bool

    @property
    def due_on(self) -> date:
        return add_working_days(self.known_on, settings.ROSTER_DUE_DAYS).day


def unsaid() -> Iterator[Unsaid]:
    """Give the changes of people who sit; one query where there are none."""
    changed = Q(person__is_active=False) | ~Q(person__library=F("unit")) | Q(person__library__isnull=True)
    models = {str(number): model for number, model in enumerate(heirs(Tenure))}
    kinds = [
        model.objects.seated().filter(changed).order_by().values_list(Value(number), "pk")
        for number, model in models.items()
    ]
    if not kinds:
        return
    for number, pk in sorted(kinds[0].union(*kinds[1:], all=True)):
        for tenure in models[number].objects.filter(pk=pk).select_related("person"):
            if not tenure.person.is_active:
                yield Unsaid(tenure, _known(tenure.person, "account deactivated"), True)
            else:
                yield Unsaid(tenure, _known(tenure.person, "account changed"), False)


def _known(person: User, verb: str) -> date:
    """Return the day of the last record of this kind; what has none is known since today."""
    last = Record.objects.of(person).filter(verb=verb).order_by("-at").first()
    return timezone.localdate(last.at) if last else timezone.localdate()
