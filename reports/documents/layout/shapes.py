"""The shape of a table as it is printed: rows of cells, with what is explained under them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from django.utils.translation import gettext, pgettext


@dataclass(slots=True)
class Note:
    text: str
    number: int = 0


@dataclass(slots=True)
class Cell:
    text: str
    kind: str = ""  # the class by which the style sheet knows text from figures
    notes: list = field(default_factory=list)

    @property
    def call(self):
        """Give the numbers of the notes, which follow one another."""
        numbers = [str(note.number) for note in self.notes]
        return pgettext("from one number to another", "–").join(numbers[:: max(len(numbers) - 1, 1)])


@dataclass(slots=True)
class Row:
    head: str  # what the row is about; read out as its header
    cells: list
    kind: str = ""
    before: list = field(default_factory=list)  # cells in front of the head


@dataclass(slots=True)
class Table:
    caption: str
    columns: list
    rows: list
    kind: str = ""
    number: str = ""
    place: str = ""  # what tells its notes from those of other tables

    @property
    def numbered_caption(self):
        return f"{self.number} {self.caption}" if self.number else self.caption

    @property
    def notes(self):
        """List the notes of all cells in the order of their numbers."""
        return [note for row in self.rows for cell in row.cells for note in cell.notes]

    def cut(self, ends: Sequence[int]) -> list["Table"]:
        """Return the table in pieces that end before these rows; all but the first say that they go on with it."""
        pieces = []
        for at, (first, last) in enumerate(pairwise([0, *ends])):
            caption = gettext("%(table)s (continued)") % {"table": self.caption} if at else self.caption
            piece = replace(self, caption=caption, rows=self.rows[first:last], place=f"{self.place}-{at + 1}")
            pieces.append(piece.numbered())
        return pieces

    def numbered(self) -> "Table":
        """Number its notes, from one on: what is printed for itself does not change with what stands before it."""
        for number, note in enumerate(self.notes, start=1):
            note.number = number
        return self


@dataclass(slots=True)
class Column:
    name: str
    unit: str = ""
    kind: str = ""

    @property
    def parts(self):
        """Give the name in the parts between which a narrow column may break it."""
        return re.split("(?<=：)|(?=（)", self.name)
