"""Bring addenda to minutes into every situation."""

from committee.confirmations import actions
from committee.confirmations.register import ACTS
from tests.committee.items.stage import written
from tests.minutes import signed

__all__ = ["ACTS"]

RIGHTS = {"sign": {"chair"}, "drop": {"office"}}


def addendum(cast):
    meeting = signed(written(cast).meeting, office=cast["office"], chair=cast["chair"])
    return actions.write_addendum(meeting, text="第二项应为“自评于三月开始”。", by=cast["office"])


def things(cast):
    return {"addendum": addendum(cast).pk}


def situations(cast):
    """Yield (situation, addendum) for each situation of an addendum."""
    yield "written", addendum(cast)
    yield "signed", actions.sign_addendum(addendum(cast), by=cast["chair"])
    yield "put away", actions.drop_addendum(addendum(cast), by=cast["office"])
