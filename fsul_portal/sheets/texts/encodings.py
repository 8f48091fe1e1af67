"""Decide how the bytes of a text file become text: by its mark, by UTF-8, by plain Chinese, or by asking."""

import io
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice

from django.utils.translation import gettext_lazy as _

from fsul_portal.sheets.refusals import Choice, Note, SheetRefused, SheetUnclear
from fsul_portal.sheets.texts import delimited
from fsul_portal.sheets.texts.chinese import could_be_chinese, is_plainly_chinese
from fsul_portal.sheets.workbooks.grid import column_letters

MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
# What may be named, by the names people use, and how Python calls it.
ENCODINGS = {
    "utf-8": "utf-8", "utf8": "utf-8", "utf-8-sig": "utf-8", "gb18030": "gb18030", "gbk": "gb18030",
    "gb2312": "gb18030", "cp936": "gb18030", "big5": "cp950", "cp950": "cp950", "big5-hkscs": "big5hkscs",
    "shift-jis": "cp932", "shift_jis": "cp932", "sjis": "cp932", "cp932": "cp932", "euc-jp": "euc_jp",
    "euc-kr": "cp949", "cp949": "cp949", "windows-1251": "cp1251", "cp1251": "cp1251", "koi8-r": "koi8-r",
    "latin-1": "cp1252", "iso-8859-1": "cp1252", "windows-1252": "cp1252", "cp1252": "cp1252", "hz": "hz",
    "utf-16": "utf-16-le", "utf-16-le": "utf-16-le", "utf-16-be": "utf-16-be",
}  # fmt: skip
# What is offered when it must be asked.
OFFERED = ("gb18030", "big5", "shift-jis", "euc-jp", "euc-kr", "windows-1251", "windows-1252")
HZ = re.compile(rb"~\{[!-~]+~\}")
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
LATER_CONTROLS = re.compile("[\x80-\x9f]")
WIDE = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
LOST = "\ufffd"
BY_CHANCE = 64 * 1024
# A text with more broken bytes than this is of another encoding.
BROKEN = 2
SAMPLE, SAMPLE_LENGTH = 4, 120
# A table of text holds hardly a NUL; a workbook or a picture is full of them.
BINARY = 20


@dataclass
class Text:
    """The bytes of a text file without their mark, and how they are read."""

    content: bytes
    encoding: str
    notes: list[Note] = field(default_factory=list)

    def opened(self) -> io.TextIOWrapper:
        return io.TextIOWrapper(io.BytesIO(self.content), self.encoding, newline="")

    def decoded(self) -> str:
        return self.content.decode(self.encoding)


def decide_encoding(content: bytes, *, named: str | None = None, words: Iterable[str] = ()) -> Text:
    """Return the text, or raise SheetRefused by row and column, or SheetUnclear with what it could be."""
    mark, marked = next(((mark, encoding) for mark, encoding in MARKS if content.startswith(mark)), (b"", None))
    content = content[len(mark) :]
    if marked:
        return checked(Text(content, marked))
    if named is not None:
        return by_name(content, named, set(words))
    if content.isascii():
        return ascii_text(content)
    try:
        return utf_8(content, content.decode("utf-8"), set(words))
    except UnicodeDecodeError as error:
        refuse_torn(content, error)
    return chinese(content, set(words))


def by_name(content: bytes, named: str, words: set[str]) -> Text:
    encoding = ENCODINGS.get(named.strip().lower().replace("_", "-"), "")
    if not encoding:
        raise SheetRefused(
            _("The encoding “%(named)s” is not known here. Known are: %(known)s."),
            named=named[:20],
            known=", ".join(("utf-8", *OFFERED)),
        )
    if encoding != "utf-8" and not content.isascii() and is_certainly_utf_8(content, words):
        raise SheetRefused(_("The file is UTF-8, not %(named)s. Leave the encoding out."), named=named)
    return checked(Text(content, encoding))


def checked(text: Text) -> Text:
    """Refuse a byte that is none of this encoding, and a character that stands in no table, by row and column."""
    try:
        decoded = text.decoded()
    except UnicodeDecodeError as error:
        row, column = place_of(text.content[: error.start], text.encoding)
        raise SheetRefused(
            _("Row %(row)s, column %(column)s: the bytes here are no %(encoding)s. Mend this cell, and send it again."),
            row=row,
            column=column,
            encoding=text.encoding.upper(),
        ) from error
    refuse_controls(decoded)
    return text


