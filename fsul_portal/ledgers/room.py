"""The card of what runs out."""

from django.utils.translation import pgettext_lazy

from fsul_portal.rooms import Card

CARD = Card(
    acts={
        "ledger entered": pgettext_lazy("act", "entered"),
        "ledger corrected": pgettext_lazy("act", "put right"),
        "ledger renewed": pgettext_lazy("act", "renewed"),
        "ledger ended": pgettext_lazy("act", "ended"),
        "ledger follows": pgettext_lazy("act", "let it follow another entry"),
    },
)
