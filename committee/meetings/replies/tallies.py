"""Tell the secretary who comes, who has not replied, and whom no mail reaches (6.2.1 b)."""

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet

from committee.bodies.people import invited
from committee.meetings.models import Meeting
from committee.meetings.replies.models import Reply
from committee.meetings.replies.rules import may_enter_reply, may_read_replies, may_reply, takes_replies
from committee.meetings.rolls.names import unit_of
from fsul_portal.grammar.words import Words
from members.libraries.models import spells_along
from members.people.models import User


@dataclass(frozen=True)
class Line:
    """One person: whether he is still due, what he has replied, whether mail reaches him."""

    person: User
    unit: str
    reply: Reply | None
    is_due: bool

    @property
    def is_reached(self) -> bool:
        return bool(self.person.email)


@dataclass(frozen=True)
class Tally:
    """The replies to one meeting."""

    lines: tuple[Line, ...]
    may_enter: bool = False

    @property
    def counts(self) -> list[tuple[Words, int]]:
        given = [line.reply.answer for line in self.lines if line.reply and line.is_due]
        return [(label, given.count(answer)) for answer, label in Reply.Answer.choices]

    @property
    def open(self) -> int:
        return sum(line.is_due and line.reply is None for line in self.lines)

    @property
    def unreached(self) -> list[User]:
        return [line.person for line in self.lines if line.is_due and not line.is_reached]


def tally_of(meeting: Meeting) -> Tally:
    """Return who is due and what each has replied; of a meeting that is over only the replies are known (6.2.1 b)."""
    replies = {reply.person_id: reply for reply in Reply.objects.filter(meeting=meeting)}
    due = {person.pk: person for person in _with_units(invited(meeting.body))}
    people = dict(due)
    if gone := set(replies) - set(due):
        people |= {person.pk: person for person in _with_units(User.objects.filter(pk__in=gone))}
    shown = people if meeting.state == Meeting.State.CALLED else {pk: people[pk] for pk in replies}
    lines = [Line(person, unit_of(person), replies.get(pk), pk in due) for pk, person in sorted(shown.items())]
    return Tally(tuple(lines))


def _with_units(people: QuerySet[Any]) -> QuerySet[Any]:
    return people.select_related("library").prefetch_related(spells_along("library__spells"))


def asked_of(user: Any, meeting: Meeting) -> dict[str, Any]:
    """Return what the page of a meeting shows one person of the replies: his own, and all where he may read them."""
    if not may_read_replies(user, meeting):
        own = Reply.objects.filter(meeting=meeting, person=user).first()
        return {"tally": None, "own_reply": own, "may_reply": may_reply(user, meeting)}
    tally = tally_of(meeting)
    line = next((line for line in tally.lines if line.person.pk == user.pk), None)
    verdict = takes_replies(meeting) if line and line.is_due else None
    tally = replace(tally, may_enter=bool(may_enter_reply(user, meeting)))
    return {"tally": tally, "own_reply": line.reply if line else None, "may_reply": verdict}
