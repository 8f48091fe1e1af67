"""Bring a filing into every situation."""

from members.libraries.models import Library
from tests.workgroups.coordination.filings.filings import answers_of, in_days
from workgroups.coordination.filings import actions
from workgroups.coordination.filings.models import Filing
from workgroups.coordination.filings.verbs import ACTS

__all__ = ["ACTS"]

RIGHTS = {
    "submit": {"nanhai"},
    "agree": {"nanhai-reviewer", "coordination-lead"},
    "enter-decision": set(),  # no usual way has such a stage; the tests of ways lay one
    "give-back": {"nanhai-reviewer", "coordination-lead"},
    "refuse": {"nanhai-reviewer", "coordination-lead"},
    "recall": {"nanhai"},
    "carry-out": {"coordination-lead"},
    "withdraw": {"nanhai", "branch"},
}


def begin(cast, code="NH002", kind="suspension"):
    asked = answers_of(kind, until=in_days(40)) if kind == "suspension" else answers_of(kind)
    return actions.begin(kind, Library.objects.get(code=code), by=cast["nanhai"], asked=asked)


def submit(cast, *which):
    return actions.submit(begin(cast, *which), by=cast["nanhai"], checked=True)


def things(cast):
    return {"filing": submit(cast, "NH002", "move").pk}


def situations(cast):
    """Yield (situation, filing) for each situation of a filing."""
    nanhai, reviewer, lead = cast["nanhai"], cast["nanhai-reviewer"], cast["coordination-lead"]
    yield "draft", begin(cast, "NH001")
    yield "submitted", submit(cast, "NH002")
    yield "signed", actions.agree(submit(cast, "NH003"), by=reviewer)
    yield "returned", actions.give_back(submit(cast, "NH004"), by=reviewer, note="请补充")
    yield "recalled", actions.recall(submit(cast, "NH001"), by=nanhai)
    yield "refused", actions.refuse(submit(cast, "NH001"), by=reviewer, note="不符合要求")

    def accept(code):
        return actions.agree(actions.agree(submit(cast, code, "move"), by=reviewer), by=lead)

    yield "accepted", accept("NH002")
    due = accept("NH004")
    # Its day came while no job ran.
    Filing.objects.filter(pk=due.pk).update(effective_on=in_days(0))
    yield "accepted, its day has come", Filing.objects.get(pk=due.pk)
    yield "withdrawn", actions.withdraw(submit(cast, "NH003", "move"), by=nanhai)
