"""Bring decisions into every situation."""

from datetime import timedelta

from django.utils import timezone

from committee.confirmations.actions import circulate
from committee.decisions import actions
from committee.decisions.models import Ballot, Decision
from committee.decisions.register import ACTS
from tests.committee.items.stage import ROLL, hold, last
from tests.minutes import signed

__all__ = ["ACTS"]

RIGHTS = {
    "vote": {"chair", "committee"},
    "task": {"office"},
    "effect": {"office"},
    "end": {"office"},
    "strike": {"office"},
}
FACTS = {"title": "考评安排", "text": "同意考评安排。", "clause": "6.1 e"}


def noted(cast, **facts):
    return actions.note(last(hold(cast, roll=facts.pop("roll", ROLL))), **FACTS | facts, by=cast["office"])


def standing(cast, **facts):
    decision = noted(cast, **facts)
    signed(decision.meeting, office=cast["office"], chair=cast["chair"])
    return Decision.objects.get(pk=decision.pk)


def asked(cast, days=5):
    closes_on = timezone.localdate() + timedelta(days=days)
    return actions.ask_in_writing(**FACTS, closes_on=closes_on, by=cast["office"])


def things(cast):
    office = cast["office"]
    facts = {"title": "印发通知", "to": cast["coordination-lead"], "days": 5, "helpers": "各区总馆"}
    actions.give_task(standing(cast), **facts, by=office)
    return {"decision": asked(cast).pk}


def situations(cast):
    """Yield (situation, decision) for each situation of a decision."""
    office = cast["office"]
    yield "noted", noted(cast)
    decision = noted(cast)
    circulate(decision.meeting, by=office)
    yield "minutes being confirmed", Decision.objects.get(pk=decision.pk)
    yield "in force", standing(cast)
    counts = {"for": 0, "against": 1, "abstained": 1}
    yield "not carried", standing(cast, method="vote", counts=counts)
    absent = [*ROLL[:1], *({"name": name, "unit": name, "presence": "absent"} for name in "甲乙丙")]
    yield "without quorum", standing(cast, roll=absent)
    yield "struck", actions.strike(noted(cast), by=office, note="记错")
    yield "repealed", actions.repeal(standing(cast), by=office, note="不再适用")
    yield "being voted on", asked(cast)
    yield "voted by one", actions.vote(asked(cast), choice=Ballot.Choice.FOR, by=cast["committee"])
