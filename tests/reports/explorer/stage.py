"""Bring a saved view into every situation."""

from reports.explorer import actions
from reports.explorer.verbs import VIEW_ACTS as ACTS

__all__ = ["ACTS"]

RIGHTS = {verb: {"office"} for verb in ("rename", "share", "withhold", "remove")}


def _saved(cast, name="到馆"):
    return actions.save_view(name, "figure=V01", by=cast["office"])


def things(cast):
    """Save a view that others find."""
    view = actions.share(_saved(cast), by=cast["office"])
    return {"view": view.key}


def situations(cast):
    """Yield (situation, view) for each situation of a view."""
    yield "one's own", _saved(cast)
    yield "shared", actions.share(_saved(cast), by=cast["office"])
    yield "removed", actions.remove(actions.share(_saved(cast), by=cast["office"]), by=cast["office"])
