"""The card of the replies to meetings (6.2.1 b)."""

from django.utils.translation import pgettext_lazy

from fsul_portal.rooms import Card

CARD = Card(acts={"replied": pgettext_lazy("act", "replied to the call")})
