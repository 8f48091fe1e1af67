"""The card of records."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fsul_portal.rooms import Card

CARD = Card(
    acts={
        "changed": pgettext_lazy("act", "changed"),
        "downloaded": pgettext_lazy("act", "downloaded"),
    },
    permissions={"fsul_portal.view_record": _("Reads the records of who did what")},
)
