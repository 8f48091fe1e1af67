"""List the columns in which returns come and go as files, and what a cell of them may say (6.2.1 j)."""

from typing import Any

from fsul_portal.intake.columns import Column
from fsul_portal.sheets import cells
from fsul_portal.sheets.refusals import Value
from members.indicators.models import Indicator
from members.returns.models import CLOSED, NOT_APPLICABLE

NOTE_ENDINGS = ("说明", ".说明", " 说明", ".note", ".备注", " note")
MARKS = {cells.NOT_APPLICABLE: NOT_APPLICABLE, cells.CLOSED: CLOSED}
WRITTEN: dict[int | str | None, Any] = {NOT_APPLICABLE: cells.NOT_APPLICABLE.value, CLOSED: cells.CLOSED.value}
LARGEST = int(cells.LARGEST)
NOTE_LENGTH = 500
# How the column of an explanation ends in a file; before it stands the code of the figure.
NOTE = ".note"


def return_columns(indicators=None) -> list[Column]:
    """Return the columns of a file of returns: who, when, and a figure and an explanation for each indicator."""
    indicators = list(Indicator.objects.all()) if indicators is None else indicators
    return [
        Column("library_code", ("馆代码", "成员馆代码", "图书馆代码", "library code"), cells.code, required=True),
        Column("name", ("馆名", "成员馆", "名称", "library_name", "library"), cells.text, for_the_eye=True),
        Column("period", ("期间", "填报期间", "月份", "month"), cells.period, required=True),
        Column("state", ("状态",), cells.text, for_the_eye=True),
        *map(figure_column, indicators),
        *map(note_column, indicators),
    ]


def figure_column(indicator) -> Column:
    return Column(indicator.code, names_of(indicator)[1:], read_figure, fact=indicator.code, as_text=False)


def note_column(indicator) -> Column:
    names = names_of(indicator)
    also = [f"{name}{ending}" for name in (*names[1:], names[0]) for ending in NOTE_ENDINGS]
    return Column(indicator.code + NOTE, tuple(also), read_note, fact=indicator.code + NOTE)


def names_of(indicator):
    """Return what people write for an indicator: its code, its name in Chinese first, and both together."""
    code, name, name_en = indicator.code, indicator.name, indicator.name_en
    return tuple(dict.fromkeys((code, name, name_en, f"{code} {name}", f"{code} {name_en}")))


def read_figure(value: Value) -> int | str | None:
    """Read a cell as the figures keep it: a whole number or a mark; None was not reported."""
    # Nearly all cells are plain counts; the rest is read with more care.
    if type(value) is int and 0 <= value <= LARGEST:
        return value
    if type(value) is str and len(value) < 13 and value.isascii() and value.isdigit():
        return int(value)
    if value is None:
        return None
    found = cells.count(value)
    return MARKS.get(found) if isinstance(found, cells.Mark) else found


def read_note(value):
    """Read an explanation; an empty one is none."""
    return cells.text(value, NOTE_LENGTH) if value is not None else ""


def write_figure(value: int | str | None) -> Any:
    """Return a figure as a cell shows it; what was not reported stays empty."""
    return WRITTEN.get(value, value)
