"""Say who may give which opinion: four eyes, the right seat, the right moment."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from django.db.models import F
from django.utils.translation import gettext as _

from fsul_portal.access.rules import holds, holds_on
from fsul_portal.approvals.models import Matter, Turn
from fsul_portal.users import User
from fsul_portal.verdicts import Allowed, Denied, Verdict, closed, not_now

Answer = TypeVar("Answer", Turn | None, Turn | Denied)


def stage_for(user: User, matter: Matter) -> Turn | None:
    """Return the turn that is open to this user, his own seat first, with `for_whom` he would answer; or None."""
    return _known(_stage_for, user, matter)


def look_up_stages(user: User, matters: Sequence[Matter]) -> None:
    """Ask once for the turns of many matters that are open to this user; whatever asks for one of them then knows."""
    stages = _stages_for(user, matters)
    for matter in matters:
        known, key = _answers(_stage_for, user, matter)
        known[key] = user, stages.get(matter.pk)


def _known(ask: Callable[[User, Matter], Answer], user: User, matter: Matter) -> Answer:
    """Keep an answer for these two objects and this version: a page asks for every button, an action reads anew."""
    known, key = _answers(ask, user, matter)
    if key not in known:
        # The person is kept as well, so that no other one is given his identity meanwhile.
        known[key] = user, ask(user, matter)
    answer: Answer = known[key][1]
    return answer


def _answers(ask: Any, user: User, matter: Matter) -> tuple[dict[Any, Any], tuple[Any, ...]]:
    return vars(matter).setdefault("_answers", {}), (ask, id(user), matter.version)


def _stage_for(user: User, matter: Matter) -> Turn | None:
    return _stages_for(user, [matter]).get(matter.pk)


def _stages_for(user: User, matters: Sequence[Matter]) -> dict[int, Turn]:
    """Return the turn of each matter that is open to the user, by the matter's key; one query for all of one model."""
    if not matters:
        return {}
    rounds = {matter.pk: matter.round for matter in matters}
    turns = Turn.objects.of_model(type(matters[0])).filter(object_id__in=rounds).open_to(user).with_whom(user)
    found: dict[int, Turn] = {}
    for turn in turns.order_by(F("for_whom").asc(nulls_first=True), "step", "pk"):
        if turn.round == rounds[turn.object_id]:
            found.setdefault(turn.object_id, turn)
    return found


def may_give_opinion(user: User, matter: Matter) -> Verdict:
    """The holder of the seat whose turn it is, or his deputy, gives an opinion, and never on a matter of his own."""
    verdict = _may_answer(user, matter)
    if not isinstance(verdict, Turn):
        return verdict
    if verdict.by_decision:
        return not_now(_("This stage waits for a decision: enter its number and day."))
    return Allowed()


def may_enter_decision(user: User, matter: Matter) -> Verdict:
    """Whoever keeps the decisions answers a stage that waits for one, with its number and day."""
    verdict = _may_answer(user, matter)
    if not isinstance(verdict, Turn):
        return verdict
    if verdict.by_decision:
        return Allowed()
    return not_now(_("This stage waits for an opinion, not for a decision."))


def may_turn_down(user: User, matter: Matter) -> Verdict:
    """Whoever has the turn gives back or refuses, whether an opinion or a decision is awaited."""
    verdict = _may_answer(user, matter)
    return Allowed() if isinstance(verdict, Turn) else verdict


def _may_answer(user: User, matter: Matter) -> Turn | Denied:
    """Return the turn that is open to the user, or why there is none."""
    return _known(_answer_of, user, matter)


def _answer_of(user: User, matter: Matter) -> Turn | Denied:
    if matter.can_become(matter.State.SUBMITTED):
        return _not_with_reviewers(matter)
    if matter.state != matter.State.SUBMITTED:
        return _no_longer_awaiting(matter)
    turn = stage_for(user, matter)
    if turn is not None:
        return turn
    if user.pk in matter.writers():
        return Denied(_("Nobody reviews a matter of their own."))
    if any(user.pk in (turn.given_by_id, turn.on_behalf_of_id) for turn in _agreed_in_round(matter)):
        return _has_spoken(user, matter)
    return _not_the_turn_of(user, matter)


