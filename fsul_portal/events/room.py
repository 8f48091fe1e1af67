"""The card of events."""

from django.utils.translation import pgettext_lazy

from fsul_portal.rooms import Card

CARD = Card(
    acts={
        "event planned": pgettext_lazy("act", "planned the event"),
        "event changed": pgettext_lazy("act", "changed the event"),
        "event announced": pgettext_lazy("act", "announced the event"),
        "event signed up": pgettext_lazy("act", "signed somebody up"),
        "event signed off": pgettext_lazy("act", "signed somebody off"),
        "event roll": pgettext_lazy("act", "wrote the roll of the event"),
        "event held": pgettext_lazy("act", "signed the roll of the event"),
        "event evaluated": pgettext_lazy("act", "evaluated the event"),
        "event closed": pgettext_lazy("act", "closed the event"),
        "event cancelled": pgettext_lazy("act", "cancelled the event"),
    },
)
