"""The card of key projects (6.1 c, 6.2.1 f)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from committee.projects.bulletins.models import ProjectBulletin, last_day_of, quarter_before
from committee.projects.lights import overdue_days
from committee.projects.models import Project
from committee.projects.register import PROJECTS
from committee.projects.tasks import bulletin_due
from fsul_portal.finding.hits import Find, Hit, hit_of, joined
from fsul_portal.grammar.evidence import NO_RECORD, Evidence, Standing
from fsul_portal.rooms import Card, Entry


def _standing_on(day: date) -> list[Project]:
    rows: Any = Project.objects.shown_in_time().filter(decided_on__lte=day)
    return list(rows.for_lists())


def projects_decided(day: date) -> Evidence:
    """Say whether a milestone of a key project is overdue without a decision on it (6.1 c)."""
    known = Project.objects.filter(decided_on__lte=day).count()
    if not known:
        return NO_RECORD
    late = [overdue_days(one, day) for project in _standing_on(day) for one in project.milestones.all()]
    late = [days for days in late if days]
    long = sum(days > settings.PROJECT_LIGHTS["red_overdue"] for days in late)
    told = {"projects": known, "late": len(late), "long": long, "days": settings.PROJECT_LIGHTS["red_overdue"]}
    sentence = _(
        "%(projects)s key projects decided on, %(late)s milestones overdue without a decision, %(long)s of them for "
        "more than %(days)s working days"
    )
    standing = Standing.NOT_HELD if long else Standing.AT_RISK if late else Standing.HELD
    return Evidence(standing, sentence % told, reverse("committee:project-list"), known)


def projects_followed_up(day: date) -> Evidence:
    """Say whether each project was updated in the last month, and the bulletin of the last quarter is out (6.2.1 f)."""
    running = [one for one in _standing_on(day) if one.state == Project.State.UNDER_WAY]
    bulletins = ProjectBulletin.objects.filter(started_at__date__lte=day)
    if not running and not bulletins.exists():
        return NO_RECORD
    quarter = quarter_before(day)
    is_out = bulletins.filter(quarter=quarter).exists()
    is_due = any(one.decided_on and one.decided_on <= last_day_of(quarter) for one in running)
    told = {
        "projects": len(running),
        "missing": sum(one.lacks_update(day) for one in running),
        "quarter": quarter,
        "bulletin": _("out") if is_out else _("not out yet"),
    }
    sentence = _(
        "%(projects)s under way, %(missing)s without an update of last month, bulletin of %(quarter)s %(bulletin)s"
    )
    late = is_due and not is_out and day > bulletin_due(quarter)
    standing = Standing.AT_RISK if told["missing"] or late else Standing.HELD
    return Evidence(standing, sentence % told, reverse("committee:project-list"), len(running))


def project_hit(project: Project, words: Sequence[str]) -> Hit:
    """Show a project with who leads it and how far it is."""
    return hit_of(project, line=joined(str(project.manager or ""), project.get_state_display()))


CARD = Card(
    clauses=("6.1 c", "6.2.1 f"),
    menu=(
        Entry(gettext_lazy("Committee"), gettext_lazy("Key projects"), "committee:project-list", "flag", 14),
        Entry(gettext_lazy("Committee"), gettext_lazy("Bulletins"), "committee:bulletin-list", "report", 16),
    ),
    acts={
        "project proposed": pgettext_lazy("act", "proposed the project"),
        "project decided": pgettext_lazy("act", "entered the decision on the project"),
        "project dropped": pgettext_lazy("act", "put the proposal away"),
        "project begun": pgettext_lazy("act", "let the project begin"),
        "milestone added": pgettext_lazy("act", "added a milestone"),
        "milestone moved": pgettext_lazy("act", "moved a milestone"),
        "milestone reached": pgettext_lazy("act", "reached a milestone"),
        "risk added": pgettext_lazy("act", "added a risk"),
        "risk closed": pgettext_lazy("act", "closed a risk"),
        "project updated": pgettext_lazy("act", "updated the project"),
        "project accepted": pgettext_lazy("act", "accepted the project"),
        "project ended": pgettext_lazy("act", "ended the project early"),
        "bulletin given": pgettext_lazy("act", "gave the bulletin out"),
    },
    evidence={"6.1 c": projects_decided, "6.2.1 f": projects_followed_up},
    finds=(
        Find(
            Project,
            PROJECTS.search,
            "flag",
            shown=project_hit,
            listed="committee:project-list?tab=all&words=",
            sort=33,
        ),
    ),
)
