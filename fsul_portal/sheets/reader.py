"""Read a table that somebody sent, CSV or XLSX, whatever it is called and whatever it hides."""

import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath

from django.utils.translation import gettext_lazy as _

from fsul_portal.grammar.text import clean
from fsul_portal.sheets.neutral import restore
from fsul_portal.sheets.refusals import LIMITS, Limits, Note, SheetRefused, Source, Value
from fsul_portal.sheets.spelling import UNSEEN, as_written
from fsul_portal.sheets.texts import delimited
from fsul_portal.sheets.texts.encodings import decide_encoding
from fsul_portal.sheets.workbooks.choosing import Candidate, choose_sheet
from fsul_portal.sheets.workbooks.grid import Grid, column_letters
from fsul_portal.sheets.workbooks.overlay import fill_merged, settle_hidden
from fsul_portal.sheets.workbooks.package import Package
from fsul_portal.sheets.workbooks.workbook import Workbook

ENDINGS = {"", ".csv", ".txt", ".tsv", ".xlsx", ".xltx"}
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_OLE = "EncryptedPackage".encode("utf-16-le")
SHARED_TEXTS = 50_000
SHARED_TEXT = 64


class Cells(Mapping[str, Value]):
    """The cells of a row by heading, as light as a tuple: a big sheet has a million of them."""

    __slots__ = ("line", "positions")

    def __init__(self, positions: dict[str, int], values: tuple[Value, ...]) -> None:
        self.positions = positions
        self.line = values

    def __getitem__(self, header: str) -> Value:
        return self.line[self.positions[header]]

    def __iter__(self) -> Iterator[str]:
        return iter(self.positions)

    def __len__(self) -> int:
        return len(self.positions)


@dataclass(slots=True)
class Row:
    """A row that holds something, with the number which Excel shows for it and one value for each heading."""

    number: int
    line: tuple[Value, ...]
    positions: dict[str, int]

    @property
    def cells(self) -> Cells:
        return Cells(self.positions, self.line)


@dataclass
class Sheet:
    """A table: headings from row 1, the rows below, and how it was read.

    `notes` are sentences with kinds, to be shown before anything goes in; `unread` names the other visible sheets.
    `encoding` is that of a text file, "" for a workbook; `skipped` names the hidden columns which were left out.
    """

    headers: list[str]
    rows: list[Row]
    title: str = ""
    encoding: str = ""
    unread: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


