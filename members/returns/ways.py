"""Declare the way of a return: its district accepts it, unless the office says otherwise (6.2.1 j)."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fsul_portal.approvals.kinds import Condition, MatterKind, Seat, register
from fsul_portal.approvals.stages import Stage
from members.libraries.seats import districts_of
from members.returns.due.days import is_late

ACCEPTANCE = Stage(
    key="acceptance",
    step=1,
    title=_("Acceptance by the district library"),
    verb=_("Accept"),
    permission="members.accept_returns",
    place="district",
    seat=_("signing reviewer of the district library"),
    days=3,
)

KIND = MatterKind(
    key="return",
    title=_("return"),
    model="members.return",
    waiting=_("Returns to accept"),
    listed=lambda: f"{reverse('returns:return-list')}?tab=waiting",
    seats={
        "district": Seat(_("signing reviewer of the district library"), "members.accept_returns", districts_of),
        "office": Seat(_("coordination office"), "members.import_returns"),
    },
    default=(ACCEPTANCE,),
    lead="office",
    conditions={
        "year": Condition(_("only for a whole year"), lambda one: one.period.is_year),
        "late": Condition(_("only where it was handed in late"), lambda one: is_late(one)),
    },
)


def declare() -> None:
    register(KIND)
