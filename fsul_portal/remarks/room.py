"""The card of remarks."""

from django.utils.translation import pgettext_lazy

from fsul_portal.rooms import Card

CARD = Card(
    acts={
        "remarked": pgettext_lazy("act", "made a remark"),
        "remark answered": pgettext_lazy("act", "answered a remark"),
        "remark closed": pgettext_lazy("act", "closed a remark"),
    },
)
