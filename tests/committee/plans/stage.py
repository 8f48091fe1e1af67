"""Bring plans into every situation."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from committee.plans.actions import add_indicator, propose_plan
from committee.plans.models import Plan
from committee.plans.verbs import ACTS
from fsul_portal.papers import actions
from tests.committee.institutions.stage import RIGHTS as OF_DOCUMENTS

__all__ = ["ACTS"]

RIGHTS = {"indicator": {"office"}, "drop": {"office"}, "value": {"office"}} | OF_DOCUMENTS


def proposed(cast, title="体系发展规划", **facts):
    year = timezone.localdate().year
    facts = {"kind": "long", "first_year": year - 1, "last_year": year + 3} | facts
    return propose_plan(title=title, by=cast["committee"], **facts)


def measured(cast, **facts):
    """Return a plan with two indicators, one that libraries report and one that is typed."""
    plan, office = proposed(cast, **facts), cast["office"]
    plan = actions.write(plan, by=office, text="一、目标。服务覆盖全市镇街。")
    years = {"base_year": plan.first_year - 1, "base": Decimal(1000), "target": Decimal(2000)}
    plan = add_indicator(plan, by=office, goal="服务效能", code="V01", **years)
    years |= {"base": Decimal(80), "target": Decimal(100)}
    return add_indicator(plan, by=office, goal="覆盖", title="镇街覆盖率", unit="%", source="统筹办公室统计", **years)


def consulted(cast, days=10, **facts):
    until = timezone.localdate() + timedelta(days=days)
    return actions.consult(measured(cast, **facts), by=cast["office"], until=until)


def spoken(cast):
    plan = consulted(cast)
    actions.speak(plan, by=cast["nanhai-reviewer"], text="目标偏高", edition=plan.edition.number)
    return plan


def submitted(cast, **facts):
    return actions.submit(consulted(cast, **facts), by=cast["office"])


def decided(cast, **facts):
    plan = submitted(cast, **facts)
    return actions.enter_decision(
        plan, by=cast["chair"], number="议定〔2019〕5号", day=timezone.localdate() - timedelta(days=2000)
    )


def in_force(cast, **facts):
    issued = actions.issue(decided(cast, **facts), by=cast["office"], in_force_on=timezone.localdate())
    return actions.enter_into_force(issued)


def things(cast):
    return {"systemplan": in_force(cast).pk}


def situations(cast):
    """Yield (situation, plan) for the states in which a plan differs from an institution."""
    office, chair = cast["office"], cast["chair"]
    yield "proposed", proposed(cast)
    yield "drafted, with indicators", measured(cast)
    yield "consulted, an opinion to answer", spoken(cast)
    yield "put to decision", actions.submit(consulted(cast), by=office)
    yield "returned", actions.give_back(actions.submit(consulted(cast), by=office), by=chair, note="请补充")
    yield "decided", decided(cast)
    yield "in force", in_force(cast)
    later = timezone.localdate() + timedelta(days=30)
    old = in_force(cast)
    yield "issued", actions.issue(decided(cast, replaces=old), by=office, in_force_on=later)
    yield "in force, ends on a day", Plan.objects.get(pk=old.pk)
