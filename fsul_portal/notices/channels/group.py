"""Post into a group by its robot; it leads to no person, so nobody chooses it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fsul_portal.notices.sending.channel import Channel, Way
from fsul_portal.notices.sending.groups import MOST_BYTES, post_to
from fsul_portal.notices.sending.letter import Letter
from fsul_portal.notices.words import NotSent
from fsul_portal.users import User


def reaches(person: User) -> bool:
    return False


def send(letter: Letter) -> None:
    """Post the text of one notice into the group of the letter."""
    if letter.robot is None or not letter.robot.is_enabled:
        raise NotSent(_("The robot of this group is not in use."))
    post_to(letter.robot, letter.text)


CHANNEL = Channel(
    title=gettext_lazy("group robot"),
    reaches=reaches,
    send=send,
    way=Way.NEVER,
    bundles=False,
    most_bytes=MOST_BYTES,
)
