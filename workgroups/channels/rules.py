"""Say who keeps the channels of the city and of the districts (7.3)."""

from typing import Any

from django.utils.translation import gettext as _

from fsul_portal.access.rules import holds, places_held
from fsul_portal.lives.rules import in_state
from fsul_portal.users import User
from fsul_portal.verdicts import Allowed, Denied, Verdict
from members.bodies.rules import keeps_seats
from members.divisions.models import Division
from workgroups.channels.models import OF_DISTRICT
from workgroups.groups.models import TAKE_PART
from workgroups.groups.rules import holds_for

CLAUSE = "7.3"


def may_read_channels(user: User) -> Verdict:
    """Everybody who is logged in reads which channels there are (7.3)."""
    return Allowed()


def keeps_city(user: User) -> bool:
    """The office and the group charged with the clause keep the channels of the city (7.3)."""
    return keeps_seats(user) or holds_for(user, TAKE_PART, CLAUSE)


def may_open_some(user: User) -> Verdict:
    """Whoever keeps the city's channels, or works for a district (7.3)."""
    if keeps_city(user) or holds(user, OF_DISTRICT) or places_held(user, OF_DISTRICT, Division):
        return Allowed()
    return Denied(_("Channels are kept by the coordination office and the district libraries."))


def may_keep_channel(user: User, channel: Any) -> Verdict:
    """The city's by the office and the group, a district's by its library as well (7.3)."""
    if keeps_city(user) or channel.kept_by(user):
        return Allowed()
    return Denied(_("This channel is kept by the coordination office and its district library."))


def may_change(user: User, channel: Any) -> Verdict:
    """What stands is put right and listed by whoever keeps it (7.3)."""
    return may_keep_channel(user, channel) and in_state(channel, channel.State.STANDING)


def may_ask(user: User, question: Any) -> Verdict:
    """What was asked in a channel is entered by whoever keeps it (7.3)."""
    return may_change(user, question.channel)


def may_answer(user: User, question: Any) -> Verdict:
    """The answer is entered by whoever keeps the channel (7.3)."""
    return may_keep_channel(user, question.channel) and in_state(question, question.State.ASKED)
