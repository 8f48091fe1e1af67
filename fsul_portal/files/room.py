"""The card of files."""

from django.utils.translation import pgettext_lazy

from fsul_portal.rooms import Card

CARD = Card(
    acts={
        "attached": pgettext_lazy("act", "attached a file"),
        "file withdrawn": pgettext_lazy("act", "withdrew a file"),
    },
)
