"""Say who names whose deputy, and who hands over what somebody leaves behind."""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from fsul_portal.access.deputies.models import Deputy
from fsul_portal.access.models import Grant
from fsul_portal.access.roles import ROLES
from fsul_portal.access.rules import may_manage_people, people_in_role
from fsul_portal.users import User
from fsul_portal.verdicts import Allowed, Denied, Verdict, not_now


def heads_of(person: User) -> set[int]:
    """Return the keys of those who head the person's units, as the table of roles says."""
    found: set[int] = set()
    for grant in Grant.objects.in_force().filter(person=person).with_places():
        found |= set(_heads_of_role(grant))
    return found - {person.pk}


def _heads_of_role(grant: Grant) -> Iterable[int]:
    """Return who holds the heading role: on the whole portal, on the same place, or on the place around it."""
    head = ROLES.get(ROLES[grant.role].head)
    if head is None:
        return []
    if head.scope == "portal":
        return people_in_role(head.key).values_list("pk", flat=True)
    place = grant.place if head.scope == ROLES[grant.role].scope else grant.place.within
    held = Grant.objects.in_force().filter(role=head.key, person__is_active=True)
    return held.on(place).values_list("person", flat=True)


def people_headed_by(user: User) -> set[int]:
    """Return the keys of those for whom the user may name a deputy: himself, and whom he heads; constant queries."""
    headed = {user.pk}
    mine = list(Grant.objects.in_force().filter(person=user))
    leading = [(grant, role.key) for grant in mine for role in ROLES.values() if role.head == grant.role]
    for grant in Grant.objects.in_force().filter(role__in={key for __, key in leading}).with_places():
        if grant.person_id and any(key == grant.role and _is_under(grant, one) for one, key in leading):
            headed.add(grant.person_id)
    return headed


def _is_under(grant: Grant, above: Grant) -> bool:
    """Say whether a role is held on the place of the heading one, or on a place in it."""
    if above.object_id is None:
        return True
    around = grant.place if grant.content_type_id == above.content_type_id else getattr(grant.place, "within", None)
    return around is not None and around.pk == above.object_id


def may_name(user: User, absent: User, deputy: User, *, word_of: User | None = None) -> Verdict:
    """The person himself or the head of his unit names the deputy; the administrator enters what they decided."""
    if absent.pk == deputy.pk:
        return Denied(_("Nobody is his own deputy."))
    if not deputy.is_active:
        return Denied(_("This account is closed; a deputy works in the portal."))
    deciding = {absent.pk, *heads_of(absent)}
    if user.pk in deciding:
        return Allowed()
    if not may_manage_people(user):
        return Denied(_("A deputy is named by the person himself or by the head of the unit."))
    if word_of is None or word_of.pk not in deciding:
        return Denied(_("Say whose decision it is: the person's own, or that of the head of the unit."))
    return Allowed()


def may_last(first_day: date, last_day: date) -> Verdict:
    """A deputy's time ends after it began, on a day still to come."""
    if last_day < first_day:
        return not_now(_("The last day comes before the first."))
    if last_day < timezone.localdate():
        return not_now(_("This day is over."))
    return Allowed()


def may_end(user: User, deputy: Deputy) -> Verdict:
    """Whoever could name a deputy ends his time, and the deputy himself gives it back."""
    if deputy.ended_at or deputy.last_day < timezone.localdate():
        return Denied(_("This has ended already."), overtaken=True)
    if user.pk in (deputy.absent_id, deputy.deputy_id) or user.pk in heads_of(deputy.absent):
        return Allowed()
    return may_manage_people(user)


def may_hand_over(user: User, leaver: User, successor: User) -> Verdict:
    """The administrator hands over what somebody leaves behind, never to himself or from himself."""
    verdict = may_manage_people(user)
    if not verdict:
        return verdict
    if user.pk in (leaver.pk, successor.pk):
        return Denied(_("Nobody gives or ends a role of his own."))
    if leaver.pk == successor.pk or not successor.is_active:
        return Denied(_("Choose a successor who works in the portal."))
    return Allowed()
