"""Set a letter into blocks, each with its style and its finished words; the PDF and the DOCX draw nothing else.

The few words that the layout adds are those of the language in which the paper is set, whoever looks at it.
"""

import math
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from fsul_portal.grammar.words import reads_english
from fsul_portal.letters.content import Cell, Kind, Labelled, Letter, Paragraph, Table
from fsul_portal.letters.typeset.titles import broken, filled, width
from fsul_portal.templatetags.figures import day as in_words

# GB/T 9704-2012: 22 lines of 28 characters of 16 pt (三号) on 156 x 225 mm. At 16 pt wide they would need 158 mm.
MARGINS_MM = {"top": 37, "right": 26, "bottom": 35, "left": 28}
LINES_A_PAGE, CHARACTERS_A_LINE = 22, 28
CHARACTER, LINE = 15.75, 28.95

TITLE_CHARACTERS = 20  # of 22 pt
MARK_CHARACTERS = 16  # of 26 pt
SIGNER_CHARACTERS = 22
INDENT = 2  # 左空二字
SEALED_MARGIN, SIGNED_MARGIN = 4, 2  # 右空四字，不盖章的右空二字
IMPRINT_CHARACTERS, IMPRINT_CHARACTER = 29, 14  # with 左右各空一字
IMPRINT_LINE, IMPRINT_PADDING, IMPRINT_GAP = 24, 2, 20
GRID_GAP = 6  # points above and below a table

STYLES = (
    "mark",
    "mark-number",
    "title",
    "certificate-title",
    "number",
    "certificate-number",
    "form-number",
    "addressee",
    "body",
    "level-1",
    "level-2",
    "level-3",
    "level-4",
    "labelled",
    "roll",
    "attachment",
    "attachment-next",
    "signer",
    "signer-sealed",
    "signer-next",
    "day",
    "copies",
    "printed",
    "imprint-room",
)


@dataclass(frozen=True)
class Block:
    """One paragraph: `head` in the letters of its style, then its lines; indents count characters."""

    style: str
    lines: tuple[str, ...]
    head: str = ""
    right: float = 0
    left: float = 0
    hang: float = 0  # how far the first line begins before the others
    aside: str = ""  # at the end of the same line

    @property
    def text(self) -> str:
        return self.head + "".join(self.lines) + self.aside

    @property
    def right_points(self) -> float:
        return round(self.right * CHARACTER, 2)

    @property
    def hang_points(self) -> float:
        return round(self.hang * CHARACTER, 2)

    @property
    def left_points(self) -> float:
        return round(self.left * CHARACTER, 2)


@dataclass(frozen=True)
class Grid:
    """A table with its columns in per cent of the width."""

    columns: tuple[float, ...]
    rows: tuple[tuple[Cell, ...], ...]
    heads: int
    style: str = "grid"

    @property
    def head_rows(self) -> tuple[tuple[Cell, ...], ...]:
        return self.rows[: self.heads]

    @property
    def body_rows(self) -> tuple[tuple[Cell, ...], ...]:
        return self.rows[self.heads :]


@dataclass(frozen=True)
class Imprint:
    """版记: who gets copies and who printed them, at the foot of the last page; `room` is its height in points."""

    blocks: tuple[Block, ...]
    style: str = "imprint-room"

    @property
    def room(self) -> float:
        lines = sum(len(block.lines) for block in self.blocks)
        return IMPRINT_GAP + IMPRINT_LINE * lines + 2 * IMPRINT_PADDING * len(self.blocks)


Part = Block | Grid | Imprint


def foot(letter: Letter) -> str:
    """Return what stands at the foot of each page beside its number."""
    if not letter.check:
        return ""
    return _("Check code: %(code)s · to be checked at %(address)s") % vars(letter.check)


def running_head(*, is_draft: bool) -> str:
    """Return what stands at the head of each page of a draft, and of what is but a translation."""
    translation = _("Translation. The Chinese text is authoritative.") if reads_english() else ""
    return " · ".join(filter(None, [translation, _("Draft, not issued") if is_draft else ""]))


def blocks(letter: Letter) -> list[Part]:
    """Return all that stands on the paper, from top to bottom."""
    return [*_opening(letter), *_body(letter), *_attachments(letter), *_signature(letter), *_imprint(letter)]


