"""Bring institutions into every situation."""

from datetime import timedelta

from django.utils import timezone

from committee.institutions.actions import propose_institution
from committee.institutions.models import Institution
from committee.institutions.register import ACTS
from fsul_portal.papers import actions

__all__ = ["ACTS"]

OVERSEERS = {"chair", "committee", "office", "coordination-lead", "technical-lead", "resources-lead"}
RIGHTS = {
    "write": {"office"},
    "consult": {"office"},
    "speak": OVERSEERS | {"nanhai-reviewer"},
    "answer": {"office"},
    "submit": {"office"},
    "agree": set(),  # the way waits for a decision
    "enter-decision": {"chair"},
    "give-back": {"chair"},
    "refuse": {"chair"},
    "recall": {"office"},
    "issue": {"office"},
    "review": {"office"},
    "repeal": {"office"},
    "withdraw": {"office"},
}
TEXT = "一、总则。为规范联席会议，制定本制度。\n二、会议每年不少于两次。"


def proposed(cast, title="联席会议例会制度", by="committee", **facts):
    facts = {"kind": "meetings", "basis": "体系建设规范", "in_charge": "统筹办公室"} | facts
    return propose_institution(title=title, by=cast[by], **facts)


def drafted(cast, **facts):
    return actions.write(proposed(cast, **facts), by=cast["office"], text=TEXT)


def consulted(cast, days=10, **facts):
    until = timezone.localdate() + timedelta(days=days)
    return actions.consult(drafted(cast, **facts), by=cast["office"], until=until)


def spoken(cast, **facts):
    paper = consulted(cast, **facts)
    edition = paper.edition.number
    actions.speak(paper, by=cast["nanhai-reviewer"], text="建议明确请假办法", clause="二", edition=edition)
    return paper


def submitted(cast, **facts):
    return actions.submit(consulted(cast, **facts), by=cast["office"])


def decided(cast, **facts):
    day = timezone.localdate() - timedelta(days=2000)
    return actions.enter_decision(submitted(cast, **facts), by=cast["chair"], number="议定〔2019〕3号", day=day)


def in_force(cast, **facts):
    issued = actions.issue(decided(cast, **facts), by=cast["office"], in_force_on=timezone.localdate())
    return actions.enter_into_force(issued)


def things(cast):
    return {"institution": in_force(cast).pk}


def situations(cast):
    """Yield (situation, institution) for each state."""
    office, chair = cast["office"], cast["chair"]
    yield "proposed", proposed(cast)
    yield "drafted", drafted(cast)
    yield "consulted", consulted(cast)
    yield "consulted, an opinion to answer", spoken(cast)
    yield "put to decision", submitted(cast)
    yield "returned", actions.give_back(submitted(cast), by=chair, note="请补充")
    yield "decided", decided(cast)
    old = in_force(cast)
    later = timezone.localdate() + timedelta(days=30)
    yield "issued", actions.issue(decided(cast, replaces=old), by=office, in_force_on=later)
    yield "in force", in_force(cast)
    yield "in force, ends on a day", Institution.objects.get(pk=old.pk)
    yield "repealed", actions.repeal(in_force(cast), by=office, note="不再适用")
    yield "refused", actions.refuse(submitted(cast), by=chair, note="暂不制定")
