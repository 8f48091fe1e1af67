"""Let the working groups meet: who keeps their meetings, who signs, who is invited (6.2.1 b)."""

from collections.abc import Collection

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy

from committee.bodies.kinds import Kind, people_on, register
from fsul_portal.access.rules import places_held
from fsul_portal.users import User

TAKE_PART = "workgroups.take_part"


def _members(group: Model) -> QuerySet[User]:
    return people_on(TAKE_PART, group)


def _groups_of(user: User) -> Collection[int]:
    return places_held(user, TAKE_PART, GROUP.place_model())


GROUP = register(
    Kind(
        key="group",
        title=gettext_lazy("working group"),
        keeper=gettext_lazy("the members of the group"),
        signer=gettext_lazy("the lead of the group or the deputy lead"),
        keep="workgroups.keep_meetings",
        sign="workgroups.sign_minutes",
        invited=_members,
        voting=_members,
        model="workgroups.Group",
        meeting="of_group",
        reads=_groups_of,
        belongs=lambda user: bool(_groups_of(user)),
    )
)
