"""Read the columns of an export by the headings that the office has said (6.2.1 j)."""

from collections.abc import Iterable

from fsul_portal.intake.columns import Column
from fsul_portal.sheets import cells
from fsul_portal.sheets.refusals import Value
from members.returns.intake.columns import read_figure
from members.returns.sources.models import ExportSource


def columns_of(source: ExportSource, codes: Iterable[str]) -> list[Column]:
    """Return the columns of an export that mean something, as the intake of returns calls them."""
    found = [Column("library_code", (source.library_heading,), read_library, required=True)]
    if source.period_heading:
        found.append(Column("period", (source.period_heading,), cells.period, required=True))
    for code in codes:
        if heading := source.headings.get(code):
            found.append(Column(code, (heading,), read_figure, fact=code, as_text=False))
    return found


def read_library(value: Value) -> str:
    """Read what an export calls a library: its code there, or its name."""
    return cells.code(value, 100)


def headings_of(source: ExportSource) -> list[str]:
    return [each for each in (source.library_heading, source.period_heading, *source.headings.values()) if each]


def known_columns() -> list[Column]:
    """Return a column for each heading of all exports in use: by these a table is found among several."""
    headings = {cells.folded(each): each for one in ExportSource.objects.in_use() for each in headings_of(one)}
    return [Column(heading, (), cells.text) for heading in headings.values()]
