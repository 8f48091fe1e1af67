"""Put a report together: which chapters it has, in which order, with which tables."""

from dataclasses import dataclass, field
from itertools import count
from typing import Any

from django.utils.translation import get_language, gettext, gettext_lazy

from . import network_tables, tables
from .layout.shapes import Table
from .reckoned import derived, statutory
from .words.proposal import OVERVIEW, paragraphs

NUMERALS = "一二三四五六七八九十"
TEN = len(NUMERALS)
# A table of a room with more columns than this lies across the sheet.
UPRIGHT = 6
PLANS, DEFINITIONS = "plans", "definitions"
# The chapters for which the office writes; one that has nothing but words is there when they are.
WORDED = {
    OVERVIEW: gettext_lazy("Overview"),
    "network": gettext_lazy("The network of libraries"),
    "months": gettext_lazy("Month by month"),
    "districts": gettext_lazy("District by district"),
    "missing": gettext_lazy("Missing returns"),
    PLANS: gettext_lazy("Problems and plans"),
}


@dataclass
class Section:
    title: str
    anchor: str
    table: Table
    # Whether its heading stands here, or in an earlier part of the document.
    begins: bool = True


@dataclass
class Chapter:
    anchor: str
    title: str
    template: str
    sections: list = field(default_factory=list)
    tables: list = field(default_factory=list)
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


def chapters(reading: Any) -> list[Chapter]:
    """List the chapters of a report in order, numbered in the reader's way, and so their tables."""
    found = [
        _overview(reading),
        _months(reading),
        _network(reading),
        _districts(reading),
        _libraries(reading),
        _missing(reading),
        *_of_rooms(reading),
        *_plans(reading),
        *_statutory(reading),
        _definitions(),
    ]
    numbers = count(1)
    for position, chapter in enumerate(found):
        chapter.number = _number(position)
        if chapter.anchor in WORDED:
            chapter.paragraphs = paragraphs(reading, chapter.anchor)
        for table in [*chapter.tables, *(section.table for section in chapter.sections)]:
            table.number = _table_number(next(numbers))
        if chapter.anchor == DEFINITIONS:
            chapter.table_number = _table_number(next(numbers))
    return found


def _table_number(number):
    return gettext("Table %(number)s") % {"number": number}


def figure_number(number):
    """Say the number of a chart."""
    return gettext("Figure %(number)s") % {"number": number}


def _number(position):
    return f"{_in_chinese(position + 1)}、" if (get_language() or "").startswith("zh") else f"{position + 1}. "


def _in_chinese(number):
    """Write a number below a hundred in Chinese: 十一, 二十, 二十一."""
    if number <= TEN:
        return NUMERALS[number - 1]
    tens, ones = divmod(number, TEN)
    return (NUMERALS[tens - 1] if tens > 1 else "") + NUMERALS[TEN - 1] + (NUMERALS[ones - 1] if ones else "")


def _template(name):
    return f"reports/documents/_{name}.html"


def _overview(reading):
    return Chapter(
        OVERVIEW,
        gettext("Overview"),
        _template("overview"),
        tables=[tables.key_figures(reading), *derived.tables(reading)],
    )


def _months(reading):
    title = gettext("Month by month") if reading.annual else gettext("The last thirteen months")
    shown = [tables.months_values(reading), tables.months_changes(reading)]
    return Chapter("months", title, _template("months"), tables=shown, wide=True)


def _network(reading):
    title = gettext("The network of libraries")
    shown = [network_tables.network_levels(reading), network_tables.network_districts(reading)]
    network = reading.snapshot["network"]
    if network["opened"]:
        shown.append(network_tables.network_events(reading, "opened", gettext("Libraries which opened")))
    if network["closed"]:
        shown.append(network_tables.network_events(reading, "closed", gettext("Libraries which closed")))
    if network["moved"]:
        shown.append(network_tables.network_moves(reading, gettext("Libraries which moved")))
    if network["transferred"]:
        shown.append(network_tables.network_transfers(reading, gettext("Libraries which changed district")))
    return Chapter("network", title, _template("network"), tables=shown)


def _districts(reading):
    shown = [tables.districts_values(reading), tables.districts_on_year(reading)]
    if not reading.annual:
        shown.append(tables.districts_on_month(reading))
    shown += derived.by_district(reading)
    return Chapter("districts", gettext("District by district"), _template("districts"), tables=shown, wide=True)


def _libraries(reading):
    found = [
        Section(district.name, f"libraries-{district.code}", tables.libraries(reading, district))
        for district in reading.districts
        if reading.libraries_of(district)
    ]
    return Chapter("libraries", gettext("Library by library"), _template("libraries"), sections=found, wide=True)


def _missing(reading):
    shown = []
    if reading.missing:
        shown.append(tables.absences(reading, reading.missing, gettext("Returns which are missing")))
    if reading.to_come:
        shown.append(tables.absences(reading, reading.to_come, gettext("Returns which are still to come")))
    if excluded := reading.snapshot["excluded"]:
        shown.append(tables.absences(reading, excluded, gettext("Libraries which had nothing to report")))
    title = gettext("Missing returns") if reading.missing or not reading.to_come else gettext("Returns still to come")
    return Chapter("missing", title, _template("missing"), tables=shown)


def _of_rooms(reading):
    """Draw the chapters which the rooms gave when the figures were frozen."""
    return [
        Chapter(
            f"room-{table.kind}", table.caption, _template("room"), tables=[table], wide=len(table.columns) > UPRIGHT
        )
        for table in tables.of_rooms(reading)
    ]


def _plans(reading):
    """Give the words about problems and plans a chapter, where the office wrote any."""
    if paragraphs(reading, PLANS):
        yield Chapter(PLANS, gettext("Problems and plans"), _template("plans"))


def _statutory(reading):
    """Add the table of the authority to the report of a year."""
    if reading.annual:
        table = statutory.year_table(reading)
        yield Chapter("statutory", table.caption, _template("room"), tables=[table], wide=True)


def _definitions():
    return Chapter(DEFINITIONS, gettext("Definitions"), _template("definitions"))
