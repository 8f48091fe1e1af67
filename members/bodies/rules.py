"""Say who keeps the seats of the bodies, and what stands in the way (5.1, 5.2)."""

from typing import Any

from django.utils.translation import gettext as _

from fsul_portal.access.rules import holds, people_in_role
from fsul_portal.lives.rules import in_state
from fsul_portal.users import User
from fsul_portal.verdicts import Allowed, Denied, Verdict

KEEP, PEOPLE = "committee.keep_seats", "members.manage_people"
KEEPERS = ("chair", "deputy-chair", "secretary")


def keeps_seats(user: User) -> bool:
    """The secretary and the chair do; as long as nobody sits in these posts, whoever keeps the accounts."""
    return holds(user, KEEP) or (holds(user, PEOPLE) and not people_in_role(*KEEPERS).exists())


def may_keep(user: User) -> Verdict:
    """Seats are kept by the secretary of the office and the chair (5.1)."""
    if keeps_seats(user):
        return Allowed()
    return Denied(_("Seats are kept by the secretary of the coordination office and the chair of the committee."))


def may_nominate(user: User, tenure: Any) -> Verdict:
    """Whoever keeps the seats puts names down (5.1)."""
    return may_keep(user)


def may_approve(user: User, tenure: Any) -> Verdict:
    """What was approved is recorded by whoever keeps the seats (5.1)."""
    return may_keep(user) and in_state(tenure, tenure.State.NOMINATED)


def may_seat(user: User, tenure: Any) -> Verdict:
    """A seat is taken once it was approved; nobody takes a post of his own hand (5.1)."""
    return may_keep(user) and in_state(tenure, tenure.State.APPROVED) and not_his_own(user, tenure)


def not_his_own(user: User, tenure: Any) -> Verdict:
    """Somebody else has to seat a person, unless he has the same post already."""
    if tenure.person_id != user.pk or tenure.in_body().seated().filter(person=user, post=tenure.post).exists():
        return Allowed()
    return Denied(_("Nobody takes a post of his own hand: let the chair or the secretary do it."))


def may_leave(user: User, tenure: Any) -> Verdict:
    """Who sits is let go by whoever keeps the seats (5.1)."""
    return may_keep(user) and in_state(tenure, tenure.State.SEATED)


def may_drop(user: User, tenure: Any) -> Verdict:
    """A nomination or an approval that is not taken is put away (5.1)."""
    return may_keep(user) and in_state(tenure, tenure.State.NOMINATED, tenure.State.APPROVED)
