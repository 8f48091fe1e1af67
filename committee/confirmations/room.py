"""The card of answers to minutes and of addenda (6.2.1 b)."""

from django.utils.translation import pgettext_lazy

from fsul_portal.rooms import Card

CARD = Card(
    clauses=("6.2.1 b",),
    acts={
        "addendum dropped": pgettext_lazy("act", "put an addendum away"),
        "addendum signed": pgettext_lazy("act", "signed an addendum"),
        "addendum written": pgettext_lazy("act", "wrote an addendum"),
    },
)
