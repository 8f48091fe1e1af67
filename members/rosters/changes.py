"""Find what the portal knows of people on a roster that the roster does not say (7.2)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
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
    """Give the changes of people who sit, oldest first; a query for each kind of body and one for their records."""
    for model in heirs(Tenure):
        for tenure in model.objects.seated().select_related("person").order_by("pk"):
            if not tenure.person.is_active:
                yield Unsaid(tenure, _known(tenure.person, "account deactivated"), True)
            elif tenure.person.library_id != tenure.unit_id:
                yield Unsaid(tenure, _known(tenure.person, "account changed"), False)


def _known(person: User, verb: str) -> date:
    """Return the day of the last record of this kind; what has none is known since today."""
    last = Record.objects.of(person).filter(verb=verb).order_by("-at").first()
    return timezone.localdate(last.at) if last else timezone.localdate()
