"""The card of the exports of the library system (6.2.1 j)."""

from django.utils.translation import pgettext_lazy

from fsul_portal.rooms import Card

CARD = Card(
    clauses=("6.2.1 j",),
    acts={"source set": pgettext_lazy("act", "said how an export is read")},
)
