"""Change the dictionary of indicators, and of whom its figures are asked, on record."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from fsul_portal.records.actions import record
from fsul_portal.users import User
from fsul_portal.verdicts import require
from members.indicators.models import Indicator
from members.indicators.rules import may_ask, may_cease, may_change_indicators
from members.indicators.versions.actions import keep, keep_first
from members.periods.models import month_before, period_days, this_month

CHANGEABLE = (
    "name",
    "name_en",
    "unit",
    "unit_en",
    "over_time",
    "over_libraries",
    "definition",
    "definition_en",
    "sort",
    "asked_from",
    "asked_of",
    "valid_from",
    "valid_until",
)


@transaction.atomic
def change_indicator(indicator: Indicator, *, since: str = "", by: User) -> Indicator:
    """Keep what a form has set on an indicator, from a month on, else from this one; its code stays (6.2.1 j)."""
    require(may_change_indicators(by, since))
    stored = _locked(indicator)
    wanted = {name: getattr(indicator, name) for name in CHANGEABLE}
    return _keep(stored, wanted, "changed", by, since or this_month())


@transaction.atomic
def ask(indicator: Indicator, *, since: str, levels: Sequence[str] = (), by: User) -> Indicator:
    """Let libraries of some levels, or all of them, be asked for an indicator from a month on (6.2.1 j)."""
    stored = _locked(indicator)
    require(may_ask(by, stored, since))
    asked = {"in_use": True, "asked_from": period_days(since)[0], "asked_until": None, "asked_of": list(levels)}
    return _keep(stored, asked, "asked", by, since)


@transaction.atomic
def cease(indicator: Indicator, *, after: str, by: User) -> Indicator:
    """Let nobody be asked for an indicator after a month; what was reported stays (6.2.1 j)."""
    stored = _locked(indicator)
    require(may_cease(by, stored, after))
    return _keep(stored, {"asked_until": period_days(after)[1]}, "asked no more", by, month_before(after, -1))


def _locked(indicator: Indicator) -> Indicator:
    return Indicator.objects.select_for_update().get(pk=indicator.pk)


def _keep(stored: Indicator, wanted: dict[str, Any], verb: str, by: User, since: str) -> Indicator:
    after = {name: value for name, value in wanted.items() if getattr(stored, name) != value}
    if not after:
        return stored
    before = {name: getattr(stored, name) for name in after}
    keep_first()
    for name, value in after.items():
        setattr(stored, name, value)
    stored.save(update_fields=list(after))
    keep({stored.code: after}, since, by=by)
    record(stored, verb, by=by, before=before, after=after)
    return stored
