"""Declare the way of institutions: a meeting decides (6.1 a)."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from committee.documents.ways import decided_by_a_meeting
from committee.institutions.models import WAY
from fsul_portal.approvals.kinds import register

KIND = decided_by_a_meeting(
    WAY,
    _("institution or rule"),
    "committee.institution",
    _("Institutions to decide on"),
    lambda: f"{reverse('committee:institution-list')}?tab=waiting",
)


def declare() -> None:
    register(KIND)
