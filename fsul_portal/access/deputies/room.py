"""The card of deputies and of handing over."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fsul_portal.rooms import Card, Entry

CARD = Card(
    menu=(Entry(_("Members"), _("Deputies"), "deputy-list", "people", 40),),
    acts={
        "deputy ended": pgettext_lazy("act", "ended the time of a deputy"),
        "deputy named": pgettext_lazy("act", "named a deputy"),
        "handed over": pgettext_lazy("act", "handed over"),
    },
)
