"""Ask the chair for a date when a warning has brought none (7.1)."""

from datetime import date

from django.db.models import Min
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from committee.meetings.duty import duty_of
from committee.meetings.thresholds.models import thresholds_of
from committee.meetings.wording.letters import TOO_FEW
from fsul_portal.access.rules import people_in_role
from fsul_portal.calendar import add_working_days
from fsul_portal.notices.actions import tell
from fsul_portal.notices.models import Notice
from fsul_portal.notices.reminders import reminder

CHAIR = ("chair", "deputy-chair")
ESCALATED = "escalated"


@reminder("7.1")
def ask_the_chair_for_a_date(day: date) -> list[Notice]:
    """Tell the chair, once for each warning, when so many working days later too few meetings have a date (7.1)."""
    rule, duty = thresholds_of(day.year), duty_of(day.year)
    return [
        notice
        for warned_on, due in rule.warning_days(day.year)
        if duty.expected < due and _is_over(warned_on, rule.escalate_after, day)
        for notice in _ask(warned_on, due, duty.expected, rule.escalate_after)
    ]


def _key(warned_on: date) -> str:
    return f"{TOO_FEW}:{warned_on:%Y:%m-%d}"


def _is_over(warned_on: date, working_days: int, day: date) -> bool:
    """Say whether a warning was given, and the working days since then are over."""
    given = Notice.objects.filter(kind=TOO_FEW, key__startswith=_key(warned_on)).exclude(key__endswith=ESCALATED)
    first = given.aggregate(first=Min("written_at"))["first"]
    return first is not None and add_working_days(timezone.localdate(first), working_days).day <= day


def _ask(warned_on: date, due: int, expected: int, working_days: int) -> list[Notice]:
    told = {"year": warned_on.year, "days": working_days, "due": due, "expected": expected}

    def subject() -> str:
        return _("%(year)s: still no date for a meeting") % told

    def body() -> str:
        sentence = ngettext(
            "It was warned %(days)s working day ago, and %(expected)s of %(due)s meetings have been held or called. "
            "Please set a date with the office.",
            "It was warned %(days)s working days ago, and %(expected)s of %(due)s meetings have been held or called. "
            "Please set a date with the office.",
            working_days,
        )
        return sentence % told

    link = f"{reverse('committee:meeting-list')}?year={warned_on.year}"
    key = f"{_key(warned_on)}:{ESCALATED}"
    return tell(people_in_role(*CHAIR), key=key, subject=subject, body=body, link=link)
