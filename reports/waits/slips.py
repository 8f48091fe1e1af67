"""Say for whom the correction slips of a period wait (6.2.1 j)."""

from collections.abc import Iterator
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fsul_portal.approvals.models import Turn
from fsul_portal.calendar import Deadline, deadline_on
from fsul_portal.grammar.words import Words
from fsul_portal.users import User
from members.divisions.models import Division
from members.libraries.models import Library
from members.periods.models import Period
from reports.corrections.models import Correction
from reports.corrections.rules import REPORT
from reports.waits.seats import Seated, hands_in, place
from reports.waits.stations import THE_LIBRARY, Wait

State = Correction.State
OPEN = (State.DRAFT, State.RETURNED, State.SUBMITTED)
SHOWN = 100


def open_slips(period: Period, user: User) -> list[Correction]:
    """Return the slips of a period that nobody has agreed to, those that this person may read, the oldest first."""
    slips = Correction.objects.visible_to(user).filter(period__code=period.code, state__in=OPEN)
    return list(slips.for_lists().order_by("started_at", "pk")[:SHOWN])


def waits_of_slips(slips: list[Correction]) -> list[Wait]:
    """Return for whom each slip waits; a slip that several answer is one wait for each."""
    if not slips:
        return []
    turns = [turn for slip in slips for turn in slip.open_stages()]
    seated, hands = Seated({REPORT, *(turn.permission for turn in turns)}), hands_in(turns)
    return [
        wait
        for slip in slips
        for wait in (
            (_at_stage(slip, turn, seated.at(turn, hands[slip.pk, turn.round])) for turn in slip.open_stages())
            if slip.state == State.SUBMITTED
            else _in_hand(slip, seated)
        )
    ]


def _at_stage(slip: Correction, turn: Turn, people: list[User]) -> Wait:
    since = timezone.localdate(turn.opened_at)
    due = Deadline(turn.due_on, turn.due_is_known) if turn.due_on else None
    return _wait(slip, turn.title, turn.seat, since, people, due)


def _in_hand(slip: Correction, seated: Seated) -> Iterator[Wait]:
    """Tell of a slip that waits for the library, or for whoever has begun it."""
    asked_at = slip.decided_at if slip.state == State.RETURNED else slip.opened_at or slip.started_at
    title = _("Slip to be corrected") if slip.state == State.RETURNED else _("Slip to be filled in")
    by = slip.submitted_by or slip.started_by
    facts = slip.library.facts
    on = [place(Library, slip.library_id), *([place(Division, facts.district_id)] if facts else [])]
    due = deadline_on(slip.due_on) if slip.due_on else None
    since = timezone.localdate(asked_at)
    yield _wait(slip, title, by or THE_LIBRARY, since, [] if by else seated.on(REPORT, *on), due)


def _wait(
    slip: Correction, title: Words, seat: Words | User, since: date, people: list[User], due: Deadline | None
) -> Wait:
    facts = slip.library.facts
    return Wait(
        name=facts.name if facts else slip.library.code,
        code=slip.library.code,
        district=facts.district.title if facts else "",
        url=slip.get_absolute_url(),
        title=title,
        seat=str(seat),
        is_named=isinstance(seat, User),
        since=since,
        people=people,
        due=due,
    )
