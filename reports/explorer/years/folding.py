"""Fold the months of a figure into years: a flow is their sum, a stock is that of the last one (6.2.1 j).

A year says of how many of its months there is a figure and how many of the returns that were expected have come. What
is reckoned is reckoned anew from the years of its parts, and only where nobody lacks any of them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from fsul_portal.templatetags.figures import period as in_words
from members.indicators.formulas.models import Formula
from members.indicators.formulas.reckoning import codes_below, reckoned
from members.indicators.models import Indicator
from members.periods.models import Period
from reports.explorer.choices import Choice, is_yearly
from reports.explorer.series import Cell, Series

MONTHS = 12


def parts_of(choice: Choice, known: dict[str, Any]) -> Choice:
    """Return the choice of what is reported of which the figures of another are made, to be looked at by the month."""
    codes = (code for one in choice.figures for code in _below(one, choice))
    return replace(choice, figures=[known[code] for code in dict.fromkeys(codes) if not is_yearly(known[code])])


def yearly_of(choice: Choice) -> Choice:
    """Return the choice of what is counted once a year: its returns are those of the years themselves."""
    years, figures = choice.steps, [one for one in choice.figures if is_yearly(one)]
    known = Period.objects.filter(code__in=years) if choice.stored is None and figures else choice.stored or ()
    periods = [one for one in known if one.code in years]
    return replace(choice, figures=figures, months=years, periods=periods)


def _below(figure: Any, choice: Choice) -> list[str]:
    return codes_below(figure.code, choice.expressions) if isinstance(figure, Formula) else [figure.code]


def folded(choice: Choice, parts: Iterable[Series], yearly: Iterable[Series] = ()) -> list[Series]:
    """Return the years of the figures of a choice, out of the months of what they are made of.

    yearly: what is counted once a year, which has its years already.
    """
    years = {one.figure.code: [_year(one.figure, cells, choice) for cells in _by_year(one.cells)] for one in parts}
    years |= {one.figure.code: one.cells for one in yearly}
    of_formulas = {one.code: _reckoned(one, choice, years) for one in choice.figures if isinstance(one, Formula)}
    return [Series(one, (years | of_formulas)[one.code]) for one in choice.figures]


def _by_year(cells: Sequence[Cell]) -> list[list[Cell]]:
    return [list(found) for __, found in groupby(cells, key=lambda cell: cell.month[:4])]


def _year(figure: Any, cells: list[Cell], choice: Choice) -> Cell:
    year, last = cells[0].month[:4], cells[-1]
    address = _months_of(figure, cells, choice)
    if figure.over_time == Indicator.OverTime.NONE:
        return Cell(year, note=_("months do not add up"), url=address)
    if figure.is_stock:
        note = " · ".join(filter(None, (_("at the end of %(month)s") % {"month": in_words(last.month)}, last.note)))
        return replace(last, month=year, note=note, url=address)
    values: list[Any] = [cell.value for cell in cells if cell.value is not None]
    whole = len(values) == MONTHS and all(cell.whole for cell in cells)
    reported, expected = sum(cell.reported for cell in cells), sum(cell.expected for cell in cells)
    return Cell(
        year,
        sum(values) if values else None,
        _told(len(values), len(cells), reported, expected),
        whole,
        address,
        reported=reported,
        expected=expected,
        is_full=all(cell.is_full for cell in cells),
    )


def _told(given: int, months: int, reported: int, expected: int) -> str:
    told = [_("%(count)s of %(months)s months") % {"count": given, "months": months}]
    if expected:
        words = {"count": f"{reported:,}", "expected": f"{expected:,}"}
        told.append(_("%(count)s of %(expected)s monthly returns") % words)
    return " · ".join(told)


def _months_of(figure: Any, cells: list[Cell], choice: Choice) -> str:
    """Return where the months stand of which a year is made."""
    asked = {"figure": figure.code, "first": cells[0].month, "last": cells[-1].month}
    if choice.library:
        asked["library"] = choice.library.code
    else:
        asked["district"] = choice.district.code if choice.district else ""
        asked |= {name: getattr(choice, name) for name in ("level", "kind") if getattr(choice, name)}
    return f"{reverse('reports:explorer')}?{urlencode(asked)}"


def _reckoned(formula: Formula, choice: Choice, years: dict[str, list[Cell]]) -> list[Cell]:
    below = _below(formula, choice)
    of_each_year = zip(*(years[code] for code in below), strict=True)
    return [_of_parts(formula, choice, dict(zip(below, cells, strict=True))) for cells in of_each_year]


def _of_parts(formula: Formula, choice: Choice, cells: dict[str, Cell]) -> Cell:
    """Reckon a formula of a year, or of those of its months that are over, where nobody lacks a figure."""
    found = list(cells.values())
    if not all(one.is_full for one in found):
        is_told = any(one.value is not None for one in found)
        return Cell(found[0].month, note=_("not every library has all its figures") if is_told else "")
    figures: Any = {code: one.value for code, one in cells.items()}
    answer = reckoned(formula, choice.formulas, [figures], {})
    return Cell(found[0].month, answer.value, answer.reason, all(one.whole for one in found))
