"""The card of circulars."""

from django.utils.translation import pgettext_lazy

from fsul_portal.rooms import Card

CARD = Card(
    acts={
        "circular written": pgettext_lazy("act", "wrote the circular"),
        "circular changed": pgettext_lazy("act", "changed the circular"),
        "circular sent": pgettext_lazy("act", "sent the circular"),
        "circular nudged": pgettext_lazy("act", "reminded those who are missing"),
        "circular closed": pgettext_lazy("act", "closed the circular"),
        "circular withdrawn": pgettext_lazy("act", "withdrew the circular"),
        "circular read": pgettext_lazy("act", "read the circular"),
        "circular confirmed": pgettext_lazy("act", "confirmed the circular"),
        "circular done": pgettext_lazy("act", "did what the circular asks"),
    },
)
