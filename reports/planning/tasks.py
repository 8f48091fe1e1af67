"""Ask in December for the plan of the annual report (6.1 d)."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from fsul_portal.access.rules import people_holding_any
from fsul_portal.notices.actions import tell
from fsul_portal.notices.models import Notice
from fsul_portal.notices.reminders import reminder, step_due
from reports.editions.life.letters import REVIEW
from reports.editions.life.rules import OFFICE
from reports.planning.models import ReportPlan
from reports.planning.rules import SETS

# Before the last day of the year: on the first and on the twentieth of December.
DAYS_BEFORE = (30, 11)


@reminder("6.1 d")
def ask_for_the_plan(day: date) -> list[Notice]:
    """Tell the office and the chair twice in December that the plan of this year's report is not set (6.1 d)."""
    step = step_due(date(day.year, 12, 31), DAYS_BEFORE, day, since=date(day.year, 1, 1))
    if step is None or ReportPlan.objects.filter(year=day.year, state=ReportPlan.State.SET).exists():
        return []
    told = {"year": day.year}
    return tell(
        people_holding_any((OFFICE,), (SETS,)),
        key=f"{REVIEW}:plan:{day.year}:{step}",
        subject=lambda: _("The plan of the annual report of %(year)s is not set") % told,
        body=lambda: _("Set in December what it says, by which dictionary, and who writes what until when."),
        link=reverse("reports:plan-list"),
    )