def refuse_controls(decoded: str) -> None:
    match = CONTROLS.search(decoded.rstrip("\x1a")) or re.search(LOST, decoded)
    if not match:
        return
    if decoded.count("\0") > BINARY:
        raise not_text()
    row, column = place_in(decoded[: match.start()])
    if match[0] == LOST:
        raise SheetRefused(
            _("Row %(row)s, column %(column)s: a character here was lost before the file was sent. Mend this cell."),
            row=row,
            column=column,
        )
    raise SheetRefused(
        _("Row %(row)s, column %(column)s holds a control character. Delete it, and send the file again."),
        row=row,
        column=column,
    )


def not_text() -> SheetRefused:
    return SheetRefused(_("This is not a text file. Save the table as .xlsx or as CSV (UTF-8) and send it again."))


def ascii_text(content: bytes) -> Text:
    if HZ.search(content):
        raise unclear(content, content.index(b"~{"), ("hz", "utf-8"))
    return checked(Text(content, "utf-8"))


def utf_8(content: bytes, decoded: str, words: set[str]) -> Text:
    """Take UTF-8, unless a few Chinese words in GB18030 are UTF-8 only by chance."""
    refuse_controls(decoded)
    if not is_certainly_utf_8(content, words):
        raise unclear(content, next(place for place, byte in enumerate(content) if byte > 127), ("utf-8", "gb18030"))
    return Text(content, "utf-8")


def is_certainly_utf_8(content: bytes, words: set[str]) -> bool:
    """Tell whether the words are no GB18030 which is UTF-8 by chance; chance has no place in a long text."""
    try:
        decoded = content.decode("utf-8")
        if len(content) > BY_CHANCE:
            return True
        return is_plainly_chinese(decoded, words) or not could_be_chinese(content.decode("gb18030"))
    except UnicodeDecodeError as error:
        return error.encoding == "gb18030"


def refuse_torn(content: bytes, error: UnicodeDecodeError) -> None:
    """Refuse what is UTF-8 but for a few bytes; it must never be taken for another encoding."""
    decoded = content.decode("utf-8", "replace")
    if len(WIDE.findall(decoded)) >= 2 * decoded.count(LOST):
        row, column = place_of(content[: error.start], "utf-8")
        raise SheetRefused(
            _("Row %(row)s, column %(column)s: a character of this UTF-8 text is broken. Mend this cell."),
            row=row,
            column=column,
        ) from error


def chinese(content: bytes, words: set[str]) -> Text:
    """Take GB18030 where it is plainly Chinese; ask about anything else."""
    if content.count(0) > BINARY:
        raise not_text()
    place = next(place for place, byte in enumerate(content) if byte > 127)
    try:
        decoded = content.decode("gb18030")
    except UnicodeDecodeError as error:
        decoded, place = content.decode("gb18030", "replace"), error.start
        if decoded.count(LOST) <= BROKEN and is_plainly_chinese(without_lost_lines(decoded), words):
            checked(Text(content, "gb18030"))
        raise unclear(content, place, OFFERED) from error
    refuse_controls(decoded)
    if not is_plainly_chinese(decoded, words):
        raise unclear(content, place, OFFERED)
    return Text(content, "gb18030", [Note("encoding", _("The text was read as GB18030."))])


def without_lost_lines(decoded: str) -> str:
    return "\n".join(line for line in decoded.splitlines() if LOST not in line)


def unclear(content: bytes, place: int, names: Iterable[str]) -> SheetRefused:
    """Ask which encoding shows the words right; refuse what is text in none of them."""
    row, column = place_of(content[:place], "gb18030")
    choices = [choice for name in names if (choice := as_choice(content, name))]
    if not choices:
        return SheetRefused(
            _("Row %(row)s, column %(column)s: the bytes here are text in no encoding that is known here."),
            row=row,
            column=column,
        )
    return SheetUnclear(
        "encoding",
        choices,
        _(
            "Row %(row)s, column %(column)s: it is not certain in which encoding this text was written. Save the file"
            " as CSV (UTF-8), or say which encoding shows the words right."
        ),
        row=row,
        column=column,
    )


def as_choice(content: bytes, name: str) -> Choice | None:
    """Show the headings and the first lines which are not plain ASCII, as this encoding reads them."""
    try:
        decoded = content.decode(ENCODINGS[name])
    except UnicodeDecodeError:
        return None
    if CONTROLS.search(decoded) or LATER_CONTROLS.search(decoded):
        return None
    lines = (line.rstrip()[:SAMPLE_LENGTH] for line in io.StringIO(decoded))
    telling = (line for place, line in enumerate(lines) if place == 0 or not line.isascii())
    return Choice(name, tuple(islice(telling, SAMPLE)))


def place_of(before: bytes, encoding: str) -> tuple[int, str]:
    return place_in(before.decode(encoding, "replace"))


def place_in(before: str) -> tuple[int, str]:
    row, column = delimited.place_in(before)
    return row, column_letters(column)
