"""Hold what a check looks at (6.2.1 j)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace

from django.conf import settings

from members.indicators.dictionary import FIRST_INDICATORS, First
from members.indicators.models import Indicator
from members.returns.checks.history import NO_PAST, Past
from members.returns.due.expected import Standing

# What each indicator is called in Chinese and in English, by code.
Names = Mapping[str, tuple[str, str]]


# From where on a return is questioned, by the names of settings.RETURN_CHECKS.
Limits = SimpleNamespace


def limits() -> Limits:
    return Limits(**settings.RETURN_CHECKS)


def names_of(indicators: Iterable[Indicator | First]) -> Names:
    return {one.code: (one.name, one.name_en) for one in indicators}


FIRST_NAMES = names_of(FIRST_INDICATORS)


@dataclass(slots=True)
class Case:
    """What the rules look at; `numbers` are the figures that are numbers, filled in by `check`.

    names: what the office calls the indicators now; without them they are called as at first.
    """

    figures: dict
    days: int
    standing: Standing
    past: Past = NO_PAST
    is_year: bool = False
    limits: Limits = field(default_factory=limits)
    names: Names = field(default_factory=lambda: FIRST_NAMES)
    numbers: dict = field(default_factory=dict)
