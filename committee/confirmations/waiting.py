"""Say whose answer, vote, decision or signature a meeting waits for, each as rows of one query (6.2.1 b, 7.1)."""

from collections import Counter
from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from committee.bodies.kinds import COMMITTEE, KEEP, SIGN, bodies_where, on_places
from committee.bodies.models import Body
from committee.bodies.rules import may_read_meetings
from committee.confirmations.models import Confirmation
from committee.decisions.models import Decision
from committee.meetings.models import Meeting, RollEntry
from committee.seats.models import Seat
from fsul_portal.access.models import Grant
from fsul_portal.access.rules import holds, people_in_role, roles_with
from fsul_portal.records.models import Record
from fsul_portal.rooms import Waiting
from fsul_portal.users import User

LIST = "committee:meeting-list"


def to_sign(user: User) -> QuerySet[Meeting]:
    """Return the meetings whose minutes wait for this person's signature: confirmed, and not of his hand (7.1)."""
    mine = _signed_by(user)
    if mine is None:
        return Meeting.objects.none()
    answered = Confirmation.objects.filter(
        meeting=OuterRef("meeting"), circulated_at=OuterRef("meeting__circulated_at"), answered_by=OuterRef("person")
    )
    asked = RollEntry.objects.filter(meeting=OuterRef("pk"), votes=True, person__is_active=True)
    chairs = people_in_role("chair").values("pk")
    asked = asked.exclude(Q(meeting__body__kind=COMMITTEE) & Q(person__in=chairs)).exclude(Exists(_signs_there()))
    circulated = Meeting.objects.filter(body__in=mine, state=Meeting.State.HELD, circulated_at__isnull=False)
    ready = circulated.filter(Q(confirm_by__lt=timezone.localdate()) | ~Exists(asked.filter(~Exists(answered))))
    return ready.exclude(pk__in=_of_hand(user).values("pk")).exclude(items__written_by=user)


def _signed_by(user: User) -> QuerySet[Body] | None:
    """Return the bodies whose minutes somebody signs, None where there is none."""
    own = {kind.key: kind.signed_by(user) for kind in on_places().values()}
    if not holds(user, SIGN) and not any(own.values()):
        return None
    signed = bodies_where(lambda kind: own[kind.key])
    found: QuerySet[Body] = Body.objects.filter(signed | Q(kind=COMMITTEE) if holds(user, SIGN) else signed)
    return found


def _signs_there() -> QuerySet[Grant]:
    """Return, of a line of the roll, the grant by which its person signs for a group or district."""
    signing = {role for kind in on_places().values() for role in roles_with(kind.sign)}
    return Grant.objects.in_force().filter(
        role__in=signing,
        person=OuterRef("person"),
        content_type=OuterRef("meeting__body__content_type"),
        object_id=OuterRef("meeting__body__object_id"),
    )


def _of_hand(user: User) -> QuerySet[Meeting]:
    wrote = Record.objects.filter(
        content_type__app_label="committee", content_type__model="meeting", verb="minutes written", by=user
    )
    return Meeting.objects.filter(Q(minutes_written_by=user) | Q(pk__in=wrote.values("object_id")))


def to_confirm(user: User) -> QuerySet[Meeting]:
    """Return the meetings whose minutes wait for this person's answer (6.2.1 b)."""
    due = RollEntry.objects.filter(meeting=OuterRef("pk"), votes=True, person=user)
    given = Confirmation.objects.filter(
        meeting=OuterRef("pk"), circulated_at=OuterRef("circulated_at"), answered_by=user
    )
    circulated = Meeting.objects.filter(state=Meeting.State.HELD, circulated_at__isnull=False)
    waiting = circulated.filter(Exists(due), ~Exists(given))
    # A signature is an answer.
    waiting = waiting.exclude(Q(body__kind=COMMITTEE) & Exists(people_in_role("chair").filter(pk=user.pk)))
    own = bodies_where(lambda kind: kind.signed_by(user))
    return waiting.exclude(body__in=Body.objects.filter(own))


def to_vote(user: User) -> QuerySet[Decision]:
    """Return the decisions in writing on which this person may still vote (6.2.1 b)."""
    today = timezone.localdate()
    seats = Seat.objects.as_of(today).filter(person=user).exclude(post=Seat.Post.SECRETARY)
    return Decision.objects.open_for(user).filter(Exists(seats), closes_on__gte=today)


def on_the_desk(user: User) -> Iterator[Waiting]:
    """Lead each person to what waits for him, in one query for all of it."""
    if not may_read_meetings(user):
        return
    # The secretary has no vote and answers no minutes; what waits for him stands above the list of meetings.
    if holds(user, KEEP) and not holds(user, SIGN):
        return
    lines = {
        "sign": (to_sign(user), _("Minutes to sign"), f"{reverse(LIST)}?tab=sign"),
        "confirm": (to_confirm(user), _("Minutes to answer"), f"{reverse(LIST)}?tab=confirm"),
        "vote": (to_vote(user), _("Decisions to vote on"), f"{reverse('committee:decision-list')}?tab=open"),
    }
    rows = [found.order_by().values_list(Value(key), "pk") for key, (found, *__) in lines.items()]
    counts = Counter(key for key, __ in rows[0].union(*rows[1:], all=True))
    for key, (__, words, url) in lines.items():
        yield Waiting(words, counts[key], url)
