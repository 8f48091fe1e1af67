"""The card of the first page."""

from django.utils.translation import gettext_lazy as _

from fsul_portal.rooms import Card, Entry

CARD = Card(
    menu=(Entry(_("Overview"), _("Dashboard"), "dashboard", "home", 10, key="d"),),
)
