"""Set a letter into blocks, each with its style and its finished words; the PDF and the DOCX draw nothing else.

Papers are written in Chinese whoever looks at them, so the few words that the layout adds are not translated.
"""

from dataclasses import dataclass

from fsul_portal.letters.content import Cell, Kind, Labelled, Letter, Paragraph, Table
from fsul_portal.letters.typeset.titles import broken, width

# GB/T 9704-2012: 22 lines of 28 characters of 16 pt (三号) on 156 x 225 mm. At 16 pt wide they would need 158 mm.
MARGINS_MM = {"top": 37, "right": 26, "bottom": 35, "left": 28}
LINES_A_PAGE, CHARACTERS_A_LINE = 22, 28
CHARACTER, LINE = 15.75, 28.95

TITLE_CHARACTERS = 20  # of 22 pt
MARK_CHARACTERS = 16  # of 26 pt
INDENT = 2  # 左空二字
SIGNATURE_MARGIN = 4  # 右空四字
ATTACHED = "附件："
UNDATED = "\u3000\u3000年\u3000月\u3000日"

STYLES = (
    "mark",
    "mark-number",
    "title",
    "certificate-title",
    "number",
    "form-number",
    "addressee",
    "body",
    "level-1",
    "level-2",
    "level-3",
    "level-4",
    "labelled",
    "attachment",
    "attachment-next",
    "signer",
    "signer-sealed",
    "signer-next",
    "day",
    "copies",
    "printed",
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
    def text(self):
        return self.head + "".join(self.lines) + self.aside

    @property
    def right_points(self):
        return round(self.right * CHARACTER, 2)

    @property
    def hang_points(self):
        return round(self.hang * CHARACTER, 2)

    @property
    def left_points(self):
        return round(self.left * CHARACTER, 2)


@dataclass(frozen=True)
class Grid:
    """A table with its columns in per cent of the width."""

    columns: tuple[float, ...]
    rows: tuple[tuple[Cell, ...], ...]
    heads: int
    style: str = "grid"

    @property
    def head_rows(self):
        return self.rows[: self.heads]

    @property
    def body_rows(self):
        return self.rows[self.heads :]


def foot(letter: Letter) -> str:
    """Return what stands at the foot of each page beside its number."""
    return f"核验码：{letter.check.code}\u3000核验网址：{letter.check.address}" if letter.check else ""


def blocks(letter: Letter) -> list[Block | Grid]:
    """Return all that stands on the paper, from top to bottom."""
    return [*_opening(letter), *map(_part, letter.body), *_attachments(letter), *_signature(letter), *_imprint(letter)]


def _opening(letter):
    title = broken(letter.title, TITLE_CHARACTERS)
    if letter.mark:
        found = [Block("mark", broken(letter.mark, MARK_CHARACTERS)), Block("mark-number", (letter.number,))]
        found.append(Block("title", title))
    elif letter.kind == Kind.FORM:
        found = [Block("title", title), *_line("form-number", "编号：", letter.number)]
    elif letter.kind == Kind.CERTIFICATE:
        found = [Block("certificate-title", title), *_line("number", "编号：", letter.number)]
    else:
        found = [Block("title", title), *_line("number", "", letter.number)]
    addressee = letter.addressee.rstrip("：:")
    return [*found, *([Block("addressee", (f"{addressee}：",))] if addressee else [])]


def _line(style, before, text):
    return [Block(style, (before + text,))] if text else []


def _part(part):
    if isinstance(part, Table):
        whole = sum(part.widths)
        return Grid(tuple(round(100 * one / whole, 3) for one in part.widths), part.rows, part.heads)
    if isinstance(part, Labelled):
        hang = width(part.label) + 1
        return Block("labelled", (part.text,), head=f"{part.label}：", left=INDENT + hang, hang=hang)
    return _paragraph(part)


def _paragraph(part: Paragraph):
    return Block(f"level-{part.level}" if part.level else "body", (part.text,), head=part.head)


def _attachments(letter):
    """附件：1.…; the next ones stand under the first, a single one has no number."""
    names = [name.rstrip("。；") for name in letter.attachments]
    if len(names) < 2:
        return [Block("attachment", (name,), head=ATTACHED, left=INDENT + 3, hang=3) for name in names]
    return [
        Block("attachment-next", (f"{number}.{name}",), left=INDENT + 4, hang=1)
        if number > 1
        else Block("attachment", (f"1.{name}",), head=ATTACHED, left=INDENT + 4, hang=4)
        for number, name in enumerate(names, start=1)
    ]


def _signature(letter):
    """署名以成文日期为准居中，成文日期右空四字."""
    if not letter.signers:
        return []
    day, first = _day(letter.day), "signer-sealed" if letter.is_sealed else "signer"
    signers = [
        Block(first if not number else "signer-next", (name,), right=_right(name, day))
        for number, name in enumerate(letter.signers)
    ]
    return [*signers, Block("day", (day,), right=SIGNATURE_MARGIN)]


def _right(name, day):
    return max(0.0, SIGNATURE_MARGIN + (width(day) - width(name)) / 2)


def _imprint(letter):
    found = _line("copies", "抄送：", f"{letter.copies.rstrip('。')}。") if letter.copies else []
    if letter.printed_by:
        found.append(Block("printed", (letter.printed_by,), aside=f"{_day(letter.day)}印发"))
    return found


def _day(day):
    return f"{day.year}年{day.month}月{day.day}日" if day else UNDATED
