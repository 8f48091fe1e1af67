"""Declare the way of plans: a meeting decides (6.1 b)."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from committee.documents.ways import decided_by_a_meeting
from committee.plans.models import WAY
from fsul_portal.approvals.kinds import register

KIND = decided_by_a_meeting(
    WAY,
    pgettext_lazy("committee", "plan"),
    "committee.plan",
    _("Plans to decide on"),
    lambda: f"{reverse('committee:systemplan-list')}?tab=waiting",
)


def declare() -> None:
    register(KIND)
