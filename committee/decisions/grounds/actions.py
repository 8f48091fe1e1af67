"""Let what is decided rest on its decision: number and day come from there, and each page leads to the other."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Exists, F, OuterRef, Subquery
from django.utils.translation import gettext as _

from committee.decisions.grounds.rules import may_be_typed, may_rest_on
from committee.decisions.models import DECIDES, Decision
from fsul_portal.approvals.models import Turn
from fsul_portal.links.actions import link
from fsul_portal.links.models import Link
from fsul_portal.lives.actions import lock
from fsul_portal.lives.models import Fault
from fsul_portal.templatetags.figures import day as in_words
from fsul_portal.verdicts import Unready, Verdict


@dataclass(frozen=True)
class Ground:
    """What something rests on: number and day of a decision of the register, or such as were typed."""

    number: str
    day: date
    decision: Decision | None = None
    is_typed: bool = False

    def __str__(self) -> str:
        return f"{self.number} · {in_words(self.day)}"


def grounded(decision: Decision | None, number: str = "", day: date | None = None) -> Ground:
    """Return what something is to rest on, or refuse with what speaks against it; the caller holds the thing.

    A decision of the register must be in force; it is held, so that nobody repeals it meanwhile. Number and day are
    typed for what was decided before the register began; a number that stands in the register is that decision.
    """
    number = number.strip()
    found: Any = decision or Decision.objects.filter(number__iexact=number).first()
    if found:
        found = lock(found)
        _require(may_rest_on(found), "decision" if decision else "number")
        return Ground(found.number, found.decided_on, found)
    if not number:
        raise Unready([Fault("decision", _("Choose the decision."))])
    if day is None:
        told = _("The register has no decision of this number; if it is from before the register, give its day too.")
        raise Unready([Fault("day", told)])
    _require(may_be_typed(day), "day")
    return Ground(number, day, is_typed=True)


def rest(thing: models.Model, ground: Ground) -> None:
    """Link a thing with the decision that it rests on; nobody takes this link away."""
    if ground.decision:
        link(ground.decision, thing, DECIDES, by=None)


def deciding_on(thing: models.Model) -> list[Decision]:
    """Return the committee's decisions about a thing that were not struck, the newest first."""
    about = Decision.objects.of_committee().filter(pk__in=_about(thing)).exclude(state=Decision.State.STRUCK)
    return list(about.order_by("-decided_on", "-pk"))


def with_ground(rows: Any) -> Any:
    """Fetch along with documents or projects what `ground_of` says of each."""
    number: Any
    day: Any
    if hasattr(rows.model, "turns"):
        kind = ContentType.objects.get_for_model(rows.model)
        turns = Turn.objects.filter(content_type=kind, object_id=OuterRef("pk"), round=OuterRef("round"))
        turns = turns.exclude(decision_number="").order_by("-given_at")
        number, day = (Subquery(turns.values(name)[:1]) for name in ("decision_number", "decided_on"))
    else:
        number, day = F("decision"), F("decided_on")
    known = Exists(Decision.objects.filter(number=OuterRef("ground_number")))
    return rows.annotate(ground_number=number, ground_day=day).annotate(ground_is_known=known)


def ground_of(thing: Any) -> Ground | None:
    """Return what a document, a project or a report rests on, as its page says it."""
    if not hasattr(thing, "ground_number"):
        thing = with_ground(type(thing)._default_manager.filter(pk=thing.pk)).only("pk").get()
    if not thing.ground_number:
        return None
    return Ground(thing.ground_number, thing.ground_day, is_typed=not thing.ground_is_known)


def _about(thing: models.Model) -> Any:
    return Link.objects.leading_to(thing, DECIDES, of=Decision)


def _require(verdict: Verdict, field: str) -> None:
    """Show what speaks against a decision at its field; whoever has no right was refused before."""
    if not verdict:
        raise Unready([Fault(field, verdict.sentence)])
