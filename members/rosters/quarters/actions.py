"""Ask, confirm, correct, settle (7.2)."""

from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from fsul_portal.access.rules import people_in_role
from fsul_portal.calendar import add_working_days
from fsul_portal.lives.actions import claim, step
from fsul_portal.notices.actions import tell
from fsul_portal.records.actions import record
from fsul_portal.users import User
from members.bodies.rules import KEEPERS
from members.rosters.models import Roster, RosterLine
from members.rosters.quarters.models import RosterCheck, quarter_of
from members.rosters.quarters.rules import may_answer, may_settle


@transaction.atomic
def ask_units(day: date) -> list[RosterCheck]:
    """Ask each unit that has people on a roster, once a quarter; return the questions of this quarter."""
    quarter = quarter_of(day)
    # Who comes onto a roster in the middle of a quarter is asked then, and has as many days as the others had.
    due_on = add_working_days(day, settings.ROSTER_DUE_DAYS).day
    lines = RosterLine.objects.filter(roster__in=Roster.objects.current())
    for unit in lines.order_by("unit").values_list("unit", flat=True).distinct():
        check, fresh = RosterCheck.objects.get_or_create(unit_id=unit, quarter=quarter, defaults={"due_on": due_on})
        if fresh:
            record(check, "unit asked", by=None)
    return list(RosterCheck.objects.filter(quarter=quarter).for_lists().order_by("pk"))


@transaction.atomic
def confirm(check: RosterCheck, *, by: User, version: int | None = None) -> RosterCheck:
    """Say that the people of the unit are right."""
    check = claim(check, may_answer, by=by, version=version)
    return step(check, "roster confirmed", to=check.State.CONFIRMED, pair="answered", by=by)


@transaction.atomic
def correct(check: RosterCheck, *, by: User, note: str, version: int | None = None) -> RosterCheck:
    """Say what is wrong; it waits for whoever keeps the seats."""
    check = claim(check, may_answer, by=by, version=version)
    check = step(check, "roster to be corrected", to=check.State.CORRECTED, pair="answered", by=by, correction=note)
    tell(
        people_in_role(*KEEPERS),
        key=f"7.2:{check.pk}:corrected",
        subject=lambda: _("To be corrected: %(check)s") % {"check": check},
        body=note,
        link=check.get_absolute_url(),
    )
    return check


@transaction.atomic
def settle(check: RosterCheck, *, by: User, version: int | None = None, note: str = "") -> RosterCheck:
    """Say that what was wrong is right now."""
    check = claim(check, may_settle, by=by, version=version)
    return step(check, "roster settled", to=check.State.CONFIRMED, pair="settled", by=by, note=note)
