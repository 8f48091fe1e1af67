"""Let plans enter into force, and remind of consultations, mid-term reviews and the values of a year (6.1 b)."""

from datetime import date

from celery import shared_task
from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from committee.plans.models import Plan
from committee.plans.room import VALUES_DUE, missing_values
from fsul_portal.notices.actions import tell
from fsul_portal.notices.models import Notice
from fsul_portal.notices.reminders import reminder, step_due
from fsul_portal.papers import letters
from fsul_portal.papers.actions import enter_all_due
from fsul_portal.templatetags.figures import day as in_words

OVER = -1
BEFORE = (30, 7, OVER)


@shared_task(name="plans.enter_due")
def enter_due() -> None:
    """Move the states of what the days have let enter into force; a second run finds nothing."""
    with translation.override(settings.LANGUAGE_CODE):
        enter_all_due(Plan, timezone.localdate())


@reminder("6.1 b")
def remind_of_plans(day: date) -> list[Notice]:
    """Tell of consultations that end or are over, and of mid-term reviews that are due (6.1 b)."""
    return letters.remind(Plan, day)


@reminder("6.1 b")
def remind_of_values(day: date) -> list[Notice]:
    """Tell the office of the values of last year that nobody has entered, before the end of March and after (6.1 b)."""
    due = date(day.year, *VALUES_DUE)
    step = step_due(due, BEFORE, day, since=date(day.year, 1, 1))
    if step is None:
        return []
    told: list[Notice] = []
    for plan, count in missing_values(day).items():
        told += _tell(plan, count, step, due)
    return told


def _tell(plan: Plan, count: int, step: int, due: date) -> list[Notice]:
    told = {"plan": plan.title, "year": due.year - 1}
    return tell(
        plan.people_in("drafter"),
        key=f"plan:{plan.pk}:values:{due.year}:{step}",
        subject=lambda: (
            (
                _("Overdue, values of %(year)s are missing: %(plan)s")
                if step == OVER
                else _("Values of %(year)s are missing: %(plan)s")
            )
            % told
        ),
        body=lambda: _("%(count)s values, due by %(day)s.") % {"count": count, "day": in_words(due)},
        link=plan.get_absolute_url(),
    )
