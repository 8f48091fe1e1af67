"""The card of the committee's calendar (6.2.1 b)."""

from django.utils.translation import pgettext_lazy

from fsul_portal.rooms import Card

CARD = Card(acts={"committee feed renewed": pgettext_lazy("act", "renewed the address of the committee's calendar")})
