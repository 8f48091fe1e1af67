"""Draw how far a matter has come."""

from typing import Any

from django.utils.translation import gettext as _

from fsul_portal.approvals.models import Matter, Turn
from fsul_portal.approvals.stages import Stage
from fsul_portal.approvals.ways.models import Asked
from fsul_portal.users import User

# What is given back for correction goes on; what is refused is at its end.
STATES_OF_ANSWERS = {Turn.Verdict.AGREED: "done", Turn.Verdict.RETURNED: "returned", Turn.Verdict.REFUSED: "refused"}


def progress(matter: Matter) -> list[dict[str, Any]]:
    """Return the way of a matter as the component `_stages` takes it: submission, then each stage of this round."""
    return [_submission(matter), *(_step(matter, stage) for stage in matter.stages())]


def _submission(matter: Matter) -> dict[str, Any]:
    state = "current" if matter.can_become(matter.State.SUBMITTED) else "done" if matter.submitted_at else "waiting"
    return {
        "title": _("Submission"),
        "state": state,
        "who": matter.submitted_by if state == "done" else matter.started_by,
        "at": matter.submitted_at if state == "done" else None,
    }


def _step(matter: Matter, stage: Asked | Stage) -> dict[str, Any]:
    if not isinstance(stage, Turn) or stage.given_at is None:
        is_awaited = isinstance(stage, Turn) and matter.state == matter.State.SUBMITTED and stage.is_open
        return {"title": stage.title, "state": "current" if is_awaited else "waiting", "who": stage.seat}
    return {
        "title": stage.title,
        "state": STATES_OF_ANSWERS[Turn.Verdict(stage.verdict)],
        "who": spoken_by(stage),
        "at": stage.given_at,
        "note": stage.note,
    }


def spoken_by(turn: Turn) -> User | str | None:
    """Say who gave an opinion, and for whom."""
    if turn.on_behalf_of_id is None:
        return turn.given_by
    return _("%(deputy)s for %(absent)s") % {"deputy": turn.given_by, "absent": turn.on_behalf_of}
