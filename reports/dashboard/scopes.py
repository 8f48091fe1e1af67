"""Say of what the numbers on a person's first page speak: the whole system, his district, his libraries."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from fsul_portal.access.rules import places_held
from fsul_portal.users import User
from members.divisions.models import Division
from members.libraries.models import Library
from members.libraries.rules import oversees
from members.returns.models import libraries_read_by

RETURNS = ("members.report_returns", "members.accept_returns")


@dataclass(frozen=True)
class Scope:
    """What the numbers speak of. libraries None: all of them. district, library: where it is just one.

    reads_returns: whether the person may read how many returns came in before a report says so.
    """

    title: str
    libraries: Any = None
    district: Division | None = None
    library: Library | None = None
    reads_returns: bool = False


def scope_of(user: User) -> Scope:
    """Return the scope of a person: all for those who oversee, a district or own libraries, else the published."""
    if oversees(user):
        return Scope(_("Whole system"), reads_returns=True)
    districts, libraries = (_held(user, model) for model in (Division, Library))
    if not districts and not libraries:
        return Scope(_("Whole system"))
    own = libraries_read_by(user)
    if len(districts) == 1 and not libraries:
        district = Division.objects.get(pk__in=districts)
        return Scope(district.name, own, district=district, reads_returns=True)
    if len(libraries) == 1 and not districts:
        library = Library.objects.with_facts().get(pk__in=libraries)
        return Scope(library.facts.name if library.facts else library.code, own, library=library, reads_returns=True)
    return Scope(_("Own libraries"), own, reads_returns=True)


def _held(user: User, model: type[Model]) -> set[int]:
    """Return the places on which the person has to do with returns; it costs no query."""
    return {pk for right in RETURNS for pk in places_held(user, right, model)}
