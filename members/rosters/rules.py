"""Say who reads the telephone numbers of a roster (7.2)."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from fsul_portal.access.rules import holds
from fsul_portal.users import User
from fsul_portal.verdicts import Allowed, Denied, Verdict
from members.bodies.rules import keeps_seats
from members.rosters.models import Roster, RosterLine

TAKE_PART, OVERSEE = "workgroups.take_part", "members.oversee_libraries"
OF_A_DISTRICT = ("members.sign_changes", "members.file_changes", "members.accept_returns")


def may_read_rosters(user: User) -> Verdict:
    """Everybody who is logged in reads who is in the bodies (7.2)."""
    return Allowed()


def may_show_numbers(user: User, roster: Roster) -> Verdict:
    """Those who keep the seats or oversee the system have the numbers shown; each time is on record (7.2)."""
    if keeps_seats(user) or holds(user, OVERSEE):
        return Allowed()
    return Denied(_("Numbers outside of the own district and the own group are shown to those who oversee the system."))


def reads_openly(user: Any, roster: Roster, lines: Iterable[RosterLine]) -> set[int]:
    """Return the keys of the lines whose numbers this person reads without asking: own body, own district (7.2)."""
    lines = list(lines)
    own = user.library_id
    if any(line.person_id == user.pk for line in lines) or _takes_part(user, roster):
        return {line.pk for line in lines}
    return {
        line.pk
        for line in lines
        if (own and line.unit_id == own) or any(holds(user, permission, line.district) for permission in OF_A_DISTRICT)
    }


def _takes_part(user: User, roster: Roster) -> bool:
    """Say whether somebody holds a post in the body itself; the committee is held on no place."""
    from fsul_portal.access.rules import holds_on

    return holds_on(user, TAKE_PART, roster.content_type_id, roster.object_id)
