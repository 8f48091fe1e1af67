"""Keep what all duties have in common: begun once, kept by somebody, of a version, in a state with its moves."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.apps import apps
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fsul_portal.access.rules import people_holding, people_holding_anywhere
from fsul_portal.approvals.kinds import Seat
from fsul_portal.grammar.moves import Moving
from fsul_portal.grammar.pairs import together, who


@dataclass(frozen=True)
class Fault:
    """One sentence against what was typed, about one field or ("") the whole."""

    field: str
    sentence: str


def heirs(grammar: type[models.Model]) -> list[type[Any]]:
    """Return the duties that are built on a grammar."""
    return [model for model in apps.get_models() if issubclass(model, grammar)]


def new_token() -> str:
    return uuid.uuid4().hex


class Seated:
    """A thing whose rules ask for seats; the grammar says which it needs, the duty which permission and where."""

    # What each heir brings.
    pk: Any
    get_absolute_url: Callable[[], str]

    NEEDS: ClassVar[tuple[str, ...]] = ()
    SEATS: ClassVar[Mapping[str, Seat]] = {}

    def place_of(self, key: str) -> Any:
        """Return the place on which a seat is held for this thing; None is the whole portal."""
        return self.SEATS[key].of([self]).get(self.pk)

    def people_in(self, key: str) -> Any:
        seat = self.SEATS[key]
        if seat.is_anywhere:
            return people_holding_anywhere(seat.permission)
        return people_holding(seat.permission, self.place_of(key))

    def faults(self) -> list[Fault]:
        """Return what speaks against the facts as they are."""
        return []


class Begun(models.Model):
    """What a form has made, once."""

    form_token = models.CharField(max_length=40, editable=False, default=new_token)

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["started_by", "form_token"], name="%(app_label)s_%(class)s_once_per_form")
        ]


class Life(Seated, Begun, Moving):
    """A thing with a state; a grammar gives it `State` and `MOVES`."""

    version = models.PositiveIntegerField(_("version"), default=0)
    started_at = models.DateTimeField(_("started at"), default=timezone.now)
    started_by = who(verbose_name=_("started by"))

    class Meta:
        abstract = True
        constraints = [*Begun.Meta.constraints, together("started")]