def _opening(letter: Letter) -> list[Block]:
    title = broken(letter.title, TITLE_CHARACTERS)
    if letter.mark:
        found = [Block("mark", broken(letter.mark, MARK_CHARACTERS)), Block("mark-number", (letter.number,))]
        found.append(Block("title", title))
    elif letter.kind == Kind.FORM:
        found = [Block("title", title), *_line("form-number", before(pgettext("paper", "No.")), letter.number)]
    elif letter.kind == Kind.CERTIFICATE:
        found = [
            Block("certificate-title", title),
            *_line("certificate-number", before(pgettext("paper", "No.")), letter.number),
        ]
    else:
        found = [Block("title", title), *_line("number", "", letter.number)]
    addressee = letter.addressee.rstrip("：:")
    words = pgettext("paper", "To: %(addressee)s") % {"addressee": addressee}
    return [*found, *([Block("addressee", (words,))] if addressee else [])]


def before(label: str) -> str:
    """Return a label with the mark that stands between it and what it labels."""
    return f"{label}: " if reads_english() else f"{label}："


def _line(style: str, before: str, text: str) -> list[Block]:
    return [Block(style, (before + text,))] if text else []


def _body(letter: Letter) -> list[Block | Grid]:
    # Who was present stands a line below the text (空一行); what is labelled before it, such as the time, does not.
    return [
        _part(part, "roll" if before and not isinstance(before, Labelled) else "labelled")
        for before, part in zip((None, *letter.body), letter.body, strict=False)
    ]


def _part(part: Paragraph | Labelled | Table, label_style: str) -> Block | Grid:
    if isinstance(part, Table):
        whole = sum(part.widths)
        return Grid(tuple(round(100 * one / whole, 3) for one in part.widths), part.rows, part.heads)
    if isinstance(part, Labelled):
        # Letters are of many widths, so that in English nothing can hang right under what follows a label.
        hang = INDENT if reads_english() else width(part.label) + 1
        return Block(label_style, (part.text,), head=before(part.label), left=INDENT + hang, hang=hang)
    gap = " " if part.head and part.text and reads_english() else ""
    return Block(f"level-{part.level}" if part.level else "body", (part.text,), head=part.head + gap)


def _attachments(letter: Letter) -> list[Block]:
    """附件：1.…; the next ones stand under the first, a single one has no number."""
    names = [name.rstrip("。；") for name in letter.attachments]
    head = before(ngettext("Attachment", "Attachments", len(names)))
    if len(names) < 2:
        return [Block("attachment", (name,), head=head, left=INDENT + 3, hang=3) for name in names]
    numbered = "{}. {}" if reads_english() else "{}.{}"
    return [
        Block("attachment-next", (numbered.format(number, name),), left=INDENT + 4, hang=1)
        if number > 1
        else Block("attachment", (numbered.format(1, name),), head=head, left=INDENT + 4, hang=4)
        for number, name in enumerate(names, start=1)
    ]


def _signature(letter: Letter) -> list[Block]:
    if not letter.signers:
        return []
    day, first = _day(letter.day), "signer-sealed" if letter.is_sealed else "signer"
    names = [line for name in letter.signers for line in broken(name, SIGNER_CHARACTERS)]
    if reads_english():
        # Letters are of many widths: nothing can be centred on the day by counting them.
        rights, right = [float(SIGNED_MARGIN)] * len(names), float(SIGNED_MARGIN)
    else:
        rights, right = _sealed(names, day) if letter.is_sealed else _signed(names, day)
    signers = [
        Block("signer-next" if number else first, (name,), right=own)
        for number, (name, own) in enumerate(zip(names, rights, strict=True))
    ]
    return [*signers, Block("day", (day,), right=right)]


def _sealed(names: list[str], day: str) -> tuple[list[float], float]:
    """成文日期右空四字，署名以成文日期为准居中."""
    return [max(0.0, SEALED_MARGIN + (width(day) - width(name)) / 2) for name in names], SEALED_MARGIN


def _signed(names: list[str], day: str) -> tuple[list[float], float]:
    """署名右空二字，成文日期首字比署名首字右移二字；日期较长的，日期右空二字."""
    longest = max(map(width, names))
    right = max(float(SIGNED_MARGIN), longest - width(day))
    last = right + width(day) + INDENT - longest
    return [last + (longest - width(name)) / 2 for name in names], right


def _imprint(letter: Letter) -> list[Imprint]:
    found = []
    if letter.copies:
        head, end = before(pgettext("paper", "Copies to")), "." if reads_english() else "。"
        lines = filled(letter.copies.rstrip("。.") + end, IMPRINT_CHARACTERS - math.ceil(width(head)))
        found.append(Block("copies", lines, head=head))
    if letter.printed_by:
        printed = pgettext("paper", "Printed on %(day)s") % {"day": _day(letter.day)}
        lines = filled(letter.printed_by, IMPRINT_CHARACTERS - int(width(printed)) - INDENT)
        found.append(Block("printed", lines, aside=printed))
    return [Imprint(tuple(found))] if found else []


def _day(day: date | None) -> str:
    return in_words(day) if day else pgettext("day of a draft", "(date)")
