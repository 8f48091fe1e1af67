"""Open and close a person's calendar feed."""

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from fsul_portal.dues.models import KEY_LENGTH, Feed
from fsul_portal.records.actions import record
from fsul_portal.users import User


@transaction.atomic
def open_feed(*, by: User) -> Feed:
    """Give a person an address for his calendar program; an earlier one leads nowhere from now on."""
    fresh = {"key": get_random_string(KEY_LENGTH), "opened_at": timezone.now()}
    feed, _created = Feed.objects.update_or_create(person=by, defaults=fresh)
    record(by, "feed opened", by=by)
    return feed


@transaction.atomic
def close_feed(*, by: User) -> bool:
    """Let the address of a person's feed lead nowhere; return whether there was one."""
    count, _kinds = Feed.objects.filter(person=by).delete()
    if count:
        record(by, "feed closed", by=by)
    return bool(count)
