"""Say what stands on a paper that goes out: text in its parts, without a word of how it looks."""

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields, is_dataclass, replace
from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from fsul_portal.grammar.text import UNWANTED, clean
from fsul_portal.grammar.words import reads_english

# What `as_json` writes says by which shape, so that papers of today can be read when the shape has changed.
SHAPE = 1
BLANKS = re.compile("[\t\r\x0b\x0c\x85\u2028\u2029 ]+")
LONGEST_HEAD = 60

# 一、（一）1.（1）: the levels of GB/T 9704, as people type them.
LEVELS = (
    (1, re.compile("[一二三四五六七八九十百]+、")),
    (2, re.compile("[（(][一二三四五六七八九十百]+[）)]")),
    (3, re.compile(r"\d{1,2}[.．、](?!\d)")),
    (4, re.compile(r"[（(]\d{1,2}[）)]")),
)
NUMERALS = "一二三四五六七八九十"


class Kind(models.TextChoices):
    LETTER = "letter", _("letter")
    NOTICE = "notice", _("notice on paper")
    MINUTES = "minutes", _("minutes")
    RECEIPT = "receipt", _("receipt")
    CERTIFICATE = "certificate", _("certificate")
    FORM = "form", _("form")


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `head` stands before the text in the letters of its level (0 is plain text)."""

    text: str = ""
    level: int = 0
    head: str = ""


@dataclass(frozen=True)
class Labelled:
    """A label and what hangs beside it, such as who was present."""

    label: str
    text: str


@dataclass(frozen=True)
class Cell:
    """A cell; `foot` is signed at its lower right, and makes room for it."""

    text: str = ""
    span: int = 1
    is_label: bool = False
    foot: str = ""


@dataclass(frozen=True)
class Table:
    """Rows of cells; widths are shares, `heads` rows are repeated on each page."""

    widths: tuple[int, ...]
    rows: tuple[tuple[Cell, ...], ...]
    heads: int = 0


Part = Paragraph | Labelled | Table


@dataclass(frozen=True)
class Check:
    """Where anybody can ask whether this paper was issued."""

    code: str
    address: str


@dataclass(frozen=True)
class Letter:
    """A paper that goes out; `mark` is the name printed large and red at its head, if it has one."""

    kind: str
    title: str
    body: tuple[Part, ...] = ()
    mark: str = ""
    number: str = ""
    addressee: str = ""
    attachments: tuple[str, ...] = ()
    signers: tuple[str, ...] = ()
    day: date | None = None
    copies: str = ""
    printed_by: str = ""
    is_sealed: bool = False
    check: Check | None = None


@dataclass(frozen=True)
class Strange:
    """What a paper cannot show as it was typed: how many control characters, and which have no glyph."""

    controls: int
    without_glyph: str = ""

    def __bool__(self) -> bool:
        return bool(self.controls or self.without_glyph)


PARTS: Mapping[str, type[Part]] = {"paragraph": Paragraph, "labelled": Labelled, "table": Table}


def section(ordinal: int, head: str, text: str = "") -> Paragraph:
    """Return the paragraph 一、…, 二、… with its heading; in English 1. …, 2. …"""
    if reads_english():
        return Paragraph(text, 1, f"{ordinal}. {head}")
    return Paragraph(text, 1, f"{NUMERALS[ordinal - 1]}、{head}")


def item(ordinal: int, text: str) -> Paragraph:
    """Return the paragraph 1.…, 2.…; in English (1) …, (2) …, since its sections have the other signs."""
    return Paragraph(f"({ordinal}) {text}" if reads_english() else f"{ordinal}.{text}", 3)


def typed(text: str) -> tuple[Paragraph, ...]:
    """Return what somebody typed as paragraphs, a line each, by the levels that it shows."""
    return tuple(_typed_line(line) for line in (tidy(line) for line in text.splitlines()) if line)


def _typed_line(line: str) -> Paragraph:
    level = next((level for level, pattern in LEVELS if pattern.match(line)), 0)
    if level not in (1, 2):
        return Paragraph(line, level)
    head, stop, text = line.partition("。")
    if len(head) > LONGEST_HEAD:
        return Paragraph(line, level)
    # 一、标题。正文……: the full stop ends the heading; without text behind it the line is a heading as it stands.
    return Paragraph(text, level, head + stop)


def tidy(text: str) -> str:
    """Return text as one line that any paper can hold; whoever indents by hand is not indented twice."""
    return BLANKS.sub(" ", clean(text).replace("\n", " ")).strip(" \u3000")


def tidied(letter: Letter) -> Letter:
    """Return the letter with all its text tidy; lines of cells stay lines."""
    found: Letter = _mapped(letter, lambda text: "\n".join(tidy(line) for line in text.split("\n")))
    return found


def controls(letter: Letter) -> int:
    """Count the characters which `tidied` drops."""
    return sum(len(UNWANTED.findall(text)) for text in texts(letter))


def length(letter: Letter) -> int:
    """Count the characters of all that stands on it."""
    return sum(len(text) for text in texts(letter))


def as_json(letter: Letter) -> dict[str, Any]:
    """Return the tidy letter as plain data, so that it can be made again."""
    letter = tidied(letter)
    names = {part: name for name, part in PARTS.items()}
    plain = asdict(letter)
    plain["body"] = [{"part": names[type(part)], **asdict(part)} for part in letter.body]
    plain["day"] = letter.day.isoformat() if letter.day else None
    return {"shape": SHAPE, **_lists(plain)}


def from_json(plain: Mapping[str, Any]) -> Letter:
    """Return the letter that `as_json` wrote."""
    known: dict[str, Any] = {name: value for name, value in plain.items() if name != "shape"}
    known["body"] = tuple(_part(one) for one in plain["body"])
    known["day"] = date.fromisoformat(plain["day"]) if plain["day"] else None
    known["check"] = Check(**plain["check"]) if plain["check"] else None
    for name in ("attachments", "signers"):
        known[name] = tuple(known[name])
    return Letter(**known)


def _part(plain: Mapping[str, Any]) -> Part:
    facts = {name: value for name, value in plain.items() if name != "part"}
    if PARTS[plain["part"]] is Table:
        facts["widths"] = tuple(facts["widths"])
        facts["rows"] = tuple(tuple(Cell(**cell) for cell in row) for row in facts["rows"])
    return PARTS[plain["part"]](**facts)


def _lists(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _lists(one) for name, one in value.items()}
    return [_lists(one) for one in value] if isinstance(value, list | tuple) else value


def _mapped(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, tuple):
        return tuple(_mapped(one, change) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{one.name: _mapped(getattr(value, one.name), change) for one in fields(value)})
    return value


def texts(letter: Letter) -> list[str]:
    """Return all that stands on a letter, a text for each of its fields."""
    found: list[str] = []

    def keep(text: str) -> str:
        found.append(text)
        return text

    _mapped(letter, keep)
    return found
