"""Say who reads the telephone numbers of a roster (7.2)."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from fsul_portal.access.rules import holds
from fsul_portal.users import User
from fsul_portal.verdicts import Allowed, Denied, Verdict
from members.bodies.rules import keeps_seats
from members.rosters.models import Roster, RosterLine

OVERSEE = "members.oversee_libraries"
OF_A_DISTRICT = ("members.sign_changes", "members.file_changes", "members.accept_returns")


def may_read_rosters(user: User) -> Verdict:
    """Everybody who is logged in reads who is in the bodies (7.2)."""
    return Allowed()


def may_show_numbers(user: User, roster: Roster) -> Verdict:
    """Those who keep the seats or oversee the system have the numbers shown; each time is on record (7.2)."""
    if keeps_seats(user) or holds(user, OVERSEE):
        return Allowed()
    return Denied(_("Numbers outside of the own district and the own group are shown to those who oversee the system."))


def reads_openly(user: Any, lines: Iterable[RosterLine]) -> set[int]:
    """Return the keys of the lines whose numbers this person reads without asking: own body, own district (7.2).

    The own body is one on whose newest roster somebody stands: who has left reads no more than others.
    """
    mine = RosterLine.objects.filter(person=user.pk, roster__in=Roster.objects.current())
    bodies = set(mine.values_list("roster__content_type_id", "roster__object_id"))
    return {
        line.pk
        for line in lines
        if (line.roster.content_type_id, line.roster.object_id) in bodies or _is_near(user, line)
    }


def _is_near(user: Any, line: RosterLine) -> bool:
    """Say whether somebody works in the same library, or for its district."""
    if user.library_id and line.unit_id == user.library_id:
        return True
    return any(holds(user, permission, line.district) for permission in OF_A_DISTRICT)
