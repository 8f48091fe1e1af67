"""The card of documents with a life; the acts of deciding are those of approvals."""

from django.utils.translation import pgettext_lazy

from fsul_portal.rooms import Card

CARD = Card(
    acts={
        "paper proposed": pgettext_lazy("act", "proposed"),
        "paper written": pgettext_lazy("act", "wrote an edition"),
        "paper consulted": pgettext_lazy("act", "asked for opinions"),
        "paper opinion": pgettext_lazy("act", "gave an opinion"),
        "paper answered": pgettext_lazy("act", "answered an opinion"),
        "paper issued": pgettext_lazy("act", "issued"),
        "paper in force": pgettext_lazy("act", "let it enter into force"),
        "paper ends": pgettext_lazy("act", "let it end when another one is in force"),
        "paper stays": pgettext_lazy("act", "let it stay in force"),
        "paper replaced": pgettext_lazy("act", "replaced"),
        "paper reviewed": pgettext_lazy("act", "reviewed"),
        "paper repealed": pgettext_lazy("act", "repealed"),
    },
)
