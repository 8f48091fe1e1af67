"""Say which figures a return is asked for: those of its period, of a library of its level then (6.2.1 j)."""

from collections.abc import Collection, Iterable

from django.utils.translation import gettext as _

from members.indicators.models import Indicator
from members.indicators.versions.reading import Dictionaries
from members.periods.models import Period
from members.returns.due.expected import standing, standing_of, stays
from members.returns.models import Return
from members.returns.years.asked import by_the_month

Asked = list[Indicator]


def asked_of(one: Return, indicators: Iterable[Indicator] | None = None) -> Asked:
    """Return the indicators that a return shows: those it is asked for, and those of which it says something.

    indicators: the dictionary as it is now, where it is read already.
    """
    found = Dictionaries(indicators).at(one.period)
    level = standing_of(one.library, one.period).level if _by_level(found) else ""
    beside = one.period.is_year and bool(by_the_month(one.period, [one.library_id]))
    return [each for each in found if _belongs(each, one, level, beside=beside)]


def asked_of_many(returns: Collection[Return]) -> dict[int, Asked]:
    """Return the same for many stored returns, by their keys, in two queries at most where none is of a year."""
    dictionaries = Dictionaries()
    known = {one.pk: dictionaries.at(one.period) for one in returns}
    levels = _levels(returns) if any(map(_by_level, known.values())) else {}
    beside = _beside_months(returns)
    return {
        one.pk: [each for each in known[one.pk] if _belongs(each, one, levels.get(one.pk, ""), beside=one.pk in beside)]
        for one in returns
    }


def not_asked(code: str, period: Period) -> str:
    """Return what is said to whoever gives a figure that is not asked for."""
    sentence = _("%(code)s is not asked of this library for %(period)s: leave the cell empty.")
    return sentence % {"code": code, "period": period}


def _by_level(indicators: Iterable[Indicator]) -> bool:
    return any(each.asked_of for each in indicators)


def _belongs(indicator: Indicator, one: Return, level: str, *, beside: bool = False) -> bool:
    """Say whether a return shows an indicator. beside: of a year whose months the library reports by themselves."""
    # What is stored is never hidden: a form that did not show it would take it out.
    said = indicator.code in one.figures or indicator.code in one.notes
    asked = indicator.is_asked(one.period.last_day, level, is_year=one.period.is_year)
    return said or (asked and (indicator.is_yearly or not beside))


def _beside_months(returns: Collection[Return]) -> set[int]:
    """Return the keys of the returns of years whose libraries report their months by themselves."""
    years = {one.period.code: one.period for one in returns if one.period.is_year}
    monthly = {code: by_the_month(year) for code, year in years.items()}
    return {one.pk for one in returns if one.library_id in monthly.get(one.period.code, ())}


def _levels(returns: Collection[Return]) -> dict[int, str]:
    first, last = min(one.period.first_day for one in returns), max(one.period.last_day for one in returns)
    found = stays(first, last, {one.library_id for one in returns})
    return {one.pk: standing(found[one.library_id], one.period).level for one in returns}
