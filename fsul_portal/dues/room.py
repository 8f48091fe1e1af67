"""The card of the calendar."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fsul_portal.rooms import Card, Entry

CARD = Card(
    menu=(Entry(_("Overview"), _("Calendar"), "calendar", "calendar", 12, key="c"),),
    acts={
        "feed opened": pgettext_lazy("act", "opened a calendar feed"),
        "feed closed": pgettext_lazy("act", "closed the calendar feed"),
    },
)
