"""The card of a person's own account."""

from django.utils.translation import pgettext_lazy

from fsul_portal.rooms import Card

CARD = Card(
    acts={
        "details changed": pgettext_lazy("act", "changed telephone or mail"),
        "password changed": pgettext_lazy("act", "changed the password"),
        "session ended": pgettext_lazy("act", "ended a session"),
        "sessions ended": pgettext_lazy("act", "ended all other sessions"),
    },
)
