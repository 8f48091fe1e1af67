"""Say who keeps the meetings of a body, who signs, and who reads of them (6.2.1 b, 7.4)."""

from django.utils.translation import gettext as _

from committee.bodies.kinds import KEEP, on_places
from committee.bodies.models import Body, reads_all
from fsul_portal.access.rules import holds
from fsul_portal.lives.rules import in_state
from fsul_portal.users import User
from fsul_portal.verdicts import Allowed, Denied, Verdict, not_now


def keeps(user: User, body: Body) -> bool:
    """Say whether the user calls the meetings of a body and writes their minutes."""
    return body.grants(user, body.sort_of.keep)


def signs(user: User, body: Body) -> bool:
    """Say whether the user signs rolls and minutes of a body."""
    return body.grants(user, body.sort_of.sign)


def may_read_meetings(user: User) -> Verdict:
    """The committee, the office and the leads read all meetings; everybody else those of his own bodies (6.2.1 b)."""
    if reads_all(user) or any(kind.belongs(user) for kind in on_places().values()):
        return Allowed()
    return Denied(
        _(
            "The meetings are open to the committee, the coordination office and the leads of the working groups, "
            "those of a group or district to its people too."
        )
    )


def may_read_committee(user: User) -> Verdict:
    """The committee, the office and the leads of the working groups read what belongs to the committee (6.2.1 b)."""
    if reads_all(user):
        return Allowed()
    return Denied(
        _("The meetings are open to the committee, the coordination office and the leads of the working groups.")
    )


def may_keep_committee(user: User) -> Verdict:
    """The secretary calls and keeps the meetings of the committee (6.2.1 b)."""
    if holds(user, KEEP):
        return Allowed()
    return Denied(_("Only the secretary of the coordination office calls and keeps the meetings."))


def may_call_meetings(user: User) -> Verdict:
    """Meetings are called by the secretary, by the groups and by the district libraries (6.2.1 b, 7.4)."""
    if holds(user, KEEP) or any(kind.kept_by(user) for kind in on_places().values()):
        return Allowed()
    return Denied(
        _("Meetings are called by the secretary of the coordination office, the working groups and district libraries.")
    )


def may_keep(user: User, body: Body) -> Verdict:
    """Each body has somebody who calls and keeps its meetings (6.2.1 b)."""
    if body.is_committee:
        return may_keep_committee(user)
    if keeps(user, body):
        return Allowed()
    told = {"body": body, "keeper": body.sort_of.keeper}
    return Denied(_("The meetings of %(body)s are called and kept by %(keeper)s.") % told)


def may_sign(user: User, body: Body) -> Verdict:
    """Each body has somebody whose signature makes its minutes final (7.1)."""
    if signs(user, body):
        return Allowed()
    if body.is_committee:
        return Denied(_("Only the chair of the committee signs the minutes."))
    told = {"body": body, "signer": body.sort_of.signer}
    return Denied(_("The minutes of %(body)s are signed by %(signer)s.") % told)


def may_bind(user: User, body: Body) -> Verdict:
    """The minutes of a year are bound by whoever keeps the meetings, once there are final ones (6.2.1 b)."""
    verdict = may_keep(user, body)
    if verdict and not body.meetings.filter(state="minuted").exists():
        return not_now(_("There are no final minutes yet."))
    return verdict


def may_set(user: User, body: Body) -> Verdict:
    """Quorum, plan and calendar of a body that meets are set by whoever keeps its meetings (6.2.1 b)."""
    return may_keep(user, body) and in_state(body, Body.State.STANDING)
