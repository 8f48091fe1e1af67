"""Reckon which totals of a locked period move when one library's figures are corrected (6.2.1 j)."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from fsul_portal.grammar.words import in_own_language
from members.indicators.models import Indicator
from members.indicators.words import titles_by_code
from members.libraries.models import Library
from members.periods.models import Period
from members.returns.models import Return
from reports.editions.figures.spans import Span, read_span, total_of

# Whose total it is, where it is not that of a district.
SYSTEM = ""


def corrected(figures: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """Return figures with those of a slip in their place; what is None there was not reported."""
    return {code: value for code, value in {**figures, **new}.items() if value is not None}


def moves(library: Library, period: Period, new: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the totals that move, each {"code", "place", "name", "name_en", "before", "after"}; the district first.

    They are added up as the reports add them up, from the returns as they are now and as they would be.
    """
    span = read_span(period.code)
    if library.pk not in span.facts:
        return []
    indicators = [one for one in Indicator.objects.filter(code__in=new) if one.is_additive]
    district = span.places[library.pk].get(period.code) or span.facts[library.pk].district
    names = {SYSTEM: ("全体系", "All libraries"), district.code: (district.name, district.name_en or district.name)}
    before = _totals(span, indicators, district)
    answers = span.answers[library.pk]
    answers[period.code] = corrected(answers.get(period.code, {}), new)
    after = _totals(span, indicators, district)
    return [
        {"code": code, "place": place, "name": names[place][0], "name_en": names[place][1], "before": was, "after": now}
        for (code, place), was in before.items()
        if (now := after[code, place]) != was
    ]


def _totals(span: Span, indicators: list[Indicator], district: Any) -> dict[tuple[str, str], int | None]:
    places = ((district.code, district), (SYSTEM, None))
    return {(one.code, key): total_of(span, one, place)["value"] for one in indicators for key, place in places}


def stored_figures(library: Library, period: Period) -> dict[str, Any]:
    """Return what counts of a library in a period now; nothing where it did not report or was not accepted."""
    one = Return.objects.accepted().filter(library=library, period=period).first()
    return one.figures if one else {}


def moves_in_words(moved: list[dict[str, Any]]) -> list[str]:
    """Say of each total how it moves, in the reader's language."""
    titles = titles_by_code()
    return [
        _("%(indicator)s, %(place)s: %(before)s becomes %(after)s (%(difference)s)")
        % {
            "indicator": titles.get(one["code"], one["code"]),
            "place": in_own_language(one["name"], one["name_en"]),
            "before": _number(one["before"]),
            "after": _number(one["after"]),
            "difference": f"{(one['after'] or 0) - (one['before'] or 0):+,}",
        }
        for one in moved
    ]


def _number(value: int | None) -> str:
    return _("none") if value is None else f"{value:,}"
