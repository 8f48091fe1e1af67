"""Found and close working groups, charge them with clauses, and fill them (5.2)."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from committee.bodies.actions import let_meet, meet_no_more
from fsul_portal.approvals.rounds import place_again
from fsul_portal.calendar.days import ONE_DAY
from fsul_portal.lives.actions import begin, claim, step
from fsul_portal.lives.models import Fault
from fsul_portal.records.actions import record
from fsul_portal.standard import DUTIES
from fsul_portal.users import User
from fsul_portal.verdicts import Unready, require
from members.bodies import actions as bodies
from members.bodies.rights import settle
from members.people.models import User as Person
from members.rosters.actions import write_edition
from workgroups.groups.meetings import GROUP
from workgroups.groups.models import Charge, Group, Membership
from workgroups.groups.rules import may_change, may_close, may_found, may_put_forward, may_share_out

# The standard names three groups and leaves the list open (5.2).
FIRST_GROUPS = (
    ("coordination", "统筹管理小组", "Coordination group", "6.2.1"),
    ("technical", "技术服务小组", "Technical services group", "6.2.2"),
    ("resources", "资源建设小组", "Resource building group", "6.2.3"),
)


def found_first_groups() -> int:
    """Make sure the three groups of the standard exist, charged with their clauses; return how many were new (5.2)."""
    fresh = 0
    for sort, (key, name, name_en, clause) in enumerate(FIRST_GROUPS, start=1):
        defaults = {"name": name, "name_en": name_en, "clause": clause, "sort": sort}
        group, is_new = Group.objects.get_or_create(key=key, defaults=defaults)
        fresh += is_new
        if not group.charges.exists():
            charged = set(Charge.objects.in_force().values_list("clause", flat=True))
            Charge.objects.bulk_create(
                Charge(group=group, clause=duty.number)
                for duty in DUTIES
                if duty.chapter == clause and duty.number not in charged
            )
    for group in Group.objects.standing():
        _let_meet(group)
    return fresh


def _let_meet(group: Group) -> None:
    let_meet(GROUP.key, group, name=group.name, name_en=group.name_en)


@transaction.atomic
def found(*, name: str, name_en: str = "", by: User, token: str = "") -> Group:
    """Found another group; it is charged with clauses afterwards."""
    require(may_found(by))
    last = Group.objects.order_by("-sort").values_list("sort", flat=True).first() or 0
    group = Group(key=f"group-{last + 1}", name=name, name_en=name_en, sort=last + 1)
    while Group.objects.filter(key=group.key).exclude(form_token=token or None).exists():
        group.sort += 1
        group.key = f"group-{group.sort}"
    group = begin(group, "group founded", by=by, token=token)
    _let_meet(group)
    return group


@transaction.atomic
def rename(group: Group, *, name: str, name_en: str, by: User, version: int | None = None, note: str = "") -> Group:
    """Give a group another name; what was signed keeps the name of its day."""
    group = claim(group, may_change, by=by, version=version)
    group = step(group, "group renamed", by=by, note=note, name=name, name_en=name_en)
    _let_meet(group)
    return group


@transaction.atomic
def charge(group: Group, *, clauses: Collection[str], by: User, version: int | None = None, note: str = "") -> Group:
    """Charge a group with exactly these clauses from today on; those that others had go over to it."""
    # All of them: a clause that changes hands is a matter of two groups.
    list(Group.objects.select_for_update(of=("self",)).order_by("pk"))
    group = claim(group, may_change, by=by, version=version)
    today, wanted = timezone.localdate(), set(clauses)
    before = set(group.charges.in_force().values_list("clause", flat=True))
    ending = Charge.objects.in_force().filter(clause__in=(before - wanted) | (wanted - before))
    for one in ending.select_related("group"):
        if one.group_id != group.pk:
            record(one.group, "clause handed over", by=by, before={"clause": one.clause}, after={"to": str(group)})
        if one.since == today:
            one.delete()
        else:
            one.until = today - ONE_DAY
            one.save(update_fields=["until"])
    Charge.objects.bulk_create(Charge(group=group, clause=clause, since=today) for clause in sorted(wanted - before))
    group = step(group, "group charged", by=by, note=note)
    record(group, "clauses set", by=by, before={"clauses": sorted(before)}, after={"clauses": sorted(wanted)})
    _forget_clauses_of_others(group, wanted)
    # Whoever is asked for an answer today is asked in the group that is in charge of it now.
    place_again()
    return group


def _forget_clauses_of_others(group: Group, wanted: set[str]) -> None:
    """Let nobody be responsible within a group for what the group is no longer charged with."""
    charged: dict[int, set[str]] = {}
    for one in Charge.objects.in_force():
        charged.setdefault(one.group_id, set()).add(one.clause)
    for membership in Membership.objects.seated().select_for_update(of=("self",)):
        kept = [clause for clause in membership.clauses if clause in charged.get(membership.group_id, set())]
        if kept != membership.clauses:
            membership.clauses = kept
            membership.save(update_fields=["clauses"])


@transaction.atomic
def close(group: Group, *, by: User, closed_on: date, version: int | None = None, note: str = "") -> Group:
    """Close a group; its people leave it on that day."""
    group = claim(group, may_close, by=by, version=version)
    seated = list(group.memberships.seated().select_related("person", "group"))
    for membership in seated:
        bodies.leave_post(membership, closed_on, closed_on, by=by, note=note)
    for membership in group.memberships.ahead():
        step(membership, "nomination dropped", to=Membership.State.DROPPED, by=by, note=note)
    group = step(group, "group closed", to=Group.State.CLOSED, pair="closed", by=by, note=note, closed_on=closed_on)
    meet_no_more(group, by=by)
    for membership in seated:
        settle(membership.person, by=by)
    if seated:
        write_edition(group, since=closed_on + ONE_DAY, known_on=closed_on, by=by)
    return group


@transaction.atomic
def put_forward(
    *,
    group: Group,
    person: Person,
    post: str,
    by: User,
    expertise: str = "",
    clauses: Collection[str] = (),
    token: str = "",
) -> Membership:
    """Put somebody forward for a group, for the unit where he works."""
    if person.library is None:
        raise Unready([Fault("person", _("%(person)s works at no member library.") % {"person": person})])
    membership = Membership(group=group, person=person, unit=person.library, post=post, expertise=expertise)
    membership.clauses = sorted(clauses)
    return bodies.nominate(membership, by=by, token=token, rule=may_put_forward)


@transaction.atomic
def share_out(
    membership: Membership,
    *,
    clauses: Collection[str],
    expertise: str,
    by: User,
    version: int | None = None,
    note: str = "",
) -> Membership:
    """Say for which of the group's clauses a person is responsible."""
    membership = claim(membership, may_share_out, by=by, version=version)
    charged = set(membership.group.charges.in_force().values_list("clause", flat=True))
    if strange := set(clauses) - charged:
        told = {"group": membership.group, "clauses": ", ".join(sorted(strange))}
        raise Unready([Fault("clauses", _("%(group)s is not charged with %(clauses)s.") % told)])
    facts: dict[str, Any] = {"clauses": sorted(clauses), "expertise": expertise}
    return step(membership, "work shared out", by=by, note=note, **facts)
