"""Freeze how the key projects stand into the bulletin of a quarter (6.2.1 f)."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from committee.projects.bulletins.models import SERIES, ProjectBulletin, last_day_of
from committee.projects.lights import light_of
from committee.projects.models import Project
from committee.projects.register import lead_of
from committee.projects.rules import may_give_bulletin
from fsul_portal.grammar.words import in_both
from fsul_portal.lives.actions import begin, require_faultless
from fsul_portal.lives.models import Fault
from fsul_portal.numbers.actions import take
from fsul_portal.users import User
from fsul_portal.verdicts import Unready, require


@transaction.atomic
def give_bulletin(*, quarter: str, by: User, summary: str = "", token: str = "") -> ProjectBulletin:
    """Write down how every project stands, under the next number; there is one bulletin a quarter."""
    require(may_give_bulletin(by))
    if made := ProjectBulletin.objects.filter(quarter=quarter).first():
        if token and made.form_token == token:
            return made
        raise Unready([Fault("quarter", _("The bulletin of this quarter is there already."))])
    bulletin = ProjectBulletin(quarter=quarter, as_of=timezone.localdate(), summary=summary)
    require_faultless(bulletin)
    bulletin.rows = [_row(project) for project in _projects(quarter)]
    bulletin.number = take(SERIES, timezone.localdate().year).text
    return begin(bulletin, "bulletin given", by=by, token=token)


def _projects(quarter: str) -> Any:
    """Return what was decided on by the end of the quarter and is not over, or ended within it or later."""
    rows: Any = Project.objects.shown_in_time().filter(decided_on__lte=last_day_of(quarter))
    return rows.for_lists().order_by("ends_on", "pk")


def _row(project: Project) -> dict[str, Any]:
    today = timezone.localdate()
    late = [[one.title, one.due_on.isoformat()] for one in project.milestones.all() if one.is_overdue(today)]
    return {
        "number": project.number,
        "title": project.title,
        "lead": lead_of(project),
        "manager": str(project.manager or ""),
        "progress": project.progress,
        "ends_on": project.ends_on.isoformat(),
        "colour": _colour(project),
        "reasons": in_both(lambda: "；".join(_reasons(project))),
        "late": late,
    }


def _colour(project: Project) -> str:
    light = light_of(project, timezone.localdate())
    return light.colour.value if light else ""


def _reasons(project: Project) -> tuple[str, ...]:
    light = light_of(project, timezone.localdate())
    return light.reasons if light else ()
