"""The card of chasing (6.2.1 j)."""

from django.utils.translation import pgettext_lazy

from fsul_portal.rooms import Card

CARD = Card(clauses=("6.2.1 j",), acts={"chased": pgettext_lazy("act", "chased")})
