"""The card of conformity with the standard."""

from django.utils.translation import gettext_lazy as _

from fsul_portal.rooms import Card, Entry

CARD = Card(
    menu=(Entry(_("Reports"), _("Conformity"), "reports:conformity", "check", 50),),
)
