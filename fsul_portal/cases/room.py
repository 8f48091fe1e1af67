"""The card of cases."""

from django.utils.translation import pgettext_lazy

from fsul_portal.rooms import Card

CARD = Card(
    acts={
        "case opened": pgettext_lazy("act", "raised"),
        "case assigned": pgettext_lazy("act", "assigned"),
        "case progress": pgettext_lazy("act", "said how it stands"),
        "case drawn in": pgettext_lazy("act", "drew others in"),
        "case step given": pgettext_lazy("act", "gave a step"),
        "case solved": pgettext_lazy("act", "solved"),
        "case reviewed": pgettext_lazy("act", "reviewed the solution"),
        "case sent back": pgettext_lazy("act", "sent back"),
        "case closed": pgettext_lazy("act", "closed the case"),
        "case reopened": pgettext_lazy("act", "opened again"),
    },
)
