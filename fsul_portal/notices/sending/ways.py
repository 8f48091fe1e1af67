"""Know when a notice takes which way out of the portal."""

from collections.abc import Container, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Max
from django.utils import timezone

from fsul_portal.notices.channels import channels
from fsul_portal.notices.kinds import FOR_GROUPS, OBLIGATORY, chosen_as
from fsul_portal.notices.models import Choice, Delivery, Notice, Reader
from fsul_portal.notices.robots.models import GroupRobot
from fsul_portal.notices.sending.channel import Channel, Way
from fsul_portal.users import User

DAILY, GROUP = "daily", "group"


def languages_of(people: Iterable[User]) -> dict[int, str]:
    """Return the language of each person's letters by the person's key, in one query."""
    chosen = dict(Reader.objects.filter(person__in=people).values_list("person", "language"))
    return {person.pk: chosen.get(person.pk, settings.LANGUAGE_CODE) for person in people}


def deliveries_of(notices: Sequence[Notice], kind: str, at_once: Container[str] = ()) -> list[Delivery]:
    """Return the deliveries of notices of one kind, as each recipient has chosen: two queries for all of them.

    at_once: keys of what does not wait for a letter of many.
    """
    people = [notice.recipient for notice in notices]
    rows = Choice.objects.filter(person__in=people, kind=chosen_as(kind)).values_list("person", "channel", "way")
    chosen = {(person, channel): way for person, channel, way in rows}
    last = _last_sent(people, kind)
    found = []
    for notice in notices:
        for name, channel in channels().items():
            whose = (notice.recipient_id, name)
            way = chosen.get(whose, channel.way)
            if is_fixed(kind, channel):
                way = channel.way
            if way != Way.NEVER and channel.reaches(notice.recipient):
                when = _at_once(kind) if notice.key in at_once else _when(way, last.get(whose), kind)
                found.append(Delivery(notice=notice, channel=name, **when))
    return found


def is_fixed(kind: str, channel: Channel) -> bool:
    """Say whether a kind takes a way for everybody, whatever he has chosen for other kinds."""
    return kind in OBLIGATORY and channel.way != Way.NEVER


def posts_of(notices: Sequence[Notice]) -> list[Delivery]:
    """Return one post for each piece of news and each group that reads its kind; three queries where there are any."""
    by_key: dict[str, list[Notice]] = {}
    for notice in notices:
        if notice.kind in FOR_GROUPS:
            by_key.setdefault(notice.key, []).append(notice)
    robots = list(GroupRobot.objects.filter(is_enabled=True)) if by_key else []
    if not robots:
        return []
    posted = set(Delivery.objects.filter(robot__in=robots, notice__key__in=by_key).values_list("notice__key", "robot"))
    languages = languages_of([notice.recipient for told in by_key.values() for notice in told])
    found = []
    for key, told in by_key.items():
        # A group reads the language of the house; where nobody of those told reads it, another one.
        first = min(told, key=lambda notice: languages[notice.recipient_id] != settings.LANGUAGE_CODE)
        reading = [robot for robot in robots if first.kind in robot.kinds and (key, robot.pk) not in posted]
        found += [Delivery(notice=first, channel=GROUP, robot=robot, bundle=GROUP) for robot in reading]
    return found


def _at_once(kind: str) -> dict[str, Any]:
    """A calendar that learns of new hours in tomorrow's letter learns of them too late."""
    return {"bundle": kind, "due_at": timezone.now()}


def _when(way: str, last: datetime | None, kind: str) -> dict[str, Any]:
    """Send the first of a kind at once, and what follows within the window together at its end."""
    if way == Way.DAILY:
        return {"bundle": DAILY, "due_at": _next_digest()}
    now = timezone.now()
    return {"bundle": kind, "due_at": max(now, last + _window()) if last else now}


def _last_sent(people: list[User], kind: str) -> dict[tuple[int, str], datetime]:
    """Return when a person was last told of this kind, by person and channel."""
    sent = Delivery.objects.filter(notice__recipient__in=people, bundle=kind, sent_at__gt=timezone.now() - _window())
    rows = sent.order_by().values_list("notice__recipient", "channel").annotate(Max("sent_at"))
    return {(person, channel): moment for person, channel, moment in rows}


def _window() -> timedelta:
    return timedelta(minutes=settings.NOTICE_WINDOW_MINUTES)


def _next_digest() -> datetime:
    now = timezone.localtime()
    today = now.replace(hour=settings.NOTICE_DIGEST_HOUR, minute=0, second=0, microsecond=0)
    return today if today > now else today + timedelta(days=1)
