"""Write down as proposals what the rooms find that a meeting should talk about (6.2.1 b)."""

from collections.abc import Collection
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from committee.agendas.models import TALKED_OF
from committee.bodies.models import Body
from committee.proposals.about import talked_of
from committee.proposals.models import Proposal
from fsul_portal.grammar.things import kind_of
from fsul_portal.links.actions import link
from fsul_portal.lives.actions import step
from fsul_portal.records.actions import record
from fsul_portal.rooms import offered

LONGEST = 200


@dataclass(frozen=True)
class Suggestion:
    """What a room proposes, of one of its records or of none.

    body: who should talk about it; the committee, where none is named. turn: tells a second occasion of the same record
    from the first. Without a record `key` says what it is, and
    `address` where it is looked at.
    """

    thing: models.Model | None
    title: str
    reason: str
    clause: str = ""
    turn: str = ""
    key: str = ""
    address: str = ""
    body: Body | None = None

    @property
    def record(self) -> tuple[int, int] | None:
        """Return the kind and the key of its record, where it is about one."""
        return (ContentType.objects.get_for_model(self.thing).pk, self.thing.pk) if self.thing else None

    @property
    def source(self) -> str:
        return f"{kind_of(self.thing)}:{self.thing.pk}:{self.turn}" if self.thing else f"{self.key}:{self.turn}"


@transaction.atomic
def gather() -> list[Proposal]:
    """Write down what is new of all rooms; what is there already, taken or left, is not proposed again.

    What waits and is found no longer has been mended meanwhile, and is withdrawn.
    """
    with translation.override("zh-hans"):
        found = {one.source: one for one in offered("agenda", timezone.localdate())}
    _withdraw_mended(found)
    known = set(Proposal.objects.filter(source__in=found).values_list("source", flat=True))
    talked = talked_of()
    return [_written(one) for source, one in found.items() if source not in known and one.record not in talked]


def _withdraw_mended(found: Collection[str]) -> None:
    waiting = Proposal.objects.waiting().filter(source__isnull=False).exclude(source__in=found)
    for proposal in waiting.select_for_update(of=("self",)):
        step(proposal, "proposal withdrawn", to=Proposal.State.WITHDRAWN, by=None, note=_("Mended meanwhile."))


def _written(suggestion: Suggestion) -> Proposal:
    proposal, fresh = Proposal.objects.get_or_create(
        source=suggestion.source,
        defaults={
            "title": suggestion.title[:LONGEST],
            "reason": suggestion.reason,
            "clause": suggestion.clause,
            "link": suggestion.address or _address(suggestion.thing),
            "body": suggestion.body or Body.objects.committee(),
        },
    )
    if fresh:
        record(proposal, "proposed", by=None)
        if suggestion.thing:
            link(proposal, suggestion.thing, TALKED_OF, by=None)
    return proposal


def _address(thing: models.Model | None) -> str:
    find = getattr(thing, "get_absolute_url", None)
    return find() if find else ""
