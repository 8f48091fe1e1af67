"""The card of the ways that matters take."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fsul_portal.approvals.ways.actions import load_default_ways
from fsul_portal.rooms import Card, Entry

CARD = Card(
    menu=(Entry(_("Members"), _("Ways"), "way-list", "list", 50),),
    acts={"way changed": pgettext_lazy("act", "changed the way of a kind of matter")},
    permissions={"fsul_portal.edit_ways": _("Edits the ways that matters take")},
    defaults={"ways": load_default_ways},
)
