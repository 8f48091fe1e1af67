"""Make the workbook in which a district collects the figures of a month (6.2.1 j)."""

from typing import Any

from fsul_portal.grammar.words import in_own_language
from fsul_portal.intake.columns import Column
from fsul_portal.intake.resources import table_of
from fsul_portal.sheets import Table
from members.divisions.models import Division
from members.indicators.models import Indicator
from members.indicators.versions.reading import Dictionaries
from members.libraries.models import LibraryQuerySet
from members.periods.models import Period
from members.returns.checks import history_of, predecessors
from members.returns.due.completeness import due_spells
from members.returns.intake.columns import return_columns
from members.returns.models import NOT_APPLICABLE, Return

# The sheets by the language of the reader; what was called so at any time is known in every file.
TO_FILL_IN = {"zh": "填报", "en": "To fill in"}
BEFORE_MONTH = {"zh": "上月", "en": "Month before"}
BEFORE_YEAR = {"zh": "上年", "en": "Year before"}
SET_ASIDE = [*BEFORE_MONTH.values(), *BEFORE_YEAR.values()]
# What the reader needs of the columns; the state is none of the sender's business.
LEFT_OUT = {"state"}


def tables_for(
    period: Period, libraries: LibraryQuerySet | None = None, district: Division | None = None
) -> list[Table]:
    """Return the sheets of a period's workbook: one to fill in, one with the figures before to compare."""
    spells = due_spells(period, libraries, district).select_related("library").in_office_order()
    rows = [(spell.library_id, spell.library.code, spell.name, spell.level) for spell in spells]
    day, is_year = period.last_day, period.is_year
    indicators = [one for one in Dictionaries().at(period) if one.is_asked(day, level=None, is_year=is_year)]
    columns = [column for column in return_columns(indicators) if column.name not in LEFT_OUT]
    returns = {one.library_id: one for one in Return.objects.filter(period__code=period.code)}
    history, earlier = history_of([period.code]), predecessors(period.code)[0]
    plain = [column for column in columns if not column.name.endswith(".note")]
    return [
        _table(TO_FILL_IN, columns, [_row(row, period, returns.get(row[0]), indicators) for row in rows]),
        _table(
            BEFORE_YEAR if period.is_year else BEFORE_MONTH,
            plain,
            [
                [code, name, earlier, *_figures(history.figures.get((key, earlier), {}), indicators)]
                for key, code, name, __ in rows
            ],
        ),
    ]


def _table(titles: dict[str, str], columns: list[Column], rows: list[list[Any]]) -> Table:
    return table_of(in_own_language(titles["zh"], titles["en"]), columns, rows)


def _row(row: tuple[int, str, str, str], period: Period, one: Return | None, indicators: list[Indicator]) -> list[Any]:
    """Fill in what has been saved already, so that nobody types it twice, and “—” where this library is not asked."""
    _key, code, name, level = row
    figures, notes = (one.figures, one.notes) if one else ({}, {})
    day, is_year = period.last_day, period.is_year
    asked = {each.code for each in indicators if each.is_asked(day, level, is_year=is_year)}
    unasked = {each.code: NOT_APPLICABLE for each in indicators if each.code not in asked}
    explained = [notes.get(each.code) for each in indicators]
    return [code, name, period.code, *_figures(unasked | figures, indicators), *explained]


def _figures(figures: dict[str, Any], indicators: list[Indicator]) -> list[Any]:
    return [figures.get(one.code) for one in indicators]
