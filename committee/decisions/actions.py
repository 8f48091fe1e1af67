"""Note decisions, vote in writing, and say who does what of them (6.2.1 b)."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from committee.agendas.models import TALKED_OF, Item
from committee.bodies.models import Body
from committee.decisions import letters
from committee.decisions.models import DECIDES, DECISIONS, OF_OTHERS, Ballot, Decision
from committee.decisions.rules import (
    VOTING_POSTS,
    may_ask_in_writing,
    may_give_task,
    may_note,
    may_repeal,
    may_strike,
    may_tell_effect,
    may_vote,
)
from committee.meetings.models import Meeting, RollEntry
from committee.meetings.rolls.quorum import Quorum, places_of, quorum_at, rule_of, was_there
from committee.seats.models import Seat
from fsul_portal.access.rules import people_holding
from fsul_portal.assignments.actions import assign
from fsul_portal.assignments.models import Assignment
from fsul_portal.links.actions import link
from fsul_portal.links.models import Link
from fsul_portal.lives.actions import begin, claim, step
from fsul_portal.lives.models import Fault
from fsul_portal.notices.models import Notice
from fsul_portal.numbers.actions import take
from fsul_portal.records.actions import record
from fsul_portal.users import User
from fsul_portal.verdicts import Unready, require
from members.bodies.lists import unit_name
from members.divisions.models import Division

# Whoever holds this on a district sits where its district library answers.
SIGNS_FOR_DISTRICT = "members.sign_changes"
VOTES = {"for": "votes_for", "against": "votes_against", "abstained": "abstained"}


@transaction.atomic
def note(
    item: Item,
    *,
    title: str,
    text: str,
    by: User,
    clause: str = "",
    method: str = Decision.Method.CONSENT,
    counts: Mapping[str, int | None] | None = None,
    names: Mapping[int, str] | None = None,
    token: str = "",
    version: int | None = None,
) -> Decision:
    """Note at an item what was decided; it stands when the minutes are signed (6.2.1 b).

    counts: votes by number, by the values of `Ballot.Choice`. names: votes by name, key of a line of the roll -> vote;
    where there are names, they are counted. The quorum is that of the roll at this item.
    """
    item = claim(item, may_note, by=by)
    known: Decision | None = Decision.objects.filter(started_by=by, form_token=token).first() if token else None
    if known:
        return known
    roll = list(item.meeting.roll.all())
    places = places_of(item.meeting)
    reached = quorum_at(roll, item, places)
    decision = Decision(item=item, meeting=item.meeting, title=title, text=text, clause=clause, method=method)
    decision.due, decision.there, decision.is_quorate = reached.due, reached.there, reached.is_reached
    for choice, field in VOTES.items() if method == Decision.Method.VOTE else ():
        named = sum(vote == choice for vote in names.values()) if names else None
        setattr(decision, field, named if names else (counts or {}).get(choice))
    if names:
        _require_votes(names, roll, lambda entry: was_there(entry, item, places))
    decision = begin(decision, "decision noted", by=by, token=token)
    if names:
        _keep_names(decision, names)
    for one in Link.objects.of(item).filter(relation=TALKED_OF):
        link(decision, one.second, DECIDES, by=None)
    record(item.meeting, "decision noted", by=by, after={"decision": decision.title})
    return decision


@transaction.atomic
def strike(decision: Decision, *, by: User, note: str, version: int | None = None) -> Decision:
    """Strike what was noted wrongly, or call a vote in writing off; it stays on record."""
    decision = claim(decision, may_strike, by=by, version=version)
    return step(decision, "decision struck", to=Decision.State.STRUCK, pair="ended", by=by, note=note)


def let_stand(meeting: Meeting, *, by: User) -> list[Decision]:
    """Give the decisions of a meeting their numbers and let them stand; part of signing its minutes."""
    day = timezone.localdate(meeting.starts_at)
    noted = Decision.objects.filter(meeting=meeting, state=Decision.State.NOTED).order_by("item__sort", "pk")
    return [_stand(decision, day, by=by) for decision in noted]


def _stand(decision: Decision, day: date, *, by: User | None) -> Decision:
    of_committee = decision.meeting is None or decision.meeting.body.is_committee
    number = take(DECISIONS if of_committee else OF_OTHERS, day.year).text
    return step(decision, "decision stands", to=decision.outcome, by=by, number=number, decided_on=day)


@transaction.atomic
def ask_in_writing(*, title: str, text: str, closes_on: date, by: User, clause: str = "", token: str = "") -> Decision:
    """Put a decision to the vote in writing; everybody with a vote is told (6.2.1 b)."""
    require(may_ask_in_writing(by))
    if closes_on < timezone.localdate():
        raise Unready([Fault("closes_on", _("This day is over; choose a later one."))])
    facts = {"title": title, "text": text, "clause": clause, "closes_on": closes_on}
    decision = Decision(**facts, method=Decision.Method.WRITTEN, state=Decision.State.OPEN)
    decision = begin(decision, "put to the vote", by=by, token=token)
    letters.tell_vote(decision, voters(timezone.localdate()))
    return decision


@transaction.atomic
def vote(decision: Decision, *, choice: str, by: User, version: int | None = None) -> Decision:
    """Vote in writing, once; when everybody has, the vote closes (6.2.1 b)."""
    decision = claim(decision, may_vote, by=by, version=version)
    seat = Seat.objects.as_of(timezone.localdate()).select_related("unit").get(person=by)
    Ballot.objects.create(decision=decision, person=by, unit=unit_name(seat), choice=choice, cast_at=timezone.now())
    record(decision, "voted", by=by)
    if decision.ballots.count() >= len(voters(timezone.localdate())):
        return close_vote(decision, by=None)[0]
    return decision


def close_vote(decision: Decision, *, by: User | None) -> tuple[Decision, list[Notice]]:
    """Count what was cast, and let it stand as it comes out; return it and who was told. The caller holds it."""
    day = min(timezone.localdate(), decision.closes_on or timezone.localdate())
    seats = list(Seat.objects.as_of(day).filter(post__in=VOTING_POSTS).select_related("unit"))
    ballots = list(decision.ballots.all())
    rule = rule_of(Body.objects.committee())
    units = {unit_name(seat) for seat in seats}
    reached = Quorum(len(seats), len(ballots), len(units), len({one.unit for one in ballots if one.unit}), rule)
    for choice, field in VOTES.items():
        setattr(decision, field, sum(ballot.choice == choice for ballot in ballots))
    decision.due, decision.there, decision.is_quorate = reached.due, reached.there, reached.is_reached
    decision.save(update_fields=[*VOTES.values(), "due", "there", "is_quorate"])
    decision = _stand(decision, day, by=by)
    return decision, letters.tell_closed(decision, voters(day))


@transaction.atomic
def give_task(
    decision: Decision,
    *,
    title: str,
    by: User,
    to: User | None = None,
    district: Division | None = None,
    days: int,
    helpers: str = "",
    evidence: str = Assignment.Evidence.NOTE,
    version: int | None = None,
) -> Assignment:
    """Say who does what of a decision, with whose help and in how many working days (6.2.1 b).

    district: its district library is responsible: whoever signs for it does the task.
    """
    decision = claim(decision, may_give_task, by=by, version=version)
    if (to is None) == (district is None):
        raise Unready([Fault("to", _("Name either the person or the district library that is responsible."))])
    if district and not people_holding(SIGNS_FOR_DISTRICT, district).exists():
        sentence = _("Nobody signs for the district library of %(district)s; name a person.")
        raise Unready([Fault("district", sentence % {"district": district})])
    # The same form sent once more is told that the decision has gone on since.
    decision.version += 1
    decision.save(update_fields=["version"])
    facts: dict[str, Any] = {"to": to, "checker": None if to == by else by}
    if district:
        # Districts do not read the register; what was decided stands in their task.
        facts |= {"permission": SIGNS_FOR_DISTRICT, "place": district, "text": f"{decision}\n{decision.text}"}
    return assign(title, thing=decision, by=by, days=days, helpers=helpers, evidence=evidence, **facts)


@transaction.atomic
def tell_effect(decision: Decision, *, effect: str, by: User, version: int | None = None) -> Decision:
    """Say what came of a decision."""
    decision = claim(decision, may_tell_effect, by=by, version=version)
    return step(decision, "effect told", by=by, effect=effect)


@transaction.atomic
def repeal(
    decision: Decision, *, by: User, note: str, by_decision: Decision | None = None, version: int | None = None
) -> Decision:
    """Record that a decision does not stand any more: replaced by a later one, or repealed."""
    decision = claim(decision, may_repeal, by=by, version=version)
    to = Decision.State.REPLACED if by_decision else Decision.State.REPEALED
    return step(decision, "decision ended", to=to, pair="ended", by=by, note=note, successor=by_decision)


def voters(day: date) -> list[User]:
    """Return who sits on the committee with a vote on a day."""
    seats = Seat.objects.as_of(day).filter(post__in=VOTING_POSTS).select_related("person")
    return [seat.person for seat in seats]


def _require_votes(names: Mapping[int, str], roll: Iterable[RollEntry], there) -> None:  # type: ignore[no-untyped-def]
    known = {entry.pk: entry for entry in roll}
    for key in names:
        entry = known.get(key)
        if entry is None or not entry.votes:
            raise Unready([Fault("", _("A vote counts only of somebody who is on the roll with a vote."))])
        if not there(entry):
            sentence = _("%(name)s was not there at this item and has no vote in it.")
            raise Unready([Fault("", sentence % {"name": entry.name})])


def _keep_names(decision: Decision, names: Mapping[int, str]) -> None:
    entries = {entry.pk: entry for entry in RollEntry.objects.filter(pk__in=names)}
    Ballot.objects.bulk_create(
        Ballot(
            decision=decision,
            entry=entries[key],
            person=entries[key].person,
            unit=entries[key].unit,
            choice=choice,
            cast_at=timezone.now(),
        )
        for key, choice in names.items()
    )
