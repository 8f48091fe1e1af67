"""Find the English copy of a paper: frozen with it when it was issued, else written while the record says the same."""

from dataclasses import replace

from fsul_portal.letters.content import Letter, as_json, from_json
from fsul_portal.letters.models import Document
from fsul_portal.letters.offers import ENGLISH


def english_of(document: Document) -> Letter | None:
    """Return the paper in English, or None where nobody can say any more what its English would have been."""
    if document.content_en:
        return from_json(document.content_en)
    # A draft, or a paper of an earlier release: as long as its record gives the same Chinese, its English is known.
    kept = from_json(document.content)
    if as_json(_like(kept, document.offer.letter(document.thing))) != document.content:
        return None
    return _like(kept, document.offer.letter(document.thing, ENGLISH))


def _like(kept: Letter, letter: Letter) -> Letter:
    """Return the letter with the day and the code under which another one was issued."""
    return replace(letter, day=letter.day or kept.day, check=kept.check)
