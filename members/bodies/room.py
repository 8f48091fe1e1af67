"""The card of those who sit in a body (5.1, 5.2)."""

from django.utils.translation import pgettext_lazy

from fsul_portal.rooms import Card
from members.bodies.rights import without_a_seat

CARD = Card(
    offers={"roles": without_a_seat},
    acts={
        "nominated": pgettext_lazy("act", "nominated"),
        "nomination approved": pgettext_lazy("act", "recorded the approval"),
        "nomination dropped": pgettext_lazy("act", "put the nomination away"),
        "seat left": pgettext_lazy("act", "ended the seat"),
        "seat taken": pgettext_lazy("act", "let the seat be taken"),
        "seat taken over": pgettext_lazy("act", "wrote the seat down for a role held before"),
    },
)
