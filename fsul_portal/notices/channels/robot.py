"""Post into the chat of an office by its robot, in the form which 企业微信 and 钉钉 share.

An address stands for an account: `NOTICE_ROBOTS=office=https://…`. Others read the chat too, so nothing goes there
until the person of that account has chosen it.
"""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_lazy as _

from fsul_portal.notices.sending.channel import Channel, Setting, Way
from fsul_portal.notices.sending.letter import Letter
from fsul_portal.notices.sending.posting import INSIDE, fault_of, post
from fsul_portal.users import User

# The shorter of the two limits, that of 企业微信.
MOST_BYTES = 2048


def _faults(robots: Mapping[str, str]) -> Iterable[str]:
    for account, address in robots.items():
        if fault := fault_of(address):
            yield f"{account}: {fault}"


ROBOTS = Setting("NOTICE_ROBOTS", "dict", {}, _faults)


def reaches(person: User) -> bool:
    return person.get_username() in ROBOTS.value


def send(letter: Letter) -> None:
    """Post the text of a letter."""
    address = ROBOTS.value[letter.person.get_username()]
    post(address, {"msgtype": "text", "text": {"content": letter.text}})


CHANNEL = Channel(
    title=_("chat robot"),
    reaches=reaches,
    send=send,
    way=Way.NEVER,
    most_bytes=MOST_BYTES,
    settings=(ROBOTS, INSIDE),
)
