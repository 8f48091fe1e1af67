"""Remind of votes in writing, close them on their day, and say who is told when a task of a decision is left lying."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction

from committee.bodies.people import signers
from committee.decisions import letters
from committee.decisions.actions import close_vote, voters
from committee.decisions.models import Decision
from committee.meetings.rolls.seats import CHAIR_AND_OFFICE
from fsul_portal.access.rules import people_in_role
from fsul_portal.assignments.models import Assignment
from fsul_portal.assignments.tasks import next_up
from fsul_portal.notices.models import Notice
from fsul_portal.notices.reminders import reminder
from fsul_portal.users import User

LAST_CALL = timedelta(days=1)


@next_up("committee.decision")
def chair_and_office(task: Assignment) -> Iterable[User]:
    """Tell chair and office of a task of a decision that stays undone; of another body, who signs for it (6.2.1 b)."""
    decision = task.thing
    if decision.meeting is None or decision.meeting.body.is_committee:
        return people_in_role(*CHAIR_AND_OFFICE)
    return signers(decision.meeting.body)


@reminder("6.2.1 b")
def close_votes(day: date) -> list[Notice]:
    """Close the votes in writing whose day is over, and remind those who have not voted the day before (6.2.1 b)."""
    told: list[Notice] = []
    for decision in Decision.objects.filter(state=Decision.State.OPEN, closes_on__lt=day):
        with transaction.atomic():
            locked = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
            if locked.state == Decision.State.OPEN:
                told += close_vote(locked, by=None)[1]
    for decision in Decision.objects.filter(state=Decision.State.OPEN, closes_on__lte=day + LAST_CALL):
        voted = set(decision.ballots.values_list("person_id", flat=True))
        missing = [person for person in voters(day) if person.pk not in voted]
        told += letters.tell_last_day(decision, missing)
    return told
