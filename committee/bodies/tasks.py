"""Bind minutes in the background, and remind of meetings that are planned and not called (6.2.1 b)."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils.translation import gettext as _

from committee.bodies.models import PlannedMeeting
from committee.bodies.people import keepers
from committee.bodies.volumes import VOLUME_TASK, bind_by_run
from committee.meetings.wording.letters import MEETING
from fsul_portal.notices.actions import News, tell_all
from fsul_portal.notices.models import Notice
from fsul_portal.notices.reminders import MADE_UP_FOR, reminder, step_due
from fsul_portal.runs.claims import Claim
from fsul_portal.runs.tasks import recorded
from fsul_portal.templatetags.figures import day as in_words

# Long enough to find a room; -1 is the day after.
DAYS_BEFORE = (30, 14, -1)


@recorded(VOLUME_TASK)
def bind_minutes(claim: Claim) -> None:
    """Bind the minutes of a year."""
    bind_by_run(claim)


@reminder("6.2.1 b")
def remind_of_planned_meetings(day: date) -> list[Notice]:
    """Tell whoever has to call a planned meeting a month and two weeks ahead, and when its day has passed (6.2.1 b)."""
    near = PlannedMeeting.objects.to_call().filter(
        day__range=(day - MADE_UP_FOR, day + timedelta(days=max(DAYS_BEFORE)))
    )
    return tell_all(news for planned in near.select_related("body") for news in _news(planned, day))


def _news(planned: PlannedMeeting, day: date) -> Iterator[News]:
    step = step_due(planned.day, DAYS_BEFORE, day, since=planned.day - timedelta(days=max(DAYS_BEFORE)))
    if step is None:
        return
    told = {"body": planned.body, "day": in_words(planned.day)}
    yield News(
        people=list(keepers(planned.body)),
        key=f"{MEETING}:planned:{planned.pk}:{planned.day}:{step}",
        subject=lambda: (
            (_("Planned for %(day)s and not held: %(body)s") if step < 0 else _("To be called for %(day)s: %(body)s"))
            % told
        ),
        body=lambda: planned.subject or _("Call the meeting, or change the plan of the year."),
        link=planned.get_absolute_url(),
    )
