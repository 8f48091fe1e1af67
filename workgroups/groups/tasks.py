"""Tell of groups without a lead and of districts from which nobody is in one (5.2)."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from fsul_portal.access.rules import people_in_role
from fsul_portal.grammar.words import enumerated
from fsul_portal.notices.actions import tell
from fsul_portal.notices.models import Notice
from fsul_portal.notices.reminders import reminder
from members.bodies.letters import SEATS
from members.bodies.rules import KEEPERS
from workgroups.groups.models import Membership
from workgroups.groups.staffing import Staff, staff_of


@reminder("5.2")
def tell_of_gaps_in_groups(day: date) -> list[Notice]:
    """Tell chair and office once of each group without a lead and of the districts that are missing in it (5.2)."""
    # As long as nobody is in any group, nobody has begun to keep them here.
    if not Membership.objects.exists():
        return []
    return [notice for staff in staff_of(day) if _missing(staff) for notice in _told(staff)]


def _told(staff: Staff) -> list[Notice]:
    def body() -> str:
        lines = [] if staff.leads else [_("The group has no lead.")]
        if staff.missing:
            districts = enumerated(str(one) for one in staff.missing)
            lines.append(_("Nobody is in it from: %(districts)s.") % {"districts": districts})
        return "\n".join(lines)

    return tell(
        people_in_role(*KEEPERS),
        key=f"{SEATS}:group:{staff.group.pk}:{_missing(staff)}",
        subject=lambda: _("Something is missing in the group: %(group)s") % {"group": staff.group},
        body=body,
        link=reverse("workgroups:group-list"),
    )


def _missing(staff: Staff) -> str:
    """Return what is missing as the part of a key: another gap is told of anew."""
    return ",".join([*([] if staff.leads else ["lead"]), *(one.code for one in staff.missing)])
