"""Say who lays out an agenda, who writes its minutes, and who proposes for it (6.2.1 b)."""

from django.utils.translation import gettext as _

from committee.agendas.models import Item
from committee.bodies.rules import may_keep
from committee.meetings.models import Meeting
from committee.meetings.rules import may_write_minutes
from fsul_portal.lives.rules import in_state
from fsul_portal.users import User
from fsul_portal.verdicts import Verdict, closed, not_now


def may_lay_out(user: User, meeting: Meeting) -> Verdict:
    """The secretary lays the agenda out until the minutes are circulated; what comes up at the table is added."""
    verdict = may_keep(user, meeting.body)
    if verdict and meeting.state not in (Meeting.State.CALLED, Meeting.State.HELD):
        return closed(
            _("It is %(state)s; its agenda does not change any more.") % {"state": meeting.get_state_display()}
        )
    if verdict and meeting.circulated_at:
        return not_now(_("The minutes are being confirmed; call them back first."))
    return verdict


def may_change_item(user: User, item: Item) -> Verdict:
    """The secretary changes an item that stands on the agenda."""
    verdict = may_lay_out(user, item.meeting)
    if verdict and item.state == Item.State.OFF:
        return not_now(_("It was taken off the agenda; put it back first."))
    return verdict


def may_take_off(user: User, item: Item) -> Verdict:
    """The secretary takes off what has nothing below it and nothing decided at it."""
    verdict = may_change_item(user, item)
    if verdict and item.below.exclude(state=Item.State.OFF).exists():
        return not_now(_("There are items below it; take these off or move them first."))
    if verdict and item.text.strip():
        return not_now(_("The minutes speak of it; it was dealt with or carried over."))
    return verdict


def may_put_back(user: User, item: Item) -> Verdict:
    """The secretary puts back what was taken off."""
    verdict = may_lay_out(user, item.meeting)
    return verdict and in_state(item, Item.State.OFF)


def may_write_item(user: User, item: Item) -> Verdict:
    """The secretary writes the minutes of an item once the roll is signed."""
    verdict = may_write_minutes(user, item.meeting)
    if verdict and item.state == Item.State.OFF:
        return not_now(_("It was taken off the agenda; put it back first."))
    return verdict
