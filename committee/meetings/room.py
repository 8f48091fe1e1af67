"""The card of the committee's meetings (6.2.1 b, 7.1)."""

from collections import Counter

from django.conf import settings
from django.db.models import Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from committee.bodies.rules import may_read_meetings
from committee.confirmations.waiting import on_the_desk
from committee.meetings.feeds.calendar import on_the_calendar
from committee.meetings.models import MEETINGS_A_YEAR, Meeting
from committee.meetings.register import MET_BY, meeting_hit
from fsul_portal.calendar import working_days_between
from fsul_portal.finding.hits import Find
from fsul_portal.grammar.evidence import NO_RECORD, Evidence, Standing
from fsul_portal.rooms import Card, Entry


def meetings_held(day):
    """Count the meetings of the year with a signed roll and final minutes (7.1)."""
    known = Meeting.objects.of_committee().of_year(day.year).order_by()
    # Both at once: the page of conformity pays for each question.
    called = known.to_come(day).values_list(Value("called"))
    both = known.counting().values_list(Value("counting")).union(called, all=True)
    numbers = Counter(kind for (kind,) in both)
    counting, called = numbers["counting"], numbers["called"]
    words = {"counting": counting, "due": MEETINGS_A_YEAR, "year": day.year, "called": called}
    sentence = _("%(counting)s of %(due)s meetings of %(year)s count, %(called)s more called") % words
    standing = Standing.HELD if counting >= MEETINGS_A_YEAR else Standing.AT_RISK
    return Evidence(standing, sentence, reverse("committee:meeting-list"), counting)


def meetings_organised(day):
    """Say of the meetings of the year whether their minutes were final in time (6.2.1 b)."""
    known = (
        Meeting.objects.of_committee()
        .of_year(day.year)
        .exclude(state=Meeting.State.CANCELLED)
        .filter(called_at__date__lte=day)
    )
    rows = list(known.values_list("starts_at", "minutes_final_at"))
    if not rows:
        return NO_RECORD
    late = [_days_late(starts_at, final_at, day) for starts_at, final_at in rows]
    words = {"called": len(rows), "year": day.year, "late": sum(days > 0 for days in late)}
    sentence = _("%(called)s meetings called in %(year)s, the minutes of %(late)s not final in time") % words
    limit = settings.MINUTES_LATEST_DAYS - settings.MINUTES_DUE_DAYS
    standing = Standing.NOT_HELD if max(late) > limit else Standing.AT_RISK if max(late) > 0 else Standing.HELD
    return Evidence(standing, sentence, reverse("committee:meeting-list"), len(rows))


def _days_late(starts_at, final_at, day):
    """Return how many working days the minutes came later than they were due, as it was known on a day."""
    held = timezone.localdate(starts_at)
    final = timezone.localdate(final_at) if final_at else day
    if held > day:
        return 0
    return working_days_between(held, min(final, day)).days - settings.MINUTES_DUE_DAYS


def meetings_of(first_day, last_day):
    """Tell the chronicle of a year of the meetings that were held (6.2.1 b)."""
    held = Meeting.objects.of_committee().filter(state__in=[Meeting.State.HELD, Meeting.State.MINUTED])
    for meeting in held.filter(starts_at__date__range=(first_day, last_day)).order_by("starts_at"):
        yield timezone.localdate(meeting.starts_at), _("%(meeting)s was held.") % {"meeting": meeting}


CARD = Card(
    dues=on_the_calendar,
    clauses=("6.2.1 b", "7.1"),
    menu=(
        Entry(
            gettext_lazy("Committee"),
            gettext_lazy("Meetings"),
            "committee:meeting-list",
            "calendar",
            10,
            may_read_meetings,
            key="m",
        ),
    ),
    acts={
        "agenda laid out": pgettext_lazy("act", "put items on the agenda"),
        "agenda sent": pgettext_lazy("act", "sent the agenda"),
        "minutes agreed": pgettext_lazy("act", "agreed with the minutes"),
        "minutes called back": pgettext_lazy("act", "called the minutes back"),
        "minutes circulated": pgettext_lazy("act", "circulated the minutes"),
        "minutes objected": pgettext_lazy("act", "objected to the minutes"),
        "called": pgettext_lazy("act", "called"),
        "cancelled": pgettext_lazy("act", "cancelled"),
        "minutes signed": pgettext_lazy("act", "signed the minutes"),
        "minutes written": pgettext_lazy("act", "wrote the minutes"),
        "reply entered": pgettext_lazy("act", "entered a reply"),
        "revised": pgettext_lazy("act", "revised"),
        "roll signed": pgettext_lazy("act", "signed the roll"),
        "roll written": pgettext_lazy("act", "wrote the roll"),
    },
    permissions={
        "committee.keep_meetings": gettext_lazy("Calls meetings, keeps the roll and writes minutes"),
        "committee.sign_minutes": gettext_lazy("Signs rolls and minutes"),
    },
    finds=(
        Find(Meeting, MET_BY, "meeting", shown=meeting_hit, listed="committee:meeting-list?tab=all&words=", sort=30),
    ),
    desk=on_the_desk,
    offers={"chronicle": meetings_of},
    evidence={"6.2.1 b": meetings_organised, "7.1": meetings_held},
)
