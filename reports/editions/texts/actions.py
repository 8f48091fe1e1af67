"""Write the words around the figures of a report (6.1 d)."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from fsul_portal.approvals.models import EDITED
from fsul_portal.grammar.text import clean
from fsul_portal.lives.actions import claim
from fsul_portal.records.actions import record
from fsul_portal.users import User
from fsul_portal.verdicts import Unready
from reports.documents.reading import Reading
from reports.documents.words.placeholders import unknown_in
from reports.documents.words.proposal import proposed
from reports.editions.actions import full_snapshot
from reports.editions.life.rules import may_write
from reports.editions.models import Edition
from reports.editions.rewriting import write_anew

LANGUAGES = ("zh-hans", "en")

Texts = Mapping[str, Mapping[str, str]]


class Unknown(NamedTuple):
    """What stands against a text, at its field of the form."""

    field: str
    sentence: str


def field_of(anchor: str, language: str) -> str:
    return f"{anchor}_{language.replace('-', '_')}"


@transaction.atomic
def write_texts(edition: Edition, *, by: User, texts: Texts, version: int | None = None) -> Edition:
    """Keep the texts of a report and have its documents written anew; what is proposed anyway is not kept (6.1 d).

    texts: {chapter: {language: text}}; a chapter or language that is left out stays as it is.
    """
    edition = claim(edition, may_write, by=by, version=version)
    given = {chapter: {language: _tidy(text) for language, text in of.items()} for chapter, of in texts.items()}
    kept = _own(edition, given)
    before, changed = {}, {}
    for chapter in sorted(set(kept) | set(edition.texts)):
        if kept.get(chapter) != edition.texts.get(chapter):
            before[chapter], changed[chapter] = edition.texts.get(chapter), kept.get(chapter)
    if not changed:
        return edition
    edition.texts, edition.version = kept, edition.version + 1
    edition.save(update_fields=["texts", "version"])
    record(edition, EDITED, by=by, before=before, after=changed)
    write_anew(edition, by=by)
    return edition


def _tidy(text: str) -> str:
    lines = [line.strip() for line in clean(text).splitlines()]
    return "\n".join(line for line in lines if line)


def _own(edition: Edition, given: Texts) -> dict[str, Any]:
    """Return the texts that are the office's own, or refuse those that call a figure by a name that nothing bears."""
    merged: dict[str, dict[str, str]] = {
        chapter: {**edition.texts.get(chapter, {}), **given.get(chapter, {})}
        for chapter in sorted({*edition.texts, *given})
    }
    unknown = []
    for language in LANGUAGES:
        with override(language):
            reading = Reading(full_snapshot(edition))
            found = [
                (field_of(chapter, language), unknown_in(of[language], reading))
                for chapter, of in given.items()
                if language in of
            ]
            for chapter, of in merged.items():
                if of.get(language) == proposed(reading, chapter):
                    of[language] = ""
        unknown += [Unknown(field, _sentence(names)) for field, names in found if names]
    if unknown:
        raise Unready(unknown)
    own = {chapter: {language: text for language, text in of.items() if text} for chapter, of in merged.items()}
    return {chapter: of for chapter, of in own.items() if of}


def _sentence(names: list[str]) -> str:
    words = {"names": _(", ").join(f"“{name}”" for name in names)}
    return _("Nothing in this report is called %(names)s; take a name from the list.") % words
