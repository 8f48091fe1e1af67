"""Move a matter through its turns; the duties wrap these with their own words, checks and notices.

Each function expects to run inside the caller's transaction, with the row locked by `lock`.
"""

from collections.abc import Callable
from datetime import date
from typing import TypeVar, cast

from django.apps import apps
from django.utils import timezone

from fsul_portal.access.deputies.actions import left_behind
from fsul_portal.approvals.kinds import KINDS
from fsul_portal.approvals.models import Matter, Turn
from fsul_portal.approvals.rounds import close_turns, first_step, open_rounds, open_step
from fsul_portal.approvals.rules import (
    may_enter_decision,
    may_give_opinion,
    may_recall,
    may_turn_down,
    stage_for,
)
from fsul_portal.records.actions import record
from fsul_portal.rooms import act_words
from fsul_portal.users import User
from fsul_portal.verdicts import Verdict, require

Filed = TypeVar("Filed", bound=Matter)

_FIELDS = [
    "state",
    "step",
    "round",
    "version",
    *(f"{verb}_{end}" for verb in ("submitted", "decided", "withdrawn") for end in ("at", "by")),
]
_ANSWER = ["given_at", "given_by", "on_behalf_of", "verdict", "note", "decision_number", "decided_on"]


def lock(matter: Filed) -> Filed:
    """Return the matter as it is now, locked until the end of the transaction."""
    return type(matter)._default_manager.select_for_update(of=("self",)).get(pk=matter.pk)


def submit(matter: Filed, *, by: User, note: str = "") -> Filed:
    """Hand a draft or a returned matter in; its way becomes turns, and the first step begins."""
    # The step is asked for first: a way on which nothing is asked leaves the matter as it was.
    before, step = matter.state, first_step(matter)
    matter.become(matter.State.SUBMITTED)
    matter.round, matter.step = matter.round + 1, step
    matter.submitted_at, matter.submitted_by = timezone.now(), by
    matter.decided_at = matter.decided_by = None
    _keep(matter, "submitted", by, before, note)
    open_rounds([matter])
    return matter


def agree(matter: Filed, *, by: User, note: str = "") -> Filed:
    """Give the opinion that is this person's to give; the last one accepts the matter."""
    turn = _turn_of(by, matter, may_give_opinion)
    return _go_on(matter, turn, by, note)


def enter_decision(matter: Filed, *, by: User, number: str, day: date, note: str = "") -> Filed:
    """Answer a turn that waits for a decision with the decision's number and day."""
    turn = _turn_of(by, matter, may_enter_decision)
    turn.decision_number, turn.decided_on = number, day
    return _go_on(matter, turn, by, note)


def give_back(matter: Filed, *, by: User, note: str) -> Filed:
    """Return the matter for correction, with what is to be corrected."""
    return _turn_down(matter, by, note, Turn.Verdict.RETURNED, matter.State.RETURNED)


def refuse(matter: Filed, *, by: User, note: str) -> Filed:
    """Refuse the matter for good, with the reason."""
    return _turn_down(matter, by, note, Turn.Verdict.REFUSED, matter.State.REFUSED)


def recall(matter: Filed, *, by: User, note: str = "") -> Filed:
    """Take a submission back while nobody has answered; it is a draft again."""
    require(may_recall(by, matter))
    before = matter.state
    matter.become(matter.State.DRAFT)
    matter.submitted_at = matter.submitted_by = None
    close_turns([matter])
    return _keep(matter, "recalled", by, before, note)


def take_back(matter: Filed, *, by: User, note: str) -> Filed:
    """Return what was accepted already, for correction; the duty says until when and by whom."""
    before = matter.state
    _decide(matter, matter.State.RETURNED, by)
    return _keep(matter, "taken back", by, before, note)


def withdraw(matter: Filed, *, by: User, note: str = "") -> Filed:
    """Take back what has not been carried out; who decided stays on record."""
    before = matter.state
    matter.become(matter.State.WITHDRAWN)
    matter.withdrawn_at, matter.withdrawn_by = timezone.now(), by
    close_turns([matter])
    return _keep(matter, "withdrawn", by, before, note)


def enter_into_force(matter: Filed, *, by: User | None = None) -> Filed:
    """Mark an accepted matter as carried out."""
    before = matter.state
    matter.become(matter.State.IN_FORCE)
    return _keep(matter, "in_force", by, before, "")


@left_behind
def hand_over_drafts(leaver: User, successor: User, by: User) -> int:
    """Give a successor what a leaver has in hand; who began it stays on record."""
    models = dict.fromkeys(apps.get_model(kind.model) for kind in KINDS.values())
    matters = [matter for model in models for matter in model.objects.in_hand_of(leaver).named()]
    for matter in matters:
        matter.keeper = successor
        matter.save(update_fields=["keeper"])
        record(matter, "handed over", by=by, before={"keeper": str(leaver)}, after={"keeper": str(successor)})
    return len(matters)


def _turn_of(user: User, matter: Matter, rule: Callable[[User, Matter], Verdict]) -> Turn:
    """Return the turn that is this person's, or refuse with the sentence of the rule."""
    turn = stage_for(user, matter)
    if turn is None or turn.by_decision != (rule is may_enter_decision):
        require(rule(user, matter))
    # The rule has refused whoever has no turn.
    return cast(Turn, turn)


def _go_on(matter: Filed, turn: Turn, by: User, note: str) -> Filed:
    """Keep the consent; open the next step, or accept the matter when there is none."""
    before = matter.state
    _give(turn, Turn.Verdict.AGREED, by, note)
    unanswered = [one for one in _unanswered(matter) if one.pk != turn.pk]
    if not any(one.step == matter.step for one in unanswered):
        if unanswered:
            matter.step = unanswered[0].step
            open_step(matter, [one for one in unanswered if one.step == matter.step])
        else:
            _decide(matter, matter.State.ACCEPTED, by)
    return _keep(matter, turn.key if turn.key in act_words() else "agreed", by, before, note)


def _unanswered(matter: Matter) -> list[Turn]:
    waiting = Turn.objects.of(matter).filter(round=matter.round, given_at__isnull=True, closed_at__isnull=True)
    return list(waiting.order_by("step", "pk"))


def _turn_down(matter: Filed, by: User, note: str, verdict: Turn.Verdict, state: str) -> Filed:
    turn, before = stage_for(by, matter), matter.state
    if turn is None:
        require(may_turn_down(by, matter))
    # As above.
    _give(cast(Turn, turn), verdict, by, note)
    _decide(matter, state, by)
    close_turns([matter])
    return _keep(matter, verdict.value, by, before, note)


def _give(turn: Turn, verdict: Turn.Verdict, by: User, note: str) -> None:
    turn.given_at, turn.given_by, turn.verdict, turn.note = timezone.now(), by, verdict, note
    turn.on_behalf_of_id = turn.for_whom
    turn.save(update_fields=_ANSWER)


def _decide(matter: Matter, state: str, by: User) -> None:
    matter.become(state)
    matter.decided_at, matter.decided_by = timezone.now(), by


def _keep(matter: Filed, verb: str, by: User | None, before: str, note: str) -> Filed:
    # Every act makes stale what was drawn from the page before it.
    matter.version += 1
    matter.save(update_fields=_FIELDS)
    record(matter, verb, by=by, before={"state": before}, after={"state": str(matter.state)}, note=note)
    return matter
