"""Draw how far a matter has come."""

from django.utils.translation import gettext as _

from fsul_portal.approvals.models import Opinion


def progress(matter):
    """Return the way of a matter as the component `_stages` takes it: submission, then each stage of this round."""
    given = {opinion.stage: opinion for opinion in matter.opinions.all() if opinion.round == matter.round}
    awaited = {stage.key for stage in matter.open_stages()}
    steps = [_step(stage, given.get(stage.key), stage.key in awaited) for stage in matter.stages()]
    return [_submission(matter), *steps]


def _submission(matter):
    state = "current" if matter.can_become(matter.State.SUBMITTED) else "done" if matter.submitted_at else "waiting"
    return {
        "title": _("Submission"),
        "state": state,
        "who": matter.submitted_by if state == "done" else matter.started_by,
        "at": matter.submitted_at if state == "done" else None,
    }


def _step(stage, opinion, is_awaited):
    if opinion is None:
        return {"title": stage.title, "state": "current" if is_awaited else "waiting", "who": stage.seat}
    agreed = opinion.verdict == Opinion.Verdict.AGREED
    return {
        "title": stage.title,
        "state": "done" if agreed else "refused",
        "who": opinion.given_by,
        "at": opinion.given_at,
        "note": opinion.note,
    }
