"""Make the workbook in which a library or a district collects the figures of a month (6.2.1 j)."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from fsul_portal.grammar.words import in_own_language
from fsul_portal.intake.columns import Column
from fsul_portal.intake.resources import table_of
from fsul_portal.sheets import Table
from members.divisions.models import Division
from members.indicators.models import Indicator
from members.indicators.versions.reading import Dictionaries
from members.libraries.models import LibraryQuerySet
from members.periods.models import Period
from members.returns.checks import Checks, Past, Rows, history_of, predecessors
from members.returns.checks.models import CheckRow
from members.returns.due.completeness import due_spells
from members.returns.intake.columns import BESIDE, NOTE, WRITTEN, beside_columns, return_columns, shared_names
from members.returns.models import NOT_APPLICABLE, Return
from members.returns.years.asked import by_the_month

# The sheets by the language of the reader; what was called so at any time is known in every file.
TO_FILL_IN = {"zh": "填报", "en": "To fill in"}
BEFORE_MONTH = {"zh": "上月", "en": "Month before"}
BEFORE_YEAR = {"zh": "上年", "en": "Year before"}
SET_ASIDE = [*BEFORE_MONTH.values(), *BEFORE_YEAR.values()]
# What the reader needs of the columns; the state is none of the sender's business.
LEFT_OUT = {"state"}
MARKS = (*WRITTEN.values(), "NA", "closed")
Figures = dict[str, Any]


def tables_for(
    period: Period, libraries: LibraryQuerySet | None = None, district: Division | None = None
) -> list[Table]:
    """Return the sheets of a period's workbook: one to fill in, one with the figures before to compare."""
    spells = due_spells(period, libraries, district).select_related("library").in_office_order()
    rows = [(spell.library_id, spell.library.code, spell.name, spell.level) for spell in spells]
    day, is_year = period.last_day, period.is_year
    indicators = [one for one in Dictionaries().at(period) if one.is_asked(day, level=None, is_year=is_year)]
    columns = [column for column in return_columns(indicators) if column.name not in LEFT_OUT]
    plain = [column for column in columns if not column.name.endswith(NOTE)]
    returns = {one.library_id: one for one in Return.objects.filter(period__code=period.code)}
    history, earlier = history_of([period.code]), predecessors(period.code)[0]
    before = [
        [code, name, earlier, *_figures(history.figures.get((key, earlier), {}), indicators)]
        for key, code, name, __ in rows
    ]
    laid = _laid(columns, indicators, period)
    beside = by_the_month(period) if is_year else set()
    filled = [
        _row(row, period, returns.get(row[0]), history.past(row[0], period.code), indicators, beside=row[0] in beside)
        for row in rows
    ]
    to_fill_in = _table(TO_FILL_IN, laid, filled)
    return [
        _ruled(to_fill_in, laid, period, indicators),
        _table(BEFORE_YEAR if is_year else BEFORE_MONTH, plain, before),
    ]


def _laid(columns: list[Column], indicators: list[Indicator], period: Period) -> list[Column]:
    """Set beside the column of each figure those of the figures before."""
    shared, wanted = shared_names(Indicator.objects.in_use()), {f".{name}" for name in _beside(period)}
    beside = {one.code: beside_columns(one, shared) for one in indicators}
    laid = [each for column in columns for each in (column, *beside.get(column.name, []))]
    return [each for each in laid if each in columns or each.name[each.name.index(".") :] in wanted]


def _beside(period: Period) -> list[str]:
    """Return which figures before there are: a year has no month before."""
    return [name for name in BESIDE if name == "year_ago" or not period.is_year]


def _table(titles: dict[str, str], columns: list[Column], rows: list[list[Any]]) -> Table:
    return table_of(in_own_language(titles["zh"], titles["en"]), columns, rows)


def _ruled(table: Table, columns: list[Column], period: Period, indicators: list[Indicator]) -> Table:
    """Lock what is only to be looked at, and let each figure be what the checks of the month let it be."""
    codes = {one.code for one in indicators}
    checks = Checks(codes).at(period.code)
    said = _("A whole number from zero up, “—” or “closed”; a part is not more than its whole.")
    heads = [
        replace(
            head,
            key=column.name,
            locked=column.name not in codes and not column.name.endswith(NOTE),
            rule=rule_of(column.name, checks, period.days) if column.name in codes else "",
            said=said,
        )
        for head, column in zip(table.headed, columns, strict=True)
    ]
    return replace(table, columns=heads)


def rule_of(code: str, checks: Rows, days: int) -> str:
    """Return what must be true of a figure as a formula, as far as its own row can say it."""
    limits = [f"[{code}]>=0", f"[{code}]=INT([{code}])"]
    for row in checks:
        if not row.blocks or row.codes[:1] != (code,):
            continue
        if row.kind == CheckRow.Kind.PART:
            limits.append(f"OR(NOT(ISNUMBER([{row.codes[1]}])),[{code}]<=[{row.codes[1]}])")
        elif row.kind == CheckRow.Kind.DAYS:
            limits.append(f"[{code}]<={days}")
    marks = ",".join(f'[{code}]="{mark}"' for mark in MARKS)
    return f"OR(ISBLANK([{code}]),IF(ISNUMBER([{code}]),AND({','.join(limits)}),OR({marks})))"


def _row(
    row: tuple[int, str, str, str],
    period: Period,
    one: Return | None,
    past: Past,
    indicators: list[Indicator],
    *,
    beside: bool,
) -> list[Any]:
    """Fill in what has been saved already, so that nobody types it twice, and “—” where this library is not asked.

    beside: its months are reported by themselves, so that of the year only what is counted once is asked.
    """
    _key, code, name, level = row
    figures, notes = (one.figures, one.notes) if one else ({}, {})
    day, is_year = period.last_day, period.is_year
    asked = {
        each.code
        for each in indicators
        if each.is_asked(day, level, is_year=is_year) and (each.is_yearly or not beside)
    }
    unasked = {each.code: NOT_APPLICABLE for each in indicators if each.code not in asked}
    explained = [notes.get(each.code) for each in indicators]
    said = [unasked | figures, *((getattr(past, name) or {}) for name in _beside(period))]
    return [code, name, period.code, *(of.get(each.code) for each in indicators for of in said), *explained]


def _figures(figures: Figures, indicators: list[Indicator]) -> list[Any]:
    return [figures.get(one.code) for one in indicators]
