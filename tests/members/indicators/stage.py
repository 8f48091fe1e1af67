"""Bring an indicator into every situation."""

from members.indicators.actions import ask, cease
from members.indicators.formulas.actions import load_first_formulas
from members.indicators.models import Indicator
from members.indicators.verbs import ACTS
from members.periods.models import this_month
from members.returns.checks.keeping.actions import load_first_checks

__all__ = ["ACTS"]


def things(cast):
    """Keep the first formulas."""
    load_first_formulas()
    load_first_checks()
    return {"formula": "K01"}


RIGHTS = {"ask": {"office"}, "cease": {"office"}}


def situations(cast):
    """Yield (situation, indicator) for each situation of an indicator."""

    def one(code):
        return Indicator.objects.get(code=code)

    yield "asked", one("V01")
    yield "not asked", one("L03")
    yield "taken from the registry", one("N01")
    month, office = this_month(), cast["office"]
    yield "asked no more", cease(ask(one("L05"), since=month, by=office), after=month, by=office)
