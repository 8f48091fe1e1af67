"""Know the ways out of the portal, and when a notice takes them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Max
from django.utils import timezone

from fsul_portal.notices.kinds import chosen_as
from fsul_portal.notices.models import Choice, Delivery, Notice, Reader
from fsul_portal.notices.sending import mail
from fsul_portal.users import User

DAILY = "daily"


@dataclass(frozen=True)
class Channel:
    """A way out. reaches: whether it leads to a person; send: hand over the notices to one person, or raise."""

    reaches: Callable[..., bool]
    send: Callable[..., None]


# The portal itself is no way out: a notice stands there, whatever its recipient has chosen.
CHANNELS = {"mail": Channel(mail.reaches, mail.send)}


def languages_of(people: Iterable[User]) -> dict[int, str]:
    """Return the language of each person's letters by the person's key, in one query."""
    chosen = dict(Reader.objects.filter(person__in=people).values_list("person", "language"))
    return {person.pk: chosen.get(person.pk, settings.LANGUAGE_CODE) for person in people}


def deliveries_of(notices: Sequence[Notice], kind: str) -> list[Delivery]:
    """Return the deliveries of notices of one kind, as each recipient has chosen: two queries for all of them."""
    people = [notice.recipient for notice in notices]
    chosen = dict(Choice.objects.filter(person__in=people, kind=chosen_as(kind)).values_list("person", "way"))
    last = _last_sent(people, kind)
    when = {person.pk: _when(chosen.get(person.pk), last.get(person.pk), kind) for person in people}
    return [
        Delivery(notice=notice, channel=name, **when[notice.recipient_id])
        for notice in notices
        for name, channel in CHANNELS.items()
        if channel.reaches(notice.recipient) and chosen.get(notice.recipient_id) != Choice.Way.NEVER
    ]


def _when(way: str | None, last: datetime | None, kind: str) -> dict[str, Any]:
    """Send the first of a kind at once, and what follows within the window together at its end."""
    if way == Choice.Way.DAILY:
        return {"bundle": DAILY, "due_at": _next_digest()}
    now = timezone.now()
    return {"bundle": kind, "due_at": max(now, last + _window()) if last else now}


def _last_sent(people: list[User], kind: str) -> dict[int, datetime]:
    sent = Delivery.objects.filter(notice__recipient__in=people, bundle=kind, sent_at__gt=timezone.now() - _window())
    return dict(sent.order_by().values_list("notice__recipient").annotate(Max("sent_at")))


def _window() -> timedelta:
    return timedelta(minutes=settings.NOTICE_WINDOW_MINUTES)


def _next_digest() -> datetime:
    now = timezone.localtime()
    today = now.replace(hour=settings.NOTICE_DIGEST_HOUR, minute=0, second=0, microsecond=0)
    return today if today > now else today + timedelta(days=1)
