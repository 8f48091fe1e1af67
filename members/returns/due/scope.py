"""Say of which libraries a person's numbers speak (6.2.1 j)."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fsul_portal.access.rules import places_held
from fsul_portal.users import User
from members.divisions.models import Division
from members.libraries.models import Library, Spell
from members.returns.models import libraries_read_by

PLACES = (Division, Library)
OF_RETURNS = ("members.report_returns", "members.accept_returns")


@dataclass(frozen=True)
class Scope:
    """The libraries whose returns somebody reads, None for all of them, and what they are called together."""

    libraries: Any
    words: str
    is_empty: bool = False
    at: datetime = field(default_factory=timezone.now)


def scope_of(user: User) -> Scope:
    """Return the scope of a person; the empty one is that of whoever reads reports and no returns."""
    libraries = libraries_read_by(user)
    if libraries is None:
        return Scope(None, _("whole system"))
    divisions, alone = (set().union(*(places_held(user, name, kind) for name in OF_RETURNS)) for kind in PLACES)
    if divisions:
        return Scope(libraries, _(", ").join(one.name for one in Division.objects.filter(pk__in=divisions)))
    name = Spell.objects.as_of().filter(library__in=alone).values_list("name", flat=True) if len(alone) == 1 else ()
    if name:
        return Scope(libraries, name[0])
    words = ngettext("%(count)s library in your hands", "%(count)s libraries in your hands", len(alone))
    return Scope(libraries, words % {"count": len(alone)}, is_empty=not (alone or libraries.exists()))
