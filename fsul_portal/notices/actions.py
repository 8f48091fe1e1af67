"""Write notices with the change they speak of."""

import uuid
from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils import timezone, translation

from fsul_portal.grammar.text import clean
from fsul_portal.notices.kinds import kind_of
from fsul_portal.notices.models import Choice, Delivery, Notice, Reader
from fsul_portal.notices.sending.ways import deliveries_of, languages_of
from fsul_portal.notices.words import Spoken, one_line, spoken
from fsul_portal.users import User


@transaction.atomic
def tell(
    people: Iterable[User], *, key: str, subject: Spoken, body: Spoken = "", link: str = "", kind: str = ""
) -> list[Notice]:
    """Write a notice to each of the people who was not told under this key yet; return the new notices.

    subject, body: plain words, lazy ones, or functions that give them; the last two are asked once for each language
    in which the recipients read. kind: the key up to its first colon unless said otherwise. However many people are
    told, it costs about a dozen queries.
    """
    people = [person for person in dict.fromkeys(people) if person.is_active]
    told = set(Notice.objects.filter(key=key, recipient__in=people).values_list("recipient_id", flat=True))
    untold = [person for person in people if person.pk not in told]
    if not untold:
        return []
    kind = kind or kind_of(key)
    fresh = _write(untold, key=key, kind=kind, link=link, words=_words(untold, subject, body))
    Delivery.objects.bulk_create(deliveries_of(fresh, kind), ignore_conflicts=True)
    return fresh


def _words(people: list[User], subject: Spoken, body: Spoken) -> dict[int, dict[str, str]]:
    """Return subject and text for each person, by the person's key."""
    languages = languages_of(people)
    in_language = {}
    for language in set(languages.values()):
        with translation.override(language):
            in_language[language] = {"subject": one_line(spoken(subject))[:200], "body": clean(spoken(body))}
    return {pk: in_language[language] for pk, language in languages.items()}


def _write(people: list[User], *, words: dict[int, dict[str, str]], key: str, **facts: str) -> list[Notice]:
    """Return the notices that are new; those which another process wrote at the same moment are left to it."""
    token = uuid.uuid4()
    # In one order always, or two who tell the same people at once would wait for each other for ever.
    rows = [
        Notice(recipient=person, key=key, token=token, **words[person.pk], **facts)
        for person in sorted(people, key=lambda person: person.pk)
    ]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    written = {one.recipient_id: one for one in Notice.objects.filter(recipient__in=people, key=key, token=token)}
    fresh = [written[person.pk] for person in people if person.pk in written]
    known = {person.pk: person for person in people}
    for notice in fresh:
        notice.recipient = known[notice.recipient_id]
    return fresh


def mark_read(notice: Notice) -> None:
    """Remember that the recipient has opened the notice."""
    Notice.objects.filter(pk=notice.pk, read_at__isnull=True).update(read_at=timezone.now())


def mark_all_read(user: User) -> int:
    return Notice.objects.visible_to(user).unread().update(read_at=timezone.now())


@transaction.atomic
def choose(person: User, *, language: str, ways: Mapping[str, str]) -> None:
    """Keep in which language and by which way a person wants to be told; ways: a way for each kind."""
    Reader.objects.update_or_create(person=person, defaults={"language": language})
    for kind, way in ways.items():
        Choice.objects.update_or_create(person=person, kind=kind, defaults={"way": way})
