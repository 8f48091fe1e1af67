"""Give the calendar of a body an address (6.2.1 b)."""

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from committee.bodies.models import Body
from committee.bodies.rules import may_set
from committee.meetings.feeds.models import BodyFeed
from fsul_portal.dues.models import KEY_LENGTH
from fsul_portal.lives.actions import claim, step
from fsul_portal.users import User


@transaction.atomic
def renew_feed(body: Body, *, by: User, version: int | None = None) -> BodyFeed:
    """Give the feed of a body an address; an earlier one leads nowhere from now on (6.2.1 b)."""
    body = claim(body, may_set, by=by, version=version)
    fresh = {"key": get_random_string(KEY_LENGTH), "opened_at": timezone.now()}
    feed, _created = BodyFeed.objects.update_or_create(body=body, defaults=fresh)
    step(body, "calendar address renewed", by=by)
    return feed
