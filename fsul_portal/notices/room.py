"""The card of notices."""

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fsul_portal.access.rules import holds
from fsul_portal.notices.models import Delivery
from fsul_portal.rooms import Card, Entry, Job, Waiting
from fsul_portal.users import User

# What failed earlier than this has been looked at, or is looked at no more.
SHOWN_FOR = timedelta(days=14)


def failed_deliveries(user: User) -> Iterator[Waiting]:
    """Lead whoever watches over notices to what did not go out after all attempts, by whatever way."""
    if holds(user, "fsul_portal.view_delivery"):
        since = timezone.now() - SHOWN_FOR
        asked = urlencode({"state__exact": Delivery.State.FAILED, "due_at__gte": since.isoformat(timespec="seconds")})
        count = Delivery.objects.failed_since(since).count()
        yield Waiting(
            gettext("Letters that did not go out"), count, f"{reverse('admin:fsul_portal_delivery_changelist')}?{asked}"
        )


CARD = Card(
    desk=failed_deliveries,
    menu=(Entry(_("Overview"), _("Notices"), "notice-list", "bell", 20, key="n"),),
    permissions={
        "fsul_portal.view_notice": _("Watches whether notices arrive"),
        "fsul_portal.view_delivery": _("Watches whether notices arrive"),
    },
    jobs=(
        Job("notices.send", _("Sends notices by mail and to groups"), every=30),
        Job("notices.remind", _("Writes the reminders of the day"), daily=(8, 30)),
    ),
)