def may_write_again(user: User, matter: Matter) -> Verdict:
    """Say whether the matter is still in the hands of those who wrote it."""
    if matter.can_become(matter.State.SUBMITTED):
        return Allowed()
    if matter.state == matter.State.SUBMITTED:
        return Denied(_("It has been submitted and can no longer be changed."), overtaken=True)
    return _no_longer_awaiting(matter)


def may_recall(user: User, matter: Matter) -> Verdict:
    """Whoever submitted it takes it back, as long as nobody has answered."""
    if matter.state != matter.State.SUBMITTED:
        return Denied(_("It is %(state)s; there is nothing to recall.") % {"state": matter.get_state_display()}, True)
    given = [turn for turn in matter.turns.all() if turn.round == matter.round and turn.given_at]
    if given:
        sentence = _("%(person)s has answered already; ask for it to be returned.")
        return Denied(sentence % {"person": given[0].given_by}, overtaken=True)
    if matter.submitted_by_id != user.pk:
        return Denied(_("Only whoever submitted it takes it back."))
    return Allowed()


def may_edit_ways(user: User) -> Verdict:
    """The office edits the ways that matters take."""
    if holds(user, "fsul_portal.edit_ways"):
        return Allowed()
    return Denied(_("Only the coordination office edits the ways that matters take."))


def may_see_waits(user: User) -> Verdict:
    """Office and chair see who waits for whom."""
    if holds(user, "fsul_portal.see_waits"):
        return Allowed()
    return Denied(_("Only the coordination office and the chair see who waits for whom."))


def _not_with_reviewers(matter: Matter) -> Denied:
    """Answer reviewers while those who wrote it have the matter in hand."""
    if matter.state != matter.State.RETURNED:
        return not_now(_("It has not been submitted yet."))
    sentence = _("%(person)s has returned it for correction; it is with those who wrote it.")
    return Denied(sentence % {"person": matter.decided_by or _("Somebody")}, overtaken=True)


def _no_longer_awaiting(matter: Matter) -> Denied:
    """Answer those who come too late; what nothing leads on from is closed for good."""
    sentence = _what_it_is(matter)
    return Denied(sentence, overtaken=True) if matter.MOVES[matter.State(matter.state)] else closed(sentence)


def _what_it_is(matter: Matter) -> str:
    """Say what it is now, and who decided."""
    if matter.withdrawn_by_id:
        return _("%(person)s has withdrawn it.") % {"person": matter.withdrawn_by}
    if matter.decided_by_id:
        return _("This is no longer awaiting review: %(person)s has decided; it is %(state)s.") % {
            "person": matter.decided_by,
            "state": matter.get_state_display(),
        }
    return _("This is no longer awaiting review; it is %(state)s.") % {"state": matter.get_state_display()}


def _has_spoken(user: User, matter: Matter) -> Denied:
    if _sits_at(user, matter.open_stages()):
        return Denied(_("You have already given your opinion at an earlier stage; the next one is for somebody else."))
    # He has pressed the button before.
    return Denied(_turn_of_whom(matter), overtaken=True)


def _turn_of_whom(matter: Matter) -> str:
    seats = ", ".join(dict.fromkeys(str(turn.seat) for turn in matter.open_stages()))
    return _("It is the turn of: %(seats)s.") % {"seats": seats}


def _not_the_turn_of(user: User, matter: Matter) -> Denied:
    taken = _sits_at(user, _agreed_in_round(matter))
    if taken is None:
        later = [turn for turn in matter.turns.all() if turn.round == matter.round and turn.step > matter.step]
        return not_now(_turn_of_whom(matter)) if _sits_at(user, later) else Denied(_turn_of_whom(matter))
    faster = _("%(person)s has already given the opinion of this stage.") % {"person": taken.given_by}
    return Denied(f"{faster} {_turn_of_whom(matter)}", overtaken=True)


def _sits_at(user: User, turns: Iterable[Turn]) -> Turn | None:
    return next((turn for turn in turns if _seated(user, turn)), None)


def _seated(user: User, turn: Turn) -> bool:
    return holds_on(user, turn.permission, turn.place_type_id, turn.place_id)


def _agreed_in_round(matter: Matter) -> list[Turn]:
    return [turn for turn in matter.turns.all() if turn.round == matter.round and turn.verdict == Turn.Verdict.AGREED]
