"""Declare the ways of the two reports: who reviews, who signs (6.1 d, 6.2.1 j)."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fsul_portal.approvals.kinds import MatterKind, Seat, register
from fsul_portal.approvals.stages import Stage
from reports.editions.life.rules import OFFICE, SIGN
from workgroups.groups.models import Group, in_charge

GROUP, CHAIR = "coordination", "chair"
CLAUSE = "6.2.1 j"
REVIEW = "workgroups.approve_reports"
LEAD = _("lead of the coordination group")

SIGNED_BY_LEAD = Stage(
    key="report_signature",
    step=1,
    title=_("Approval by the lead of the coordination group"),
    verb=_("Approve"),
    permission=REVIEW,
    place=GROUP,
    seat=LEAD,
    days=3,
)
REVIEWED_BY_LEAD = Stage(
    key="report_review",
    step=1,
    title=_("Review by the coordination group"),
    verb=_("Agree"),
    permission=REVIEW,
    place=GROUP,
    seat=LEAD,
)
SIGNED_BY_CHAIR = Stage(
    key="report_signature",
    step=2,
    title=_("Approval by the chair of the committee"),
    verb=_("Approve"),
    permission=SIGN,
    place=CHAIR,
    seat=_("chair of the committee"),
)


def _the_group(matters: Iterable[Any]) -> dict[int, Group | None]:
    group = in_charge(CLAUSE)
    return dict.fromkeys((matter.pk for matter in matters), group) if group else {}


SEATS = {
    GROUP: Seat(LEAD, REVIEW, _the_group),
    CHAIR: Seat(_("chair of the committee"), SIGN),
    "office": Seat(_("coordination office"), OFFICE),
}


def _listed() -> str:
    return f"{reverse('reports:edition-list')}?tab=waiting"


KINDS = (
    MatterKind(
        key="monthly_report",
        title=_("monthly report"),
        model="reports.edition",
        waiting=_("Reports that wait for your opinion"),
        listed=_listed,
        seats=SEATS,
        default=(SIGNED_BY_LEAD,),
        lead="office",
    ),
    MatterKind(
        key="annual_report",
        title=_("annual report"),
        model="reports.edition",
        waiting=_("Reports that wait for your opinion"),
        listed=_listed,
        seats=SEATS,
        default=(REVIEWED_BY_LEAD, SIGNED_BY_CHAIR),
        lead="office",
    ),
)


def declare() -> None:
    for kind in KINDS:
        register(kind)
