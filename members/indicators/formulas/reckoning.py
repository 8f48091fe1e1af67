"""Reckon the formulas of the dictionary over the libraries that have all their figures (6.2.1 j, 6.1 d)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from members.indicators.formulas.arithmetic import (
    BadFormulaError,
    NoValueError,
    codes_in,
    parsed,
    value_of,
    written,
)
from members.indicators.formulas.models import Formula

# How many people live there; given by the division and the year, not by libraries.
PEOPLE = "POP"


@dataclass(frozen=True, slots=True)
class Reckoned:
    """The value of a formula over how many libraries of how many; or none, and why."""

    value: Decimal | None
    libraries: int = 0
    of: int = 0
    reason: str = ""


def reckoned(
    formula: Formula,
    formulas: Iterable[Formula],
    figures: Iterable[Mapping[str, int | None]],
    given: Mapping[str, int | None],
) -> Reckoned:
    """Return a formula over the libraries that have a number for each of its codes (decision 32).

    figures: what each library reported, summed over its months; given: what is not reported by libraries, such as POP.
    """
    try:
        codes = codes_below(formula.code, {one.code: one.expression for one in formulas})
    except BadFormulaError as problem:
        return Reckoned(None, reason=str(problem))
    asked, rows = [code for code in codes if code not in given], list(figures)
    counted = [row for row in rows if all(row.get(code) is not None for code in asked)]
    known: dict[str, int | Fraction | None] = dict(given)
    known |= {code: sum(row[code] or 0 for row in counted) if counted else None for code in asked}
    try:
        value = _value(formula.code, {one.code: one.expression for one in formulas}, known)
    except NoValueError as problem:
        return Reckoned(None, len(counted), len(rows), str(problem))
    return Reckoned(written(value, formula.decimals), len(counted), len(rows))


def codes_below(code: str, formulas: Mapping[str, str], path: tuple[str, ...] = ()) -> list[str]:
    """Return the codes of figures that a formula needs, also through others; BadFormulaError where it needs itself."""
    if code in path:
        way = " → ".join((*path[path.index(code) :], code))
        raise BadFormulaError(_("The formula leads back to itself: %(way)s.") % {"way": way})
    found: dict[str, None] = {}
    for each in codes_in(formulas[code]):
        below = codes_below(each, formulas, (*path, code)) if each in formulas else [each]
        found |= dict.fromkeys(below)
    return list(found)


def _value(code: str, formulas: Mapping[str, str], known: Mapping[str, int | Fraction | None]) -> Fraction:
    through = {each: _value(each, formulas, known) for each in codes_in(formulas[code]) if each in formulas}
    return value_of(formulas[code], {**known, **through})


def objection_to(code: str, expression: str, formulas: Mapping[str, str], codes: Iterable[str]) -> str:
    """Return why a formula may not be kept under a code, or ""."""
    known = {*codes, *formulas, code, PEOPLE}
    try:
        parsed(expression)
        unknown = [each for each in codes_in(expression) if each not in known]
        if unknown:
            return _("The dictionary knows no %(codes)s.") % {"codes": ", ".join(unknown)}
        if not codes_in(expression):
            return _("The formula names no figure.")
        codes_below(code, {**formulas, code: expression})
    except BadFormulaError as problem:
        return str(problem)
    return ""
