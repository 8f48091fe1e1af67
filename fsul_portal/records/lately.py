"""Tell whether something is worth a record, where a text is saved while it is typed."""

from datetime import timedelta

from django.db.models import Model
from django.utils import timezone

from fsul_portal.records.models import Record
from fsul_portal.users import User

QUIET_FOR = timedelta(hours=1)


def is_news(thing: Model, verb: str, by: User) -> bool:
    """Say whether the last record of a thing is another act, of somebody else, or an hour old."""
    last = Record.objects.of(thing).first()
    return last is None or last.verb != verb or last.by_id != by.pk or last.at < timezone.now() - QUIET_FOR
