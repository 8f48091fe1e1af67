"""The card of the scores by which a month is looked through (6.2.1 j)."""

from django.utils.translation import gettext_lazy as _

from fsul_portal.rooms import Card, Job

CARD = Card(
    clauses=("6.2.1 j",),
    jobs=(Job("scores.follow", _("Reckons how far figures lie from what is usual"), every=1800),),
)
