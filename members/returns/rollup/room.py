"""The card of the sums of returns (6.2.1 j)."""

from django.utils.translation import gettext_lazy as _

from fsul_portal.rooms import Card, Job
from members.returns.rollup.actions import build

CARD = Card(
    clauses=("6.2.1 j",),
    defaults={"months added up": build},
    jobs=(
        Job("rollup.settle", _("Follows the registry with the sums of the returns"), every=600),
        Job("rollup.mend", _("Holds the sums of the returns against the returns"), daily=(2, 40)),
    ),
)
