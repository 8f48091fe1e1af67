"""Say who holds what in a working group, and who keeps it (5.2)."""

from typing import Any

from django.utils.translation import gettext as _

from fsul_portal.access.rules import holds, places_held
from fsul_portal.lives.rules import in_state
from fsul_portal.users import User
from fsul_portal.verdicts import Allowed, Denied, Verdict, closed, not_now
from members.bodies.rules import keeps_seats, may_keep
from members.divisions.models import Division
from workgroups.groups.models import Charge, Group, Membership

LEADS, SIGNS = "workgroups.decide_filings", "members.sign_changes"


def holds_for(user: User, permission: str, clause: str) -> bool:
    """Return whether the user holds the permission on the whole portal, or in the group charged with the clause."""
    return holds(user, permission) or clause in _clauses_held(user, permission)


def _clauses_held(user: User, permission: str) -> set[str]:
    """Return the clauses of the groups in which the user holds it, asked for once in the life of the object."""
    known: dict[str, set[str]] | None = getattr(user, "_clauses_of_groups", None)
    if known is None:
        known = user._clauses_of_groups = {}  # type: ignore[attr-defined]  # beside what Django keeps there
    if permission not in known:
        charges = Charge.objects.in_force().filter(group__in=places_held(user, permission, Group))
        known[permission] = set(charges.values_list("clause", flat=True))
    return known[permission]


def may_read_groups(user: User) -> Verdict:
    """Everybody who is logged in reads which groups there are and who is in them (5.2)."""
    return Allowed()


def may_found(user: User) -> Verdict:
    """Groups are founded by whoever keeps the seats (5.2)."""
    return may_keep(user)


def may_change(user: User, group: Group) -> Verdict:
    """A group that works is renamed and charged by whoever keeps the seats (5.2)."""
    return may_keep(user) and in_state(group, group.State.STANDING)


def may_close(user: User, group: Group) -> Verdict:
    """A group is closed once others are charged with its clauses (5.2)."""
    verdict = may_change(user, group)
    if verdict and group.charges.in_force().exists():
        return not_now(_("It is still charged with clauses; charge another group with them first."))
    return verdict


def may_put_forward_somebody(user: User) -> Verdict:
    """Groups are filled by the committee, by their leads, and by the districts (5.2)."""
    if keeps_seats(user) or holds(user, LEADS) or holds(user, SIGNS) or _holds_somewhere(user):
        return Allowed()
    return Denied(
        _("People are put forward by the coordination office, the leads of the groups and the district libraries.")
    )


def _holds_somewhere(user: User) -> bool:
    return bool(places_held(user, LEADS, Group) or places_held(user, SIGNS, Division))


def may_put_forward(user: User, membership: Any) -> Verdict:
    """The office, the lead of the group, and for its own people the district library (5.2)."""
    if membership.group.state != Group.State.STANDING:
        return closed(_("This group is closed."))
    facts = membership.unit.facts
    if keeps_seats(user) or holds(user, LEADS, membership.group) or (facts and holds(user, SIGNS, facts.district)):
        return Allowed()
    return Denied(
        _("People are put forward by the coordination office, the lead of the group and their district library.")
    )


def may_share_out(user: User, membership: Membership) -> Verdict:
    """Who is responsible for which clause is said by the lead of the group and by whoever keeps the seats (5.2)."""
    if not (keeps_seats(user) or holds(user, LEADS, membership.group)):
        return Denied(_("The work of a group is shared out by its lead and by the coordination office."))
    return in_state(membership, membership.State.NOMINATED, membership.State.APPROVED, membership.State.SEATED)