class Pool:
    """Keep each short text once, clean, and stop when all texts together grow too big."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.held = 0
        self.kept: dict[str, str] = {}

    def keep(self, text: str) -> str:
        found = self.kept.get(text)
        return self.admit(text) if found is None else found

    def admit(self, text: str) -> str:
        if len(text) > self.limits.cell_text:
            raise SheetRefused(_("A cell holds more than %(limit)s characters."), limit=self.limits.cell_text)
        admitted = restore(clean(text.replace("\r\n", "\n")))
        if not admitted[:1].isalnum() and not admitted.translate(UNSEEN).strip():
            # A cell of blanks is seen as an empty one.
            admitted = ""
        self.held += sys.getsizeof(admitted)
        if self.held > self.limits.held_text:
            raise SheetRefused(_("The table holds too much text. Split it into several files."))
        if len(text) <= SHARED_TEXT and len(self.kept) < SHARED_TEXTS:
            self.kept[text] = admitted
        return admitted


def read_sheet(
    file: Source,
    *,
    name: str,
    encoding: str | None = None,
    sheet: str | None = None,
    hidden: str | None = None,
    headings: Iterable[str] = (),
    known: Iterable[str] = (),
    aside: Iterable[str] = (),
    limits: Limits = LIMITS,
) -> Sheet:
    """Read a table from `file` (bytes, or open for reading bytes), or raise SheetRefused.

    What can be read in more than one way raises SheetUnclear, which is answered by the same call with one word more:
    `encoding`, `sheet` (a title) or `hidden` ("read" or "skip"). `headings` are the words by which the importer knows
    its columns, `known` are names and codes it has met, `aside` the titles of sheets that it never means.
    """
    content = content_of(file, limits)
    check_name(name)
    refuse_other_kinds(content)
    pool = Pool(limits)
    if content.startswith(ZIP):
        book = Workbook(Package(content, limits), pool)
        taken, notes = choose_sheet(book, pool, named=sheet, headings=headings, aside=aside)
        return read_workbook(book, pool, taken, notes, hidden)
    if sheet is not None:
        raise SheetRefused(_("A text file has no sheets. Leave the name of the sheet out."))
    text = decide_encoding(content, named=encoding, words=[*headings, *known])
    found = table(delimited.read_rows(text, pool), limits)
    found.encoding, found.notes = text.encoding, text.notes
    return found


def read_workbook(book: Workbook, pool: Pool, taken: Candidate, notes: list[Note], hidden: str | None) -> Sheet:
    """Read the chosen sheet, then what lies over its cells."""
    grid = Grid(book, taken.path, pool)
    found = table(grid.rows(), pool.limits)
    found.title, found.notes = taken.title, list(notes)
    found.unread = [title for note in notes for title in note.words.get("others", [])]
    if fill_merged(found.rows, grid.merged, pool.limits):
        found.notes.append(Note("merged", _("Cells are merged: what stands in them was read for each of their rows.")))
    if book.since_1904:
        found.notes.append(Note("calendar", _("The workbook counts its days from 1904; they were read so.")))
    settle_hidden(grid, found, hidden)
    if not found.rows:
        raise nothing_below()
    return found


def content_of(file: Source, limits: Limits) -> bytes:
    if isinstance(file, bytes):
        content = file
    else:
        file.seek(0)
        content = file.read(limits.file + 1)
    if len(content) > limits.file:
        raise SheetRefused(_("The file is bigger than %(limit)s MB."), limit=limits.file // 1024**2)
    if not content.strip():
        raise SheetRefused(_("The file is empty."))
    return content


def check_name(name: str) -> None:
    ending = PurePath(name).suffix.lower()
    if ending not in ENDINGS:
        raise SheetRefused(
            _("Files ending in %(ending)s are not read. Save the table as .xlsx or as CSV and send it again."),
            ending=clean(ending)[:12],
        )


def refuse_other_kinds(content: bytes) -> None:
    """Say what the file really is when it is neither text nor a workbook."""
    if content.startswith(OLE):
        if ENCRYPTED_OLE in content:
            raise SheetRefused(_("The file is protected by a password. Remove the password and send it again."))
        raise SheetRefused(_("This is an old Excel file (.xls). Save it as .xlsx and send it again."))
    if content.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        raise SheetRefused(_("This is a web page or an XML file, not a table. Save it as .xlsx and send it again."))


def table(numbered: Iterable[tuple[int, list[Value]]], limits: Limits) -> Sheet:
    """Make a sheet of (number, values), the first of which names the columns."""
    numbered = iter(numbered)
    first, values = next(numbered, (0, []))
    if not first:
        raise SheetRefused(_("The sheet is empty."))
    if first != 1:
        raise SheetRefused(_("Row 1 is empty. The headings of the columns must stand in row 1."))
    headers = read_headers(values, limits)
    positions = {header: index for index, header in enumerate(headers)}
    rows = []
    for number, values in numbered:
        check_row(number, values, headers, limits)
        values += [None] * (len(headers) - len(values))
        rows.append(Row(number, tuple(values), positions))
        if len(rows) * len(headers) > limits.cells:
            raise SheetRefused(_("The table has too many cells. Split it into several files."))
    if not rows:
        raise nothing_below()
    return Sheet(headers, rows)


def nothing_below() -> SheetRefused:
    return SheetRefused(_("There are headings, but no rows below them."))


def check_row(number: int, values: list[Value], headers: list[str], limits: Limits) -> None:
    if number > limits.rows + 1:
        raise SheetRefused(_("The table has more than %(limit)s rows. Split it into several files."), limit=limits.rows)
    while len(values) > len(headers) and values[-1] is None:
        values.pop()
    if len(values) <= len(headers):
        return
    if len(headers) == 1:
        raise SheetRefused(
            _("Row 1 has one heading only. Delete the title above the table: the headings must stand in row 1.")
        )
    raise SheetRefused(
        _("Row %(row)s has a cell without a heading in column %(column)s. In CSV, a comma in a cell needs quotes."),
        row=number,
        column=column_letters(len(values)),
    )


def read_headers(values: list[Value], limits: Limits) -> list[str]:
    """Name the columns; every one needs a heading of its own."""
    headers = [as_written(value).strip() for value in values]
    while headers and not headers[-1]:
        headers.pop()
    if len(headers) > limits.columns:
        raise SheetRefused(_("The sheet has more than %(limit)s columns."), limit=limits.columns)
    seen: dict[str, int] = {}
    for index, header in enumerate(headers, 1):
        if not header:
            raise SheetRefused(_("Column %(column)s has no heading in row 1."), column=column_letters(index))
        if header in seen:
            raise SheetRefused(
                _("The heading “%(heading)s” stands twice: in columns %(first)s and %(second)s."),
                heading=header[:40],
                first=column_letters(seen[header]),
                second=column_letters(index),
            )
        seen[header] = index
    return headers
