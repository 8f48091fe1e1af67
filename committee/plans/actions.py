"""Propose a plan, say what it is measured by, and enter what a year has brought (6.1 b)."""

from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from committee.plans.models import Plan, PlanIndicator
from committee.plans.rules import may_enter_values, may_set_indicators
from fsul_portal.lives.actions import claim, step
from fsul_portal.lives.models import Fault
from fsul_portal.papers.actions import propose
from fsul_portal.users import User
from fsul_portal.verdicts import Unready
from members.indicators.models import Indicator


def propose_plan(
    *,
    title: str,
    kind: str,
    first_year: int,
    last_year: int,
    by: User,
    replaces: Plan | None = None,
    token: str = "",
) -> Plan:
    """Propose that a plan be written for some years."""
    plan = Plan(title=title, kind=kind, first_year=first_year, last_year=last_year, replaces=replaces)
    return propose(plan, by=by, token=token)


@transaction.atomic
def add_indicator(
    plan: Plan,
    *,
    by: User,
    goal: str,
    base_year: int,
    base: Decimal,
    target: Decimal,
    title: str = "",
    code: str = "",
    unit: str = "",
    source: str = "",
    version: int | None = None,
    note: str = "",
) -> Plan:
    """Say what a goal is measured by; what libraries report has the name and the unit that it has there."""
    plan = claim(plan, may_set_indicators, by=by, version=version)
    if code:
        if not Indicator.objects.in_use().filter(code=code).exists():
            raise Unready([Fault("code", _("There is no indicator of this code in use."))])
        unit, source = "", ""
    elif not (title and source):
        raise Unready([Fault("title" if source else "source", _("Give its name, and the source of its values."))])
    if plan.indicators.filter(title=title, code=code).exists():
        raise Unready([Fault("title", _("The plan has this indicator already."))])
    facts = {"goal": goal, "title": title, "code": code, "unit": unit, "source": source}
    plan.indicators.create(base_year=base_year, base=base, target=target, **facts)
    return step(plan, "plan indicator added", by=by, note=_joined(title or code, note))


@transaction.atomic
def drop_indicator(plan: Plan, *, by: User, indicator: int, version: int | None = None, note: str = "") -> Plan:
    """Take an indicator out again, as long as the plan is being drafted."""
    plan = claim(plan, may_set_indicators, by=by, version=version)
    found = _indicator(plan, indicator)
    found.delete()
    return step(plan, "plan indicator dropped", by=by, note=_joined(str(found), note))


@transaction.atomic
def enter_value(
    plan: Plan,
    *,
    by: User,
    indicator: int,
    year: int,
    value: Decimal,
    source: str,
    version: int | None = None,
    note: str = "",
) -> Plan:
    """Enter what a year has brought for an indicator that libraries do not report, or correct it."""
    plan = claim(plan, may_enter_values, by=by, version=version)
    found = _indicator(plan, indicator)
    if found.code:
        raise Unready([Fault("indicator", _("This one is added up from the returns; nobody types it."))])
    if not plan.first_year <= year <= min(plan.last_year, timezone.localdate().year):
        raise Unready([Fault("year", _("This is no year of the plan that has begun."))])
    facts = {"value": value, "source": source, "entered_at": timezone.now(), "entered_by": by}
    found.values.update_or_create(year=year, defaults=facts)
    return step(plan, "plan value entered", by=by, note=_joined(f"{found.title} {year}: {value}", note))


def _indicator(plan: Plan, key: int) -> PlanIndicator:
    found = plan.indicators.filter(pk=key).first()
    if found is None:
        raise Unready([Fault("indicator", _("There is no such indicator here."))])
    return found


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
