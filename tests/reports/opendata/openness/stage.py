"""Open the data and close it."""

from reports.opendata import actions
from reports.opendata.models import Openness
from reports.opendata.verbs import OPENNESS_ACTS as ACTS

__all__ = ["ACTS"]

RIGHTS = {"open": {"office"}, "close": {"office"}}


def situations(cast):
    """Yield (situation, openness); there is one row, so each situation is a copy of it."""
    yield "closed", Openness.now()
    yield "open", actions.open_to_everybody(Openness.now(), by=cast["office"])
