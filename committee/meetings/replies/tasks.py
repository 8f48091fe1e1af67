"""Remind of meetings by the clock: with the agenda, and of the reply where it is missing (6.2.1 b)."""

from collections.abc import Iterator
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from committee.bodies.people import invited
from committee.meetings.feeds.events import event_of
from committee.meetings.models import Meeting
from committee.meetings.replies.models import Reply
from committee.meetings.wording.letters import MEETING, invitation
from fsul_portal.notices.actions import News, tell_all
from fsul_portal.notices.models import Notice
from fsul_portal.notices.reminders import reminder, step_due
from fsul_portal.templatetags.figures import day as in_words

DAYS_BEFORE = (7, 1)


@reminder("6.2.1 b")
def remind_of_meetings(day: date) -> list[Notice]:
    """Tell all who are invited a week and a day before a meeting; who has not replied is asked once more (6.2.1 b)."""
    return tell_all(
        news for meeting in Meeting.objects.to_come(day).select_related("body") for news in _news(meeting, day)
    )


def _news(meeting: Meeting, day: date) -> Iterator[News]:
    held_on = timezone.localdate(meeting.starts_at)
    step = step_due(held_on, DAYS_BEFORE, day, since=timezone.localdate(meeting.called_at))
    if step is None or meeting.starts_at <= timezone.now():
        return
    # Moved to another day it is told anew.
    key = f"{MEETING}:{meeting.pk}:soon:{held_on}:{step}"
    told = {"title": meeting.title, "day": in_words(held_on)}
    people = list(invited(meeting.body))
    replied = set(Reply.objects.filter(meeting=meeting, person__in=people).values_list("person", flat=True))

    def subject() -> str:
        return _("Meeting on %(day)s: %(title)s") % told

    def facts() -> str:
        return invitation(meeting)[1]

    def asked() -> str:
        return "\n".join([facts(), _("You have not replied yet whether you come.")])

    link = meeting.get_absolute_url()
    yield News(people=[one for one in people if one.pk in replied], key=key, subject=subject, body=facts, link=link)
    missing = [one for one in people if one.pk not in replied]
    # With the event comes the link by which each of them replies.
    yield News(people=missing, key=key, subject=subject, body=asked, link=link, event=event_of(meeting))
