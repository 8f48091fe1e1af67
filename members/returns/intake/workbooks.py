"""Make the workbook in which a district collects the figures of a month (6.2.1 j)."""

from typing import Any

from fsul_portal.intake.resources import columns_head
from fsul_portal.sheets import Table
from members.divisions.models import Division
from members.indicators.models import Indicator
from members.libraries.models import LibraryQuerySet
from members.periods.models import Period
from members.returns.checks import history_of, predecessors
from members.returns.due.completeness import due_spells
from members.returns.intake.columns import return_columns, write_figure
from members.returns.models import NOT_APPLICABLE, Return

TO_FILL_IN, BEFORE = "填报", "上月"
# What the reader needs of the columns; the state is none of the sender's business.
LEFT_OUT = {"state"}


def tables_for(
    period: Period, libraries: LibraryQuerySet | None = None, district: Division | None = None
) -> list[Table]:
    """Return the sheets of a period's workbook: one to fill in, one with the figures before to compare."""
    spells = due_spells(period, libraries, district).select_related("library").in_office_order()
    rows = [(spell.library_id, spell.library.code, spell.name, spell.level) for spell in spells]
    indicators = [one for one in Indicator.objects.all() if one.is_asked(period.last_day, level=None)]
    columns = [column for column in return_columns(indicators) if column.name not in LEFT_OUT]
    returns = {one.library_id: one for one in Return.objects.filter(period__code=period.code)}
    history, earlier = history_of([period.code]), predecessors(period.code)[0]
    plain = [column for column in columns if not column.name.endswith(".note")]
    return [
        _table(TO_FILL_IN, columns, [_row(row, period, returns.get(row[0]), indicators) for row in rows]),
        _table(
            BEFORE,
            plain,
            [
                [code, name, in_chinese(earlier), *_figures(history.figures.get((key, earlier), {}), indicators)]
                for key, code, name, __ in rows
            ],
        ),
    ]


def in_chinese(code):
    """Write a period as people do: 2026年10月."""
    return f"{code[:4]}年{int(code[5:])}月" if len(code) > 4 else f"{code}年"


def _table(title, columns, rows):
    return Table(title, [columns_head(column) for column in columns], rows)


def _row(row: tuple[int, str, str, str], period: Period, one: Return | None, indicators: list[Indicator]) -> list[Any]:
    """Fill in what has been saved already, so that nobody types it twice, and “—” where this library is not asked."""
    _key, code, name, level = row
    figures, notes = (one.figures, one.notes) if one else ({}, {})
    unasked = {each.code: NOT_APPLICABLE for each in indicators if not each.is_asked(period.last_day, level)}
    explained = [notes.get(each.code) for each in indicators]
    return [code, name, in_chinese(period.code), *_figures(unasked | figures, indicators), *explained]


def _figures(figures: dict[str, Any], indicators: list[Indicator]) -> list[Any]:
    return [write_figure(figures.get(one.code)) for one in indicators]
