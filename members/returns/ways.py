"""Declare the way of a return: its district accepts it, unless the office says otherwise (6.2.1 j).

The office may lay a stage before that for the head of the library, who certifies the figures.
"""

from collections.abc import Sequence

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fsul_portal.access.models import Grant
from fsul_portal.access.rules import roles_with
from fsul_portal.approvals.kinds import Condition, MatterKind, Seat, register
from fsul_portal.approvals.stages import Stage
from members.libraries.models import Library
from members.libraries.seats import districts_of, libraries_of
from members.returns.due.days import is_late
from members.returns.models import Return

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

# Whoever heads a library stands for its figures, where the office lays a stage for that.
CERTIFY = "members.certify_returns"


def has_a_head(one: Return) -> bool:
    """Say whether somebody can certify a return: a stage that nobody answers would hold it up for ever."""
    return one.library_id in _headed([one])


def with_a_head(returns: Sequence[Return]) -> set[int]:
    """Return the keys of those returns whose library has a head; one query, however many came in one file."""
    headed = _headed(returns)
    return {one.pk for one in returns if one.library_id in headed}


def _headed(returns: Sequence[Return]) -> set[int]:
    """Return which of the libraries have a head. Who holds everything as the machine's own account heads none."""
    held = Grant.objects.in_force().filter(role__in=roles_with(CERTIFY), person__is_active=True)
    libraries = {one.library_id for one in returns}
    on = held.filter(content_type=ContentType.objects.get_for_model(Library), object_id__in=libraries)
    return {library for library in on.values_list("object_id", flat=True) if library}


KIND = MatterKind(
    key="return",
    title=_("return"),
    model="members.return",
    waiting=_("Returns to accept"),
    listed=lambda: f"{reverse('returns:return-list')}?tab=waiting",
    seats={
        "district": Seat(_("signing reviewer of the district library"), "members.accept_returns", districts_of),
        "library": Seat(_("head of the library"), CERTIFY, libraries_of),
        "office": Seat(_("coordination office"), "members.import_returns"),
    },
    default=(ACCEPTANCE,),
    lead="office",
    conditions={
        "headed": Condition(_("only where the library has a head"), has_a_head, of_many=with_a_head),
        "year": Condition(_("only for a whole year"), lambda one: one.period.is_year),
        "late": Condition(_("only where it was handed in late"), lambda one: is_late(one)),
    },
)


def declare() -> None:
    register(KIND)
