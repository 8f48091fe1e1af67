"""The card of approvals: the acts which all matters share."""

from django.utils.translation import pgettext_lazy

from fsul_portal.rooms import Card

CARD = Card(
    acts={
        "drafted": pgettext_lazy("act", "began a draft"),
        "edited": pgettext_lazy("act", "edited"),
        "submitted": pgettext_lazy("act", "submitted"),
        "returned": pgettext_lazy("act", "returned for correction"),
        "refused": pgettext_lazy("act", "refused"),
        "withdrawn": pgettext_lazy("act", "withdrew"),
        "in_force": pgettext_lazy("act", "put into force"),
    },
)
