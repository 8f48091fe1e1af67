"""The shape of a report: chapters with their sections, tables and charts, numbered from the first to the last."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count
from typing import Any

from django.utils.translation import get_language, gettext

from .shapes import Table

NUMERALS = "一二三四五六七八九十"
TEN = len(NUMERALS)


@dataclass
class Section:
    title: str
    anchor: str
    table: Table
    # Whether its heading stands here, or in an earlier part of the document.
    begins: bool = True


@dataclass
class Figure:
    """A chart and its place in a report; it is drawn when somebody wants to see it."""

    name: str
    draw: Callable[[], Any]
    number: str = ""

    @property
    def slug(self) -> str:
        return self.name.removesuffix(".svg")

    @cached_property
    def chart(self) -> Any:
        return self.draw()


@dataclass
class Chapter:
    anchor: str
    title: str
    template: str
    sections: list = field(default_factory=list)
    tables: list = field(default_factory=list)
    figures: list = field(default_factory=list)
    wide: bool = False
    number: str = ""
    paragraphs: list = field(default_factory=list)
    # The number of a table that the template draws by itself.
    table_number: str = ""
    # Whether its heading stands here, or in an earlier part of the document.
    begins: bool = True

    @property
    def heading(self) -> str:
        return f"{self.number}{self.title}"


def numbered(chapters: Sequence[Chapter], counting_itself: str) -> list[Chapter]:
    """Number chapters, tables and charts in the reader's way; one chapter draws a table of its own."""
    numbers, pictures = count(1), count(1)
    for position, chapter in enumerate(chapters):
        chapter.number = number_of(position)
        for table in [*chapter.tables, *(section.table for section in chapter.sections)]:
            table.number = _table_number(next(numbers))
        numbered_figures(chapter.figures, pictures)
        if chapter.anchor == counting_itself:
            chapter.table_number = _table_number(next(numbers))
    return list(chapters)


def numbered_figures(figures: list[Figure], numbers: Iterator[int] | None = None) -> list[Figure]:
    """Number charts from the first on, or on from those before them."""
    for figure, number in zip(figures, numbers or count(1), strict=False):
        figure.number = gettext("Figure %(number)s") % {"number": number}
    return figures


def _table_number(number: int) -> str:
    return gettext("Table %(number)s") % {"number": number}


def number_of(position: int) -> str:
    """Say the number of a chapter, the first being at 0."""
    return f"{_in_chinese(position + 1)}、" if (get_language() or "").startswith("zh") else f"{position + 1}. "


def _in_chinese(number: int) -> str:
    """Write a number below a hundred in Chinese: 十一, 二十, 二十一."""
    if number <= TEN:
        return NUMERALS[number - 1]
    tens, ones = divmod(number, TEN)
    return (NUMERALS[tens - 1] if tens > 1 else "") + NUMERALS[TEN - 1] + (NUMERALS[ones - 1] if ones else "")
