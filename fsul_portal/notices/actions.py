"""Write notices with the change they speak of."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone, translation

from fsul_portal.access.rules import Holding, people_holding_any
from fsul_portal.grammar.text import clean
from fsul_portal.grammar.words import Spoken, spoken
from fsul_portal.notices.calendars.events import Event, uid_of
from fsul_portal.notices.calendars.models import NoticeEvent
from fsul_portal.notices.kinds import kind_of
from fsul_portal.notices.models import Choice, Delivery, Notice, Reader
from fsul_portal.notices.sending.ways import deliveries_of, languages_of, posts_of
from fsul_portal.notices.words import one_line
from fsul_portal.users import User


@dataclass(frozen=True, kw_only=True)
class News:
    """One thing to be told.

    holding: permissions with their places; whoever holds one of them is told as well. key: nobody is told twice under
    one. subject, body: plain words, lazy ones, or functions that give them; the last two are asked once for each
    language in which the recipients read. kind: the key up to its first colon unless said otherwise. event: what the
    mail brings along for the calendar of each.
    """

    people: Iterable[User] = ()
    holding: Sequence[Holding] = ()
    key: str
    subject: Spoken
    body: Spoken = ""
    link: str = ""
    kind: str = ""
    event: Event | None = None


def tell(
    people: Iterable[User],
    *,
    key: str,
    subject: Spoken,
    body: Spoken = "",
    link: str = "",
    kind: str = "",
    event: Event | None = None,
) -> list[Notice]:
    """Write a notice to each of the people who was not told under this key yet; return the new notices."""
    return tell_all([News(people=people, key=key, subject=subject, body=body, link=link, kind=kind, event=event)])


# Without a point to go back to: whoever tells either does all of it, or lets go of the act it speaks of too.
@transaction.atomic(savepoint=False)
def tell_all(news: Iterable[News]) -> list[Notice]:
    """Write the notices of many things; however many, and to however many people, it costs about a dozen queries."""
    told_of = [(one, _readers(one)) for one in news]
    people = list({person.pk: person for __, readers in told_of for person in readers}.values())
    keys = [one.key for one, __ in told_of]
    told = set(Notice.objects.filter(key__in=keys, recipient__in=people).values_list("key", "recipient_id"))
    untold = [(one, [person for person in readers if (one.key, person.pk) not in told]) for one, readers in told_of]
    if not any(readers for __, readers in untold):
        return []
    fresh = _write(untold)
    events = {(one.key, person.pk): one.event for one, readers in untold if one.event for person in readers}
    _add_events(events, fresh)
    at_once = {key for key, __ in events}
    by_kind: dict[str, list[Notice]] = {}
    for notice in fresh:
        by_kind.setdefault(notice.kind, []).append(notice)
    due = [delivery for kind, notices in by_kind.items() for delivery in deliveries_of(notices, kind, at_once)]
    Delivery.objects.bulk_create([*due, *posts_of(fresh)], ignore_conflicts=True)
    return fresh


def _add_events(events: Mapping[tuple[str, int], Event], notices: Iterable[Notice]) -> None:
    """Keep the event of each notice that speaks of one."""
    asked = ((notice, events.get((notice.key, notice.recipient_id))) for notice in notices)
    rows = [_event_of(notice, event) for notice, event in asked if event]
    if rows:
        NoticeEvent.objects.bulk_create(rows)


def _event_of(notice: Notice, event: Event) -> NoticeEvent:
    return NoticeEvent(
        notice=notice,
        uid=uid_of(event.key),
        sequence=event.sequence,
        title=event.title,
        place=event.place,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        is_cancelled=event.is_cancelled,
        reply_link=event.reply(notice.recipient) if event.reply else "",
    )


def _readers(one: News) -> list[User]:
    seated = people_holding_any(*one.holding) if one.holding else []
    return [person for person in dict.fromkeys([*one.people, *seated]) if person.is_active]


def _words(one: News, languages: Iterable[str]) -> dict[str, dict[str, str]]:
    """Return subject and text in each of these languages."""
    in_language = {}
    for language in languages:
        with translation.override(language):
            in_language[language] = {"subject": one_line(spoken(one.subject))[:200], "body": clean(spoken(one.body))}
    return in_language


def _write(untold: Sequence[tuple[News, list[User]]]) -> list[Notice]:
    """Return the notices that are new; those which another process wrote at the same moment are left to it."""
    known = {person.pk: person for __, readers in untold for person in readers}
    languages, token, rows = languages_of(list(known.values())), uuid.uuid4(), []
    for one, readers in untold:
        words = _words(one, {languages[person.pk] for person in readers})
        facts = {"key": one.key, "kind": one.kind or kind_of(one.key), "link": one.link, "token": token}
        rows += [Notice(recipient=person, **facts, **words[languages[person.pk]]) for person in readers]
    # In one order always, or two who tell the same people at once would wait for each other for ever.
    rows.sort(key=lambda notice: (notice.recipient_id, notice.key))
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    mine = Notice.objects.filter(recipient__in=known, key__in={one.key for one, __ in untold}, token=token)
    written = {(notice.key, notice.recipient_id): notice for notice in mine}
    asked = [(one.key, person.pk) for one, readers in untold for person in readers]
    fresh = [written[pair] for pair in asked if pair in written]
    for notice in fresh:
        notice.recipient = known[notice.recipient_id]
    return fresh


def mark_read(notice: Notice) -> None:
    """Remember that the recipient has opened the notice."""
    Notice.objects.filter(pk=notice.pk, read_at__isnull=True).update(read_at=timezone.now())


def mark_all_read(user: User) -> int:
    return Notice.objects.visible_to(user).unread().update(read_at=timezone.now())


@transaction.atomic
def choose(person: User, *, language: str, ways: Mapping[tuple[str, str], str]) -> None:
    """Keep in which language and by which ways a person wants to be told; ways: by kind and channel."""
    Reader.objects.update_or_create(person=person, defaults={"language": language})
    for (kind, channel), way in ways.items():
        Choice.objects.update_or_create(person=person, kind=kind, channel=channel, defaults={"way": way})
