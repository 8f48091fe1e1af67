"""Say by what people are met, and who of them is shown to whom."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Prefetch, Q
from django.urls import reverse

from fsul_portal.access.models import Grant
from fsul_portal.access.roles import ROLES
from fsul_portal.finding.hits import Hit, joined
from fsul_portal.finding.matches import Match, read
from members.libraries.finding.matches import of_library
from members.libraries.models import spells_along
from members.people.models import User

MET_BY: tuple[Match, ...] = (read, of_library())


def of_person(field: str) -> Match:
    """Meet a row by the person that it names."""
    return lambda word: Q(**{f"{field}__in": User.objects.filter(read(word)).values("pk")})


def people_open_to(user: Any) -> Any:
    """Return whom a person finds: those who hold a role, as the page of roles shows them to all; nobody's account."""
    holders = User.objects.filter(is_active=True, pk__in=Grant.objects.in_force().values("person"))
    return holders if user.is_active else holders.none()


def with_roles(people: Any) -> Any:
    held = Prefetch("grants", Grant.objects.in_force().order_by("pk"), to_attr="held")
    return people.select_related("library").prefetch_related(held, spells_along("library__spells"))


def person_hit(person: Any, words: Sequence[str]) -> Hit:
    """Show a person with his post; the page of roles says what he may do."""
    facts = person.library and person.library.facts
    return Hit(
        person.get_full_name(),
        f"{reverse('roles')}#{person.held[0].role}",
        joined(person.position, facts and facts.name, *(ROLES[held.role].title for held in person.held)),
    )
