"""The card of numbers."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fsul_portal.numbers.rules import may_keep_numbers
from fsul_portal.rooms import Card, Entry

CARD = Card(
    menu=(Entry(_("Members"), _("Numbers"), "number-list", "stamp", 60, may_keep_numbers),),
    acts={"pattern set": pgettext_lazy("act", "set how numbers are written")},
    permissions={"fsul_portal.keep_numbers": _("Sets how numbers are written")},
)
