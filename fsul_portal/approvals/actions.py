"""Move a matter through its stages; the duties wrap these with their own words, checks and notices.

Each function expects to run inside the caller's transaction, with the row locked by `lock`.
"""

from django.utils import timezone

from fsul_portal.approvals.models import Opinion
from fsul_portal.approvals.rules import is_current, may_give_opinion, stage_for
from fsul_portal.approvals.stages import steps
from fsul_portal.records.actions import record
from fsul_portal.verdicts import Overtaken, require

_FIELDS = [
    "state",
    "step",
    "round",
    "version",
    *(f"{verb}_{end}" for verb in ("submitted", "decided", "withdrawn") for end in ("at", "by")),
]


class Stale(Overtaken):
    """Stand for a form drawn from an older version of the matter; its page is shown again with the text kept."""


def lock(matter):
    """Return the matter as it is now, locked until the end of the transaction."""
    return type(matter).objects.select_for_update(of=("self",)).get(pk=matter.pk)


def require_version(matter, version):
    """Refuse what was written on the ground of an older page; without a version nobody looked at a page."""
    verdict = is_current(matter, version)
    if version is not None and not verdict:
        raise Stale(verdict.sentence)


def submit(matter, *, by, note=""):
    """Hand a draft or a returned matter in; its first step begins."""
    before = matter.state
    matter.become(matter.State.SUBMITTED)
    matter.round, matter.step = matter.round + 1, steps(matter.stages())[0]
    matter.submitted_at, matter.submitted_by = timezone.now(), by
    matter.decided_at = matter.decided_by = None
    return _keep(matter, "submitted", by, before, note)


def agree(matter, *, by, note=""):
    """Give the opinion that is this person's to give; the last one accepts the matter."""
    require(may_give_opinion(by, matter))
    stage, before = stage_for(by, matter), matter.state
    _give(matter, stage, Opinion.Verdict.AGREED, by, note)
    if not matter.open_stages():
        later = [step for step in steps(matter.stages()) if step > matter.step]
        if later:
            matter.step = later[0]
        else:
            _decide(matter, matter.State.ACCEPTED, by)
    return _keep(matter, stage.key, by, before, note)


def give_back(matter, *, by, note):
    """Return the matter for correction, with what is to be corrected."""
    return _turn_down(matter, by, note, Opinion.Verdict.RETURNED, matter.State.RETURNED)


def refuse(matter, *, by, note):
    """Refuse the matter for good, with the reason."""
    return _turn_down(matter, by, note, Opinion.Verdict.REFUSED, matter.State.REFUSED)


def withdraw(matter, *, by, note=""):
    """Take back what has not been decided."""
    before = matter.state
    matter.become(matter.State.WITHDRAWN)
    matter.withdrawn_at, matter.withdrawn_by = timezone.now(), by
    return _keep(matter, "withdrawn", by, before, note)


def enter_into_force(matter, *, by=None):
    """Mark an accepted matter as carried out."""
    before = matter.state
    matter.become(matter.State.IN_FORCE)
    return _keep(matter, "in_force", by, before, "")


def _turn_down(matter, by, note, verdict, state):
    require(may_give_opinion(by, matter))
    stage, before = stage_for(by, matter), matter.state
    _give(matter, stage, verdict, by, note)
    _decide(matter, state, by)
    return _keep(matter, verdict.value, by, before, note)


def _give(matter, stage, verdict, by, note):
    matter.opinions.create(round=matter.round, stage=stage.key, verdict=verdict, note=note, given_by=by)


def _decide(matter, state, by):
    matter.become(state)
    matter.decided_at, matter.decided_by = timezone.now(), by


def _keep(matter, verb, by, before, note):
    matter.version += 1
    matter.save(update_fields=_FIELDS)
    record(matter, verb, by=by, before={"state": before}, after={"state": str(matter.state)}, note=note)
    return matter
