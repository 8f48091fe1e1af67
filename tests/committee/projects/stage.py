"""Bring key projects into every situation; the lead of the technical group is responsible for them."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from committee.projects import actions
from committee.projects.bulletins.actions import give_bulletin
from committee.projects.bulletins.models import quarter_before
from committee.projects.models import Project
from committee.projects.verbs import ACTS
from members.libraries.models import Library

__all__ = ["ACTS"]

HANDS = {"office", "technical-lead"}
RIGHTS = {
    "decide": {"chair"},
    "drop": {"office"},
    "begin": HANDS,
    "update": HANDS,
    "reach": HANDS,
    "milestone": HANDS,
    "move": {"office"},
    "risk": HANDS,
    "risk-gone": HANDS,
    "accept": {"chair"},
    "end": {"chair"},
}


def in_days(count):
    return timezone.localdate() + timedelta(days=count)


def proposed(cast, title="统一自动化平台升级", by="committee", starts=-100, ends=100, **facts):
    facts = {"scope": "city", "aim": "统一全市流通平台", "units": "各区总馆", "budget": Decimal("86.5")} | facts
    lead = Library.objects.get(code="FS001")
    return actions.propose_project(
        title=title,
        lead=lead,
        manager=cast["technical-lead"],
        starts_on=in_days(starts),
        ends_on=in_days(ends),
        by=cast[by],
        **facts,
    )


def decided(cast, due=30, **facts):
    project = proposed(cast, **facts)
    # Typed, since another room may have decisions in the register by now; decided today all the same.
    actions.decide(project, by=cast["chair"], number="议定〔2019〕6号", day=in_days(-2000))
    Project.objects.filter(pk=project.pk).update(decided_on=in_days(0))
    project = Project.objects.get(pk=project.pk)
    return actions.add_milestone(project, by=cast["technical-lead"], title="完成数据迁移", due_on=in_days(due))


def under_way(cast, **facts):
    return actions.begin_project(decided(cast, **facts), by=cast["technical-lead"])


def backdated(project, days=70):
    """Let a project have begun, and been decided on, so many days ago, as if it had been entered then."""
    Project.objects.filter(pk=project.pk).update(began_on=in_days(-days), decided_on=in_days(-days))
    return Project.objects.get(pk=project.pk)


def reached(cast, **facts):
    project = under_way(cast, **facts)
    milestone = project.milestones.get().pk
    facts = {"done_on": in_days(0), "evidence": "迁移报告"}
    return actions.reach_milestone(project, by=cast["technical-lead"], milestone=milestone, **facts)


def with_risk(cast):
    project = under_way(cast)
    return actions.add_risk(project, by=cast["office"], text="供应商延期", level="high", measure="每周例会")


def things(cast):
    project = with_risk(cast)
    return {"project": project.pk, "bulletin": give_bulletin(quarter=last_quarter(), by=cast["office"]).pk}


def last_quarter():
    return quarter_before(timezone.localdate())


def situations(cast):
    """Yield (situation, project) for each situation."""
    chair = cast["chair"]
    yield "proposed", proposed(cast)
    yield "decided on", decided(cast)
    yield "under way", under_way(cast)
    yield "under way, a risk open", with_risk(cast)
    yield "under way, milestones reached", reached(cast)
    yield "accepted", actions.accept(reached(cast), by=chair, outcome="按期上线")
    yield "ended early", actions.end(under_way(cast), by=chair, note="经费未落实")
    yield "not taken up", actions.drop(proposed(cast), by=cast["office"], note="并入其他项目")
