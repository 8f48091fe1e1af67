"""Print a letter as a tagged PDF, the same bytes for the same letter."""

import hashlib
import json
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import override

from fsul_portal.grammar.words import enumerated, reads_english
from fsul_portal.letters.content import Letter, Strange, as_json, controls, texts, tidied
from fsul_portal.letters.offers import LANGUAGE_OF_PAPERS
from fsul_portal.letters.typeset.layout import blocks, foot, running_head
from fsul_portal.printing.glyphs import mark_gaps, without_glyph
from fsul_portal.printing.press import print_document, require_printer


def print_letter(
    letter: Letter, *, made_at: datetime, is_draft: bool = False, language: str = LANGUAGE_OF_PAPERS
) -> bytes:
    """Return the PDF of a letter; `made_at` stands in it as the time of its making."""
    require_printer()
    with override(language):
        html = render_to_string("letters/print/letter.html", _context(letter, made_at, is_draft))
        return print_document(mark_gaps(html, without_glyph(html)), _identifier(letter))


def strange(letter: Letter) -> Strange:
    """Return what of its text the paper cannot show."""
    require_printer()
    return Strange(controls(letter), "".join(without_glyph("".join(texts(tidied(letter))))))


def _context(letter: Letter, made_at: datetime, is_draft: bool) -> dict[str, Any]:
    letter = tidied(letter)
    moment = made_at.isoformat(timespec="seconds")
    return {
        "letter": letter,
        "blocks": blocks(letter),
        "foot": foot(letter),
        "head": running_head(is_draft=is_draft),
        "author": enumerated(letter.signers) or letter.mark,
        "language": "en" if reads_english() else "zh-Hans",
        "made_at": moment,
        "is_draft": is_draft,
    }


def _identifier(letter: Letter) -> str:
    return hashlib.sha256(json.dumps(as_json(letter), sort_keys=True).encode()).hexdigest()
