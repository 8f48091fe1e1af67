"""Move a matter through its turns; the duties wrap these with their own words, checks and notices.

Each function expects to run inside the caller's transaction, with the row locked by `lock`.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, TypeVar, cast

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
from fsul_portal.records.actions import Entry, record, record_many
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
_ANSWER = ["given_at", "given_by", "on_behalf_of", "verdict", "note"]


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


def agree(matter: Filed, *, by: User, note: str = "", number: str = "", day: date | None = None) -> Filed:
    """Give the opinion that is this person's to give; the last one accepts the matter.

    number, day: of the decision on which the consent rests, where there is one.
    """
    said: dict[str, Any] = {"decision_number": number, "decided_on": day} if number else {}
    return _go_on([(matter, _turn_of(by, matter, may_give_opinion))], by, note, **said)[0]


def agree_to_all(matters: Sequence[Filed], *, by: User, note: str = "") -> list[Filed]:
    """Give the opinion on each of many matters of one model; however many, it costs the queries of one."""
    answers = [(matter, _turn_of(by, matter, may_give_opinion)) for matter in matters]
    return _go_on(answers, by, note) if answers else []


def enter_decision(matter: Filed, *, by: User, number: str, day: date, note: str = "") -> Filed:
    """Answer a turn that waits for a decision with the decision's number and day."""
    turn = _turn_of(by, matter, may_enter_decision)
    return _go_on([(matter, turn)], by, note, decision_number=number, decided_on=day)[0]


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


def _go_on(answers: Sequence[tuple[Filed, Turn]], by: User, note: str, **said: Any) -> list[Filed]:
    """Keep the consents; open the next step of each matter, or accept it when there is none.

    answers: each matter with the turn that is answered. said: what else the turn keeps.
    """
    given, opened, kept = [], [], []
    for matter, turn in answers:
        # Of the turns that were fetched along with the matter: who reads them afterwards finds the answer there.
        waiting = [one for one in matter.turns.all() if one.round == matter.round and _is_unanswered(one)]
        given += [_give(one, Turn.Verdict.AGREED, by, note, turn.for_whom, **said) for one in waiting if one == turn]
        kept.append((matter, turn.key if turn.key in act_words() else "agreed", matter.state))
        opened += _next_step(matter, [one for one in waiting if one != turn], by)
    Turn.objects.bulk_update(given, [*_ANSWER, *said])
    open_step([matter for matter, __ in answers], opened)
    return _keep_all(kept, by, note)


def _is_unanswered(turn: Turn) -> bool:
    return turn.given_at is None and turn.closed_at is None


def _next_step(matter: Matter, waiting: Sequence[Turn], by: User) -> list[Turn]:
    """Take a matter on from a step in which nothing is waited for any more; return the turns that open then."""
    if any(one.step == matter.step for one in waiting):
        return []
    if not waiting:
        _decide(matter, matter.State.ACCEPTED, by)
        return []
    matter.step = min(one.step for one in waiting)
    return [one for one in waiting if one.step == matter.step]


def _turn_down(matter: Filed, by: User, note: str, verdict: Turn.Verdict, state: str) -> Filed:
    turn, before = stage_for(by, matter), matter.state
    if turn is None:
        require(may_turn_down(by, matter))
    # As above.
    answered = cast(Turn, turn)
    _give(answered, verdict, by, note, answered.for_whom).save(update_fields=_ANSWER)
    _decide(matter, state, by)
    close_turns([matter])
    return _keep(matter, verdict.value, by, before, note)


def _give(turn: Turn, verdict: str, by: User, note: str, for_whom: int | None, **said: Any) -> Turn:
    """Put an answer into its turn; whoever asks writes it, for one or for many."""
    answer = {"given_at": timezone.now(), "given_by": by, "on_behalf_of_id": for_whom, "verdict": verdict, "note": note}
    for name, value in (answer | said).items():
        setattr(turn, name, value)
    return turn


def _decide(matter: Matter, state: str, by: User) -> None:
    matter.become(state)
    matter.decided_at, matter.decided_by = timezone.now(), by


def _keep(matter: Filed, verb: str, by: User | None, before: str, note: str) -> Filed:
    return _keep_all([(matter, verb, before)], by, note)[0]


def _keep_all(kept: Sequence[tuple[Filed, str, str]], by: User | None, note: str) -> list[Filed]:
    """Write down where matters stand now, and what was done; kept: each with the verb and the state before."""
    matters = [matter for matter, *__ in kept]
    for matter in matters:
        # Every act makes stale what was drawn from the page before it.
        matter.version += 1
    type(matters[0])._default_manager.bulk_update(matters, _FIELDS)
    record_many(
        Entry(matter, verb, by, before={"state": before}, after={"state": str(matter.state)}, note=note)
        for matter, verb, before in kept
    )
    return matters
