"""Gather what a record's page shows of its papers: what was issued, and what may be drafted."""

from collections.abc import Collection
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _

from fsul_portal.letters.english import english_of
from fsul_portal.letters.models import Document
from fsul_portal.letters.offers import ENGLISH, offers_for
from fsul_portal.letters.rules import may_draft, may_issue, may_stamp, may_withdraw
from fsul_portal.records.acts import in_words
from fsul_portal.records.models import Record
from fsul_portal.users import User
from fsul_portal.verdicts import Verdict

ACTS = {
    "drafted": ("neutral", "edit"),
    "issued": ("success", "send"),
    "stamped": ("success", "stamp"),
    "withdrawn": ("danger", "remove"),
    "downloaded": ("neutral", "download"),
    "attached": ("neutral", "file"),
    "file withdrawn": ("warning", "remove"),
}
ENTRIES_SHOWN = 50


def shelf_of(thing: Model, user: User) -> dict[str, Any]:
    """Return the papers of a record that this reader may read, and the drafts he may begin."""
    documents = list(Document.objects.of(thing).finished_or_of(user))
    return {"documents": documents, "drafts": _drafts(thing, user, {one.paper for one in documents if one.is_standing})}


def _drafts(thing: Model, user: User, standing: Collection[str]) -> list[dict[str, Any]]:
    """Return a button for each paper that its keeper may draft; why another one is not due, he reads too."""
    return [
        {
            "title": _("Draft: %(paper)s") % {"paper": offer.title},
            "url": reverse("document-draft", args=[offer.key, thing.pk]),
            "verdict": may_draft(user, offer, thing, standing),
        }
        for offer in offers_for(thing)
        if offer.key not in standing and offer.keeps(user, thing)
    ]


def steps_of(document: Document, user: User) -> dict[str, Verdict]:
    """Return the verdicts on what can be done with a paper; nothing is missed that another keeps."""
    if not document.offer.keeps(user, document.thing):
        return {}
    rules = {"issue": may_issue, "stamp": may_stamp, "withdraw": may_withdraw}
    offered = {
        Document.State.DRAFTED: ("issue", "withdraw"),
        Document.State.ISSUED: ("stamp", "withdraw"),
        Document.State.STAMPED: ("stamp", "withdraw"),
    }.get(Document.State(document.state), ())
    return {verb: rules[verb](user, document) for verb in offered}


def files_of(document: Document) -> list[dict[str, Any]]:
    """Return what of a paper can be had: PDF, DOCX, both in English, and the scan once it is there."""
    found = [_file(document, "pdf", _("PDF to print")), _file(document, "docx", _("DOCX to go on with"))]
    if english_of(document):
        note = _("Translation. The Chinese text is authoritative.")
        for form, name in (("pdf", _("PDF in English")), ("docx", _("DOCX in English"))):
            english = _file(document, form, name)
            found.append({**english, "url": f"{english['url']}?language={ENGLISH}", "note": note})
    scan = document.scan
    if scan:
        name = _("Scan of the sealed paper")
        found.append({"name": name, "url": scan.get_absolute_url(), "kind": scan.kind, "size": scan.size})
    return found


def _file(document: Document, form: str, name: str) -> dict[str, Any]:
    return {"name": name, "url": reverse(f"document-{form}", args=[document.pk]), "kind": form.upper()}


def course_of(document: Document) -> list[dict[str, Any]]:
    """Return the lines of the timeline, newest first."""
    return [_line(entry) for entry in Record.objects.of(document)[:ENTRIES_SHOWN]]


def _line(entry: Record) -> dict[str, Any]:
    tone, icon = ACTS[entry.verb]
    return {
        "who": entry.by,
        "at": entry.at,
        "did": in_words(entry.verb),
        "note": entry.note,
        "tone": tone,
        "icon": icon,
    }
