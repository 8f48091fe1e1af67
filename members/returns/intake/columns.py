"""List the columns in which returns come and go as files, and what a cell of them may say (6.2.1 j)."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import replace
from itertools import chain
from typing import Any

from fsul_portal.grammar.words import in_own_language
from fsul_portal.intake.columns import Column
from fsul_portal.sheets import cells
from fsul_portal.sheets.refusals import Value
from fsul_portal.templatetags.figures import period as period_in_words
from members.indicators.models import Indicator
from members.indicators.versions.reading import former_names
from members.returns.models import CLOSED, NOT_APPLICABLE

NOTE_ENDINGS = ("说明", ".说明", " 说明", ".note", ".备注", " note", ": note")
MARKS = {cells.NOT_APPLICABLE: NOT_APPLICABLE, cells.CLOSED: CLOSED}
WRITTEN: dict[int | str | None, Any] = {NOT_APPLICABLE: cells.NOT_APPLICABLE.value, CLOSED: cells.CLOSED.value}
LARGEST = int(cells.LARGEST)
NOTE_LENGTH = 500
# How the column of an explanation ends in a file; before it stands the code of the figure.
NOTE = ".note"
# What the workbook shows beside a figure to fill in: the figures before, by their field of the past.
BESIDE = {"before": ("上月", "month before"), "year_ago": ("上年同期", "year before")}


def return_columns(indicators: Iterable[Indicator] | None = None) -> list[Column]:
    """Return the columns of a file of returns: who, when, and a figure and an explanation for each indicator."""
    every = list(Indicator.objects.in_use())
    shared, wanted = shared_names(every), every if indicators is None else list(indicators)
    figures = [figure_column(one, shared) for one in wanted]
    return [*WHO_AND_WHEN, *figures, *(note_column(one, shared) for one in wanted)]


def columns_of_files(indicators: Iterable[Indicator] | None = None) -> list[Column]:
    """Return the columns that a file of returns may have, also under names of before.

    Among them are those of the workbook that only help its reader.
    """
    every = list(Indicator.objects.in_use())
    shared, wanted = shared_names(every), every if indicators is None else list(indicators)
    beside = [one for each in wanted for one in beside_columns(each, shared)]
    former = former_names(every)
    return [_called_before(one, former) for one in (*return_columns(wanted), *beside)]


def _called_before(column: Column, former: dict[str, list[str]]) -> Column:
    """Let a column be found by what its indicator was called in other months."""
    code, __, part = column.name.partition(".")
    names = former.get(code, [])
    if not names:
        return column
    if not part:
        also = [*names, *(f"{code} {name}" for name in names)]
    elif part == "note":
        also = [f"{name}{ending}" for name in names for ending in (*NOTE_ENDINGS, ": note")]
    else:
        chinese, english = BESIDE[part]
        also = [each for name in names for each in (f"{name}（{chinese}）", f"{name} ({english})")]
    return replace(column, also=tuple(dict.fromkeys((*column.also, *also))))


def beside_columns(indicator: Indicator, shared: Collection[str] = ()) -> list[Column]:
    """Return the columns that stand beside a figure to fill in: last month's, and last year's."""
    chinese, english = headings_of(indicator, shared)
    return [
        Column(
            f"{indicator.code}.{name}",
            (f"{chinese}（{heading}）",),
            cells.text,
            as_text=False,
            for_the_eye=True,
            english=english and f"{english} ({heading_en})",
            show=shown_figure,
        )
        for name, (heading, heading_en) in BESIDE.items()
    ]


WHO_AND_WHEN = (
    Column("library_code", ("馆代码", "成员馆代码", "图书馆代码"), cells.code, required=True, english="Library code"),
    Column("name", ("馆名", "成员馆", "名称", "library_name"), cells.text, for_the_eye=True, english="Library"),
    Column(
        "period",
        ("期间", "填报期间", "月份", "month"),
        cells.period,
        required=True,
        english="Period",
        show=period_in_words,
    ),
    Column("state", ("状态",), cells.text, for_the_eye=True, english="State"),
)


def shared_names(indicators: Iterable[Indicator]) -> set[str]:
    """Return the names that more than one column would bear."""
    names = [{cells.folded(name) for name in (one.name, one.name_en)} for one in indicators]
    names += [set(map(cells.folded, column.headings)) for column in WHO_AND_WHEN]
    return {name for name, count in Counter(chain.from_iterable(names)).items() if count > 1}


def figure_column(indicator: Indicator, shared: Collection[str] = ()) -> Column:
    chinese, english = headings_of(indicator, shared)
    also = tuple(dict.fromkeys((chinese, *names_of(indicator)[1:])))
    code = indicator.code
    return Column(code, also, read_figure, fact=code, as_text=False, english=english, show=shown_figure)


def note_column(indicator: Indicator, shared: Collection[str] = ()) -> Column:
    (chinese, english), names = headings_of(indicator, shared), names_of(indicator)
    also = [f"{name}{ending}" for name in (chinese, *names[1:], names[0]) for ending in NOTE_ENDINGS]
    name = indicator.code + NOTE
    return Column(name, tuple(dict.fromkeys(also)), read_note, fact=name, english=english and f"{english}: note")


def headings_of(indicator: Indicator, shared: Collection[str]) -> tuple[str, str]:
    """Return the heading in Chinese and in English, with the code before a name that another column has too."""
    names = (indicator.name, indicator.name_en)
    chinese, english = (f"{indicator.code} {name}" if cells.folded(name) in shared else name for name in names)
    return chinese, english if indicator.name_en else ""


def names_of(indicator: Indicator) -> tuple[str, ...]:
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
    """Return a figure as a file for programs says it, in every language; what was not reported stays empty."""
    return WRITTEN.get(value, value)


def shown_figure(value: int | str | None) -> Any:
    """Return a figure as this reader sees it in a cell, kept or written."""
    return in_own_language("闭馆", "closed") if value in (CLOSED, cells.CLOSED.value) else write_figure(value)


def said_of(name: str, value: Any) -> Any:
    """Return what a column says to this reader: a figure in words, an explanation as it stands."""
    return value if name.endswith(NOTE) else shown_figure(value)
