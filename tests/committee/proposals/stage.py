"""Bring proposals for an agenda into every situation."""

from committee.proposals import actions
from committee.proposals.register import ACTS
from tests.committee.items.stage import call

__all__ = ["ACTS"]

RIGHTS = {"take": {"office"}, "leave": {"office"}, "again": {"office"}, "withdraw": {"committee"}}


def proposed(cast, title="统一押金政策"):
    return actions.propose(title=title, reason="各区做法不一", by=cast["committee"], clause="6.1 a")


def things(cast):
    return {"proposal": proposed(cast).pk}


def situations(cast):
    """Yield (situation, proposal) for each situation of a proposal."""
    office = cast["office"]
    yield "proposed", proposed(cast)
    yield "taken", actions.take(proposed(cast), meeting=call(cast), by=office)
    yield "left", actions.leave(proposed(cast), by=office, note="已有规定")
    yield "withdrawn", actions.withdraw(proposed(cast), by=cast["committee"])
