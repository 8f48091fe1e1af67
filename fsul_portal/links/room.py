"""The card of links between records."""

from django.utils.translation import pgettext_lazy

from fsul_portal.rooms import Card

CARD = Card(
    acts={
        "linked": pgettext_lazy("act", "linked"),
        "unlinked": pgettext_lazy("act", "took a link away"),
    },
)
