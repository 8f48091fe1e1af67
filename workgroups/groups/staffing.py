"""Say who is in each group on a day, and what is missing (5.2)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from fsul_portal.standard import DUTIES, Clause
from members.bodies.lists import BY_POST
from members.bodies.models import UPPER_LEVELS
from members.divisions.models import Division
from members.libraries.models import Spell
from workgroups.groups.models import Charge, Group, Membership


@dataclass(frozen=True)
class Staff:
    """A group on a day: its people, its clauses, and the districts from which nobody is in it."""

    group: Group
    memberships: tuple[Membership, ...]
    duties: tuple[Clause, ...]
    missing: tuple[Division, ...]

    def of_post(self, post: str) -> list[Membership]:
        return [one for one in self.memberships if one.post == post]

    @property
    def leads(self) -> list[Membership]:
        return self.of_post(Membership.Post.LEAD)

    @property
    def deputies(self) -> list[Membership]:
        return self.of_post(Membership.Post.DEPUTY)

    @property
    def members(self) -> list[Membership]:
        return self.of_post(Membership.Post.MEMBER)

    @property
    def is_complete(self) -> bool:
        return bool(self.leads and self.duties and not self.missing)


def staff_of(day: date) -> list[Staff]:
    """Return the groups at work with their people of a day, in a number of queries that does not grow."""
    people, charged = defaultdict(list), defaultdict(set)
    for membership in Membership.objects.as_of(day).for_lists().order_by(*BY_POST):
        people[membership.group_id].append(membership)
    for charge in Charge.objects.as_of(day):
        charged[charge.group_id].add(charge.clause)
    districts = _districts(day)
    return [
        Staff(
            group,
            tuple(people[group.pk]),
            tuple(duty for duty in DUTIES if duty.number in charged[group.pk]),
            _without(districts, people[group.pk]),
        )
        for group in Group.objects.standing()
    ]


def _districts(day: date) -> list[Division]:
    """Return the districts that have a library whose people belong in the groups, in the office's order."""
    upper = Spell.objects.as_of(day).filter(level__in=UPPER_LEVELS)
    return list(Division.objects.filter(pk__in=upper.values("district_id")).order_by("sort", "code"))


def _without(districts: list[Division], memberships: list[Membership]) -> tuple[Division, ...]:
    there = {one.unit.facts.district_id for one in memberships if one.unit.facts}
    return tuple(one for one in districts if one.pk not in there)
