"""Find who reports for libraries, for many libraries at once (6.2.1 j)."""

from collections import defaultdict
from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType

from fsul_portal.access.models import Grant
from fsul_portal.access.rules import roles_with
from fsul_portal.users import User
from members.divisions.models import Division
from members.libraries.models import Library, Spell

REPORT = "members.report_returns"


def reporters_of(spells: Iterable[Spell], permission: str = REPORT) -> dict[User, list[Spell]]:
    """Return {person: the spells of the libraries he holds the permission for}; two queries, however many.

    On a library itself or on the district in which the spell is; who has no account in use is nobody.
    """
    on_place: dict[tuple[int, int], list[User]] = defaultdict(list)
    for grant in Grant.objects.in_force().filter(role__in=roles_with(permission)).select_related("person"):
        if grant.person.is_active and grant.content_type_id and grant.object_id:
            on_place[grant.content_type_id, grant.object_id].append(grant.person)
    library, district = (ContentType.objects.get_for_model(model).pk for model in (Library, Division))
    found: dict[User, list[Spell]] = defaultdict(list)
    for spell in spells:
        people = [*on_place[library, spell.library_id], *on_place[district, spell.district_id]]
        for person in dict.fromkeys(people):
            found[person].append(spell)
    return found
