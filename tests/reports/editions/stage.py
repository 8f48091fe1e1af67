"""Bring an edition into every situation."""

from django.utils import timezone

from reports.editions.actions import freeze_edition
from reports.editions.models import Edition
from reports.editions.verbs import ACTS

__all__ = ["ACTS"]

RIGHTS = {"publish": {"office"}}


def things(cast):
    return {"edition": freeze_edition("monthly", "2026-08").pk}


def situations(cast):
    """Yield (situation, edition); the documents are named only, since nobody opens them here."""

    def edition(number, **facts):
        snapshot = {"missing": [], "districts": {}}
        facts = {"kind": "monthly", "period": "2026-08", "number": number, "digest": str(number)} | facts
        return Edition.objects.create(snapshot=snapshot, **facts)

    files = {"pdf": "a.pdf", "xlsx": "a.xlsx", "json": "a.json"}
    yield "provisional", edition(91, provisional=True, **files)
    yield "being written", edition(92)
    yield "ready", edition(93, **files)
    yield "published", edition(94, published_at=timezone.now(), published_by=cast["office"], **files)
