"""The card of the checks of returns (6.2.1 j)."""

from django.utils.translation import pgettext_lazy

from fsul_portal.rooms import Card
from members.returns.checks.keeping.actions import load_first_checks

CARD = Card(
    clauses=("6.2.1 j",),
    acts={"check set": pgettext_lazy("act", "set a check of returns")},
    defaults={"checks of returns": load_first_checks},
)
