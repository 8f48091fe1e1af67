"""Bring an edition into every situation."""

from django.core.files.base import ContentFile
from django.utils import timezone

from reports.editions.actions import freeze_edition
from reports.editions.excerpts.models import Excerpt
from reports.editions.life.actions import agree, consult, give_back, submit
from reports.editions.life.verbs import ACTS
from reports.editions.models import Edition

__all__ = ["ACTS"]

RIGHTS = {
    "consult": {"office"},
    "submit": {"office"},
    "agree": {"coordination-lead"},
    # No way of reports waits for a decision before the office says so.
    "enter-decision": set(),
    "give-back": {"coordination-lead"},
    "recall": {"office"},
    "publish": {"office"},
}


def things(cast):
    edition = freeze_edition("monthly", "2026-08")
    excerpt = Excerpt(edition=edition, place="440605", language="zh-hans")
    excerpt.pdf.save("excerpt.pdf", ContentFile(b"%PDF-"))
    return {"edition": edition.pk, "excerpt": excerpt.pk}


FILES = {"pdf": "a.pdf", "xlsx": "a.xlsx", "json": "a.json"}


def situations(cast):
    """Yield (situation, edition); the documents are named only, since nobody opens them here."""
    office, lead = cast["office"], cast["coordination-lead"]

    def edition(number, **facts):
        snapshot = {"missing": [], "districts": {}}
        facts = {"kind": "monthly", "period": "2026-08", "number": number, "digest": str(number)} | facts
        return Edition.objects.create(snapshot=snapshot, **facts)

    def submitted(period):
        return submit(edition(1, period=period, digest=period, **FILES), by=office)

    yield "provisional", edition(91, provisional=True, **FILES)
    yield "being written", edition(92)
    yield "ready", edition(93, **FILES)
    published = {"state": Edition.State.IN_FORCE, "published_at": timezone.now(), "published_by": office}
    yield "published", edition(94, **published, **FILES)
    yield "under review", submitted("2026-07")
    yield "returned", give_back(submitted("2026-06"), by=lead, note="x")
    approved = agree(submitted("2026-05"), by=lead)
    Edition.objects.filter(pk=approved.pk).update(**FILES)
    yield "approved", Edition.objects.get(pk=approved.pk)
    draft = edition(1, kind="annual", period="2025", digest="2025", **FILES)
    yield "annual draft", draft
    other = edition(1, kind="annual", period="2024", digest="2024", **FILES)
    yield "open to remarks", consult(other, by=office, until=timezone.localdate())
