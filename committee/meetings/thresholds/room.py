"""The card of the thresholds of meetings (7.1)."""

from django.utils.translation import pgettext_lazy

from fsul_portal.rooms import Card

CARD = Card(acts={"thresholds set": pgettext_lazy("act", "set the thresholds of meetings")})
