"""Write notices with the change they speak of."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from fsul_portal.notices.models import Delivery, Notice
from fsul_portal.text import clean


@transaction.atomic
def tell(people, *, key, subject, body="", link=""):
    """Write a notice to each of the people who was not told under this key yet; return the new notices.

    Lazy sentences are written in the language of the portal, whichever the person at the keyboard has chosen.
    """
    people = list(dict.fromkeys(people))
    with translation.override(settings.LANGUAGE_CODE):
        words = {"subject": one_line(subject)[:200], "body": clean(str(body)), "link": link}
    told = set(Notice.objects.filter(key=key, recipient__in=people).values_list("recipient_id", flat=True))
    untold = [person for person in people if person.is_active and person.pk not in told]
    return [notice for person in untold if (notice := _write(person, key, words))]


def _write(person, key, words):
    """Return the notice, or None when another process got there first."""
    notice, is_new = Notice.objects.get_or_create(recipient=person, key=key, defaults=words)
    if is_new and person.email:
        Delivery.objects.create(notice=notice)
    return notice if is_new else None


def one_line(words):
    """Return the words without line ends, so that what people typed cannot begin another header."""
    return " ".join(clean(str(words)).split())


def mark_read(notice):
    """Remember that the recipient has opened the notice."""
    Notice.objects.filter(pk=notice.pk, read_at__isnull=True).update(read_at=timezone.now())


def mark_all_read(user):
    return Notice.objects.visible_to(user).unread().update(read_at=timezone.now())
