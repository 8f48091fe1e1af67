"""Say of which libraries a person's numbers speak (6.2.1 j)."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fsul_portal.access.rules import places_held
from fsul_portal.users import User
from members.divisions.models import Division
from members.libraries.models import Library, Spell
from members.periods.models import Period, period_named, periods_named
from members.returns.models import libraries_read_by

PLACES = (Division, Library)
WHOLE = gettext_lazy("whole system")
OF_RETURNS = ("members.report_returns", "members.accept_returns", "members.certify_returns")


@dataclass(frozen=True)
class Scope:
    """The libraries whose returns somebody reads, None for all of them, and what they are called together.

    district, library: where they are those of just one. is_empty: of whoever reads reports and no returns.
    """

    libraries: Any
    words: str
    district: Division | None = None
    library: Library | None = None
    is_empty: bool = False
    at: datetime = field(default_factory=timezone.now)

    @property
    def of_reports(self) -> "Scope":
        """Return of what reports speak to this person: of the whole system where he reads no returns."""
        return replace(self, libraries=None, words=str(WHOLE)) if self.is_empty else self


def period_seen_by(user: User, code: str) -> Period:
    """Return the period of a code, read once in the life of this object of the person; ValueError when it is none.

    The first page, its desk and its calendar speak of the same month; a request fetches its person anew.
    """
    known: dict[str, Period] = vars(user).setdefault("_periods_seen", {})
    if code not in known:
        known[code] = period_named(code)
    return known[code]


def see_periods(user: User, codes: Collection[str]) -> None:
    """Read several periods at once for `period_seen_by`, where a page speaks of more than one."""
    known: dict[str, Period] = vars(user).setdefault("_periods_seen", {})
    if missing := [code for code in codes if code not in known]:
        known.update(periods_named(missing))


def scope_of(user: User) -> Scope:
    """Return the scope of a person; the empty one is that of whoever reads reports and no returns."""
    libraries = libraries_read_by(user)
    if libraries is None:
        return Scope(None, str(WHOLE))
    divisions, alone = (set().union(*(places_held(user, name, kind) for name in OF_RETURNS)) for kind in PLACES)
    if divisions:
        found = list(Division.objects.filter(pk__in=divisions))
        district = found[0] if len(found) == 1 and not alone else None
        return Scope(libraries, _(", ").join(one.title for one in found), district=district)
    spells = Spell.objects.as_of().select_related("library").filter(library__in=alone)
    if len(alone) == 1 and (spell := spells.first()):
        return Scope(libraries, spell.name, library=spell.library)
    words = ngettext("%(count)s library in your hands", "%(count)s libraries in your hands", len(alone))
    return Scope(libraries, words % {"count": len(alone)}, is_empty=not (alone or libraries.exists()))
