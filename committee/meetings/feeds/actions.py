"""Give the committee's calendar an address (6.2.1 b)."""

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from committee.meetings.feeds.models import BodyFeed
from committee.meetings.feeds.rules import may_renew_feed
from fsul_portal.dues.models import KEY_LENGTH
from fsul_portal.records.actions import record
from fsul_portal.users import User
from fsul_portal.verdicts import require


@transaction.atomic
def renew_feed(*, by: User) -> BodyFeed:
    """Give the feed an address; an earlier one leads nowhere from now on (6.2.1 b)."""
    require(may_renew_feed(by))
    fresh = {"key": get_random_string(KEY_LENGTH), "opened_at": timezone.now()}
    feed, _created = BodyFeed.objects.update_or_create(body=BodyFeed.Body.COMMITTEE, defaults=fresh)
    record(feed, "committee feed renewed", by=by)
    return feed
