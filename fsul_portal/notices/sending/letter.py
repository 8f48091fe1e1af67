"""Put notices into one letter, as long as its channel lets it be."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from fsul_portal.notices.calendars.models import NoticeEvent
from fsul_portal.notices.models import Notice
from fsul_portal.notices.words import one_line
from fsul_portal.users import User

if TYPE_CHECKING:
    from fsul_portal.notices.robots.models import GroupRobot

SUBJECT_LENGTH = 200
ELLIPSIS = "…"


@dataclass(frozen=True)
class Letter:
    """What goes to one person at once, in the language that is active."""

    person: User
    notices: Sequence[Notice]
    most_bytes: int | None = None
    robot: "GroupRobot | None" = None

    @property
    def subject(self) -> str:
        """Return one line; a single notice keeps its own."""
        first = one_line(self.notices[0].subject)
        if len(self.notices) == 1:
            return first
        others = _(" and %(count)s more") % {"count": len(self.notices) - 1}
        return first[: SUBJECT_LENGTH - len(others)] + others

    @property
    def body(self) -> str:
        """Return what stands under the subject, where a letter has one."""
        return in_words(self.notices[0]) if len(self.notices) == 1 else "\n\n".join(self._numbered())

    @property
    def text(self) -> str:
        """Return all in one, for ways without a subject; what does not fit is counted and found in the portal."""
        pieces = self._numbered() if len(self.notices) > 1 else [f"{self.subject}\n{self.body}"]
        whole = "\n\n".join(pieces)
        if self.most_bytes is None or _size(whole) <= self.most_bytes:
            return whole
        return _fitting(pieces, self.most_bytes)

    @property
    def event(self) -> NoticeEvent | None:
        """Return what goes into the calendar of the person, where the one notice speaks of something of the kind."""
        return getattr(self.notices[0], "event", None) if len(self.notices) == 1 else None

    def _numbered(self) -> list[str]:
        named = enumerate(self.notices, start=1)
        return [f"{number}. {notice.subject}\n{in_words(notice)}" for number, notice in named]


def in_words(notice: Notice) -> str:
    """Return the text of a notice and the way to its page."""
    return "\n\n".join(filter(None, [notice.body, f"{settings.SITE_URL}{notice.link}"]))


def _fitting(pieces: Sequence[str], most: int) -> str:
    """Keep whole notices from the first on, and at least the beginning of that one."""
    whole = room = most - max(_size(_rest(number)) for number in (0, len(pieces)))
    kept: list[str] = []
    for piece in pieces:
        room -= _size(piece) + 2
        if room < 0:
            break
        kept.append(piece)
    if not kept:
        begun = pieces[0].encode()[: whole - 2 - _size(ELLIPSIS)]
        kept = [begun.decode(errors="ignore") + ELLIPSIS]
    return "\n\n".join([*kept, _rest(len(pieces) - len(kept))])


def _rest(number: int) -> str:
    address = settings.SITE_URL + reverse("notice-list")
    if number:
        return _("%(count)s more in the portal: %(address)s") % {"count": number, "address": address}
    return _("The whole of it in the portal: %(address)s") % {"address": address}


def _size(text: str) -> int:
    return len(text.encode())
