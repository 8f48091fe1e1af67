"""Write and set the plan of an annual report (6.1 d)."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fsul_portal.acts.versions import require_version
from fsul_portal.assignments.actions import assign
from fsul_portal.calendar import working_days_between
from fsul_portal.records.actions import record
from fsul_portal.users import User
from fsul_portal.verdicts import require
from members.indicators.versions.models import DictionaryVersion
from reports.planning.models import PlanPart, ReportPlan
from reports.planning.rules import may_set_plan, may_write_plan

# Title, who writes it, until when.
Part = tuple[str, User, date]


@transaction.atomic
def write_plan(
    year: int,
    *,
    outline: str,
    dictionary: DictionaryVersion,
    parts: Sequence[Part],
    by: User,
    version: int | None = None,
) -> ReportPlan:
    """Keep the plan as it is now; a form sent twice writes it once (6.1 d)."""
    plan = ReportPlan.objects.select_for_update().filter(year=year).first()
    require(may_write_plan(by, plan))
    told = _told(outline, dictionary.number, parts)
    before = _told(plan.outline, plan.dictionary.number, _parts(plan)) if plan else None
    if plan is None:
        plan = ReportPlan.objects.create(year=year, outline=outline, dictionary=dictionary, written_by=by)
    elif before == told:
        return plan
    else:
        require_version(plan, version)
        plan.outline, plan.dictionary, plan.written_at, plan.written_by = outline, dictionary, timezone.now(), by
        plan.version += 1
        plan.save(update_fields=["outline", "dictionary", "written_at", "written_by", "version"])
        plan.parts.all().delete()
    PlanPart.objects.bulk_create(
        PlanPart(plan=plan, title=title, writer=writer, due_on=due_on) for title, writer, due_on in parts
    )
    record(plan, "plan written", by=by, before=before, after=told)
    return plan


def _parts(plan: ReportPlan) -> list[Part]:
    return [(part.title, part.writer, part.due_on) for part in plan.parts.select_related("writer")]


def _told(outline: str, dictionary: int, parts: Sequence[Part]) -> dict[str, object]:
    lines = [[title, str(writer), due_on.isoformat()] for title, writer, due_on in parts]
    return {"outline": outline, "dictionary": dictionary, "parts": sorted(lines, key=lambda line: (line[2], line[0]))}


@transaction.atomic
def set_plan(plan: ReportPlan, *, by: User, version: int | None = None) -> ReportPlan:
    """Set the plan, and give each part to its writer as a task (6.1 d)."""
    plan = ReportPlan.objects.select_for_update().get(pk=plan.pk)
    require(may_set_plan(by, plan))
    require_version(plan, version)
    plan.become(ReportPlan.State.SET)
    plan.set_at, plan.set_by, plan.version = timezone.now(), by, plan.version + 1
    plan.save(update_fields=["state", "set_at", "set_by", "version"])
    record(plan, "plan set", by=by, before={"state": "draft"}, after={"state": "set"})
    today = timezone.localdate()
    for part in plan.parts.select_related("writer"):
        days = max(working_days_between(today, part.due_on).days, 0)
        title = _("Write for the annual report of %(year)s: %(part)s") % {"year": plan.year, "part": part.title}
        assign(title, thing=plan, by=by, to=part.writer, days=days, evidence="note")
    return plan
