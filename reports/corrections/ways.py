"""Declare the way of a correction slip: the lead of the coordination group agrees (6.2.1 j)."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fsul_portal.approvals.kinds import Condition, MatterKind, Seat, register
from fsul_portal.approvals.stages import Stage
from members.libraries.seats import districts_of
from reports.corrections.rules import ACCEPT, APPROVE, OFFICE
from workgroups.groups.models import Group, in_charge

GROUP = "coordination"
CLAUSE = "6.2.1 j"

APPROVAL = Stage(
    key="correction_approval",
    step=1,
    title=_("Approval by the coordination group"),
    verb=_("Approve"),
    permission=APPROVE,
    place=GROUP,
    seat=_("lead of the coordination group"),
    days=3,
)


def _the_group(matters: Iterable[Any]) -> dict[int, Group | None]:
    group = in_charge(CLAUSE)
    return dict.fromkeys((matter.pk for matter in matters), group) if group else {}


KIND = MatterKind(
    key="correction",
    title=_("correction slip"),
    model="reports.correction",
    waiting=_("Correction slips that wait for your opinion"),
    listed=lambda: f"{reverse('reports:correction-list')}?tab=waiting",
    seats={
        GROUP: Seat(_("lead of the coordination group"), APPROVE, _the_group),
        "district": Seat(_("signing reviewer of the district library"), ACCEPT, districts_of),
        "office": Seat(_("coordination office"), OFFICE),
    },
    default=(APPROVAL,),
    lead="office",
    conditions={"year": Condition(_("only for a whole year"), lambda slip: slip.period.is_year)},
)


def declare() -> None:
    register(KIND)
