"""Draft a paper, issue it under a code, keep its scan, take it back."""

import hashlib
from dataclasses import replace
from datetime import date, datetime
from typing import TypedDict

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from fsul_portal.files.actions import attach
from fsul_portal.files.contents import FileRefused, Upload, fit_name, kind_of_content
from fsul_portal.letters.codes import new_code
from fsul_portal.letters.content import Check, Letter, Strange, as_json, from_json
from fsul_portal.letters.english import english_of
from fsul_portal.letters.models import Document, words_of_paper
from fsul_portal.letters.offers import ENGLISH, LANGUAGE_OF_PAPERS, Offer
from fsul_portal.letters.rules import may_draft, may_issue, may_stamp, may_withdraw
from fsul_portal.printing.press import DocumentUnavailable
from fsul_portal.records.actions import record
from fsul_portal.users import User
from fsul_portal.verdicts import require

SCANS = ("PDF", "JPEG", "PNG")


class Circumstances(TypedDict):
    """What a writer is told beside the letter."""

    made_at: datetime
    is_draft: bool


@transaction.atomic
def draft(offer: Offer, thing: Model, *, by: User) -> Document:
    """Write a paper for a record, or write its draft anew; nothing goes out yet."""
    # Two who press at once meet here and get the same draft.
    thing = type(thing)._default_manager.select_for_update().get(pk=thing.pk)
    require(may_draft(by, offer, thing))
    letter = offer.letter(thing)
    facts = {
        "kind": letter.kind,
        "number": letter.number[:100],
        "title": letter.title[:300],
        "content": as_json(letter),
        "drafted_at": timezone.now(),
        "drafted_by": by,
    }
    drafts = Document.objects.of(thing).filter(paper=offer.key, state=Document.State.DRAFTED)
    if drafts.update(**facts, search_words=words_of_paper(letter.title, letter.number)):
        document = drafts.get()
    else:
        document = Document.objects.create(paper=offer.key, thing=thing, **facts)
    record(document, "drafted", by=by)
    return document


@transaction.atomic
def issue(document: Document, *, by: User) -> Document:
    """Give a draft its day and its code, keep the PDF as it goes out, and freeze its English beside it."""
    document = _lock(document)
    require(may_issue(by, document))
    # The PDF tells its time in whole seconds: made again, it has to tell the same.
    now, code = timezone.now().replace(microsecond=0), new_code()
    day, english = timezone.localdate(now), document.offer.letter(document.thing, ENGLISH)
    document.content, document.code = as_json(_dated(from_json(document.content), day, code)), code
    document.content_en = as_json(_dated(english, day, code))
    document.become(Document.State.ISSUED)
    document.issued_at, document.issued_by = now, by
    content = print_paper(document)
    document.digest = hashlib.sha256(content).hexdigest()
    document.pdf.save("paper.pdf", ContentFile(content), save=False)
    document.save(
        update_fields=[
            *("content", "content_en", "code", "issued_at", "issued_by", "state", "digest", "pdf", "search_words")
        ]
    )
    record(document, "issued", by=by, after={"code": code, "digest": document.digest})
    return document


@transaction.atomic
def attach_scan(document: Document, scan: Upload, *, by: User) -> Document:
    """Keep the scan of what was printed and sealed with its paper, or raise FileRefused; a better one replaces it."""
    document = _lock(document)
    require(may_stamp(by, document))
    if kind_of_content(scan, fit_name(scan.name or "")).name not in SCANS:
        raise FileRefused(_("A scan is a PDF, a JPEG or a PNG."))
    attach(document, scan, by=by, replaces=document.scan)
    document.become(Document.State.STAMPED)
    document.stamped_at, document.stamped_by = timezone.now(), by
    document.save(update_fields=["stamped_at", "stamped_by", "state"])
    record(document, "stamped", by=by)
    return document


@transaction.atomic
def withdraw(document: Document, *, by: User, reason: str) -> Document:
    """Take a paper back; what went out is kept, and its code says that it no longer stands."""
    document = _lock(document)
    require(may_withdraw(by, document))
    document.become(Document.State.WITHDRAWN)
    document.withdrawn_at, document.withdrawn_by, document.reason = timezone.now(), by, reason
    document.save(update_fields=["withdrawn_at", "withdrawn_by", "reason", "state"])
    record(document, "withdrawn", by=by, note=reason)
    return document


def print_paper(document: Document, language: str = LANGUAGE_OF_PAPERS) -> bytes:
    """Return the paper as a PDF made of what is kept of it; raise DocumentUnavailable where that is not possible."""
    # WeasyPrint is heavy and needs system libraries; only whoever prints pays for it.
    from fsul_portal.letters.typeset.pdf import print_letter

    return print_letter(_in(language, document), **_circumstances(document), language=language)


def restore_paper(document: Document) -> bytes:
    """Return the PDF of an issued paper whose file is gone, and keep it again where it is the very same one.

    What another release prints says the same in other bytes: that is handed out, but is not what was issued.
    """
    content = print_paper(document)
    if hashlib.sha256(content).hexdigest() == document.digest:
        document.pdf.storage.save(str(document.pdf.name), ContentFile(content))
    return content


def strange_on(document: Document) -> Strange:
    """Return what of its text the paper cannot show, without printing it."""
    from fsul_portal.letters.typeset.pdf import strange

    return strange(from_json(document.content))


def write_paper(document: Document, language: str = LANGUAGE_OF_PAPERS) -> bytes:
    """Return the paper as DOCX, made of what is kept of it; raise DocumentUnavailable where that is not possible."""
    from fsul_portal.letters.typeset.word import write_letter

    return write_letter(_in(language, document), **_circumstances(document), language=language)


def _in(language: str, document: Document) -> Letter:
    if language == LANGUAGE_OF_PAPERS:
        return from_json(document.content)
    english = english_of(document)
    if english is None:
        raise DocumentUnavailable(
            _("There is no English copy: the record no longer says what it said when this paper was written.")
        )
    return english


def _circumstances(document: Document) -> Circumstances:
    return {"made_at": timezone.localtime(document.made_at), "is_draft": document.is_draft}


def _dated(letter: Letter, day: date, code: str) -> Letter:
    return replace(letter, day=letter.day or day, check=Check(code, settings.SITE_URL + reverse("check")))


def _lock(document: Document) -> Document:
    return Document.objects.select_for_update().get(pk=document.pk)
