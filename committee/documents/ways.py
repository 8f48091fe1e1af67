"""Lay the way of the committee's documents: a meeting decides, the chair enters its decision (6.1 a, 6.1 b)."""

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from committee.documents.models import CHAIR, OFFICE
from fsul_portal.approvals.kinds import MatterKind
from fsul_portal.approvals.stages import Stage
from fsul_portal.grammar.words import Words

DECISION = Stage(
    key="meeting",
    step=1,
    title=_("Decision of a meeting"),
    verb=_("Enter the decision"),
    permission=CHAIR.permission,
    place="chair",
    seat=CHAIR.title,
    days=20,
    by_decision=True,
)


def decided_by_a_meeting(key: str, title: Words, model: str, waiting: Words, listed: Callable[[], str]) -> MatterKind:
    """Return the kind of a document on which a meeting of the committee decides."""
    return MatterKind(
        key=key,
        title=title,
        model=model,
        waiting=waiting,
        listed=listed,
        seats={"chair": CHAIR, "office": OFFICE},
        default=(DECISION,),
        lead="office",
    )
