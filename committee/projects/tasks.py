"""Remind of milestones, of the updates of a month and of the bulletin of a quarter (6.1 c, 6.2.1 f)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from committee.documents.models import KEEPS, OVERSEES, SIGNS
from committee.projects.bulletins.models import ProjectBulletin, last_day_of, quarter_before
from committee.projects.models import Milestone, Project
from fsul_portal.access.rules import people_holding
from fsul_portal.calendar import add_working_days, working_days_between
from fsul_portal.calendar.days import ONE_DAY
from fsul_portal.notices.actions import tell
from fsul_portal.notices.models import Notice
from fsul_portal.notices.reminders import reminder
from fsul_portal.templatetags.figures import day as in_words
from fsul_portal.templatetags.figures import period
from fsul_portal.users import User
from members.periods.models import month_before

RUNNING = (Project.State.DECIDED, Project.State.UNDER_WAY)


@reminder("6.1 c")
def escalate_milestones(day: date) -> list[Notice]:
    """Tell those responsible of a milestone once it is overdue, then chair and deputies, then the committee (6.1 c)."""
    late = Milestone.objects.filter(done_on__isnull=True, due_on__lt=day, project__state__in=RUNNING)
    told: list[Notice] = []
    for one in late.select_related("project__manager").order_by("due_on", "pk"):
        told += _escalate(one, day)
    return told


def _escalate(milestone: Milestone, day: date) -> list[Notice]:
    project, days = milestone.project, working_days_between(milestone.due_on, day).days
    chair, everybody = settings.PROJECT_ESCALATION
    told = _tell_of(milestone, "responsible", _hands_of(project))
    if days > chair:
        told += _tell_of(milestone, "chair", people_holding(SIGNS))
    if days > everybody:
        told += _tell_of(milestone, "committee", people_holding(OVERSEES))
    return told


def _tell_of(milestone: Milestone, rung: str, people: Iterable[User]) -> list[Notice]:
    words = {"milestone": milestone.title, "project": milestone.project.title, "day": in_words(milestone.due_on)}
    subjects = {
        "responsible": lambda: _("Milestone overdue: %(milestone)s") % words,
        "chair": lambda: _("To the chair, milestone overdue: %(milestone)s") % words,
        "committee": lambda: _("To the committee, milestone overdue: %(milestone)s") % words,
    }
    return tell(
        people,
        key=f"milestone:{milestone.pk}:{milestone.due_on}:{rung}",
        subject=subjects[rung],
        body=lambda: _("%(project)s: due on %(day)s. Reach it, or let the committee decide on another day.") % words,
        link=milestone.project.get_absolute_url(),
    )


@reminder("6.2.1 f")
def remind_of_updates(day: date) -> list[Notice]:
    """Tell whoever is responsible near the end of a month without an update, and the office too once it is over."""
    told: list[Notice] = []
    month, over = f"{day:%Y-%m}", month_before(f"{day:%Y-%m}")
    rows: Any = Project.objects.under_way().for_lists()
    for project in rows.order_by("pk"):
        if project.lacks_update(day):
            told += _tell_update(project, over, _hands_of(project), is_over=True)
        said = any(one.month == month for one in project.updates.all())
        if day.day >= settings.PROJECT_UPDATE_DAY and project.expects(month) and not said:
            told += _tell_update(project, month, [project.manager] if project.manager else [], is_over=False)
    return told


def _tell_update(project: Project, month: str, people: Iterable[User], *, is_over: bool) -> list[Notice]:
    def subject() -> str:
        words = {"project": project.title, "month": period(month)}
        if is_over:
            return _("No update of %(month)s: %(project)s") % words
        return _("Update of %(month)s due: %(project)s") % words

    return tell(
        people,
        key=f"project:{project.pk}:update:{month}:{'over' if is_over else 'due'}",
        subject=subject,
        link=project.get_absolute_url(),
    )


@reminder("6.2.1 f")
def remind_of_bulletin(day: date) -> list[Notice]:
    """Tell the office of the bulletin once a quarter is over, and once its day has passed without it (6.2.1 f)."""
    quarter = quarter_before(day)
    begun = Project.objects.filter(decided_on__lte=last_day_of(quarter), state__in=RUNNING)
    if ProjectBulletin.objects.filter(quarter=quarter).exists() or not begun.exists():
        return []
    late = day > bulletin_due(quarter)
    words = {"quarter": quarter, "day": in_words(bulletin_due(quarter))}
    return tell(
        people_holding(KEEPS),
        key=f"project-bulletin:{quarter}:{'late' if late else 'due'}",
        subject=lambda: (
            (
                _("Overdue: bulletin of key projects, %(quarter)s")
                if late
                else _("Bulletin of key projects, %(quarter)s")
            )
            % words
        ),
        body=lambda: _("It is due by %(day)s.") % words,
        link=reverse("committee:bulletin-list"),
    )


def bulletin_due(quarter: str) -> date:
    """Return the day by which the bulletin of a quarter is out."""
    return add_working_days(last_day_of(quarter) + ONE_DAY, settings.PROJECT_BULLETIN_DAYS).day


def _hands_of(project: Project) -> list[User]:
    people = [*([project.manager] if project.manager else []), *project.people_in("keeper")]
    return list({one.pk: one for one in people}.values())
