"""Chase what is missing, on record (6.2.1 j)."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fsul_portal.notices.actions import tell_all
from fsul_portal.records.actions import record
from fsul_portal.users import User
from fsul_portal.verdicts import Denied, Way, not_now, require
from members.chasing.letters import chased
from members.chasing.models import Chase
from members.chasing.reporters import reporters_of
from members.chasing.rules import may_chase
from members.divisions.models import Division
from members.libraries.models import Spell
from members.periods.models import Period
from members.returns.actions import hold
from members.returns.due.completeness import missing_spells


@dataclass(frozen=True)
class Missing:
    """Who is missing in a district, who can be told, and for whom nobody reports."""

    spells: list[Spell]
    people: dict[User, list[Spell]]

    @property
    def unheard(self) -> list[Spell]:
        heard = {spell.pk for spells in self.people.values() for spell in spells}
        return [spell for spell in self.spells if spell.pk not in heard]


def missing_in(period: Period, district: Division) -> Missing:
    spells = list(missing_spells(period, district=district))
    return Missing(spells, reporters_of(spells))


@transaction.atomic
def chase(period: Period, district: Division, *, by: User, note: str = "") -> Chase:
    """Tell everybody who reports for a library of the district that has not handed in; once a day (6.2.1 j)."""
    require(may_chase(by, period, district))
    period, today = hold(period), timezone.localdate()
    found = missing_in(period, district)
    if not found.spells:
        require(not_now(_("Every library of %(district)s has handed in.") % {"district": district}))
    facts = {"libraries": [one.library.code for one in found.spells], "told": len(found.people), "note": note}
    one, fresh = Chase.objects.get_or_create(
        period=period, district=district, chased_on=today, defaults={**facts, "chased_by": by}
    )
    if not fresh:
        words = {"district": district, "person": one.chased_by}
        require(Denied(_("%(person)s has chased %(district)s today already.") % words, True, way=_back(period)))
    record(one, "chased", by=by, after=facts, note=note)
    tell_all(chased(person, spells, one) for person, spells in found.people.items())
    return one


def _back(period: Period) -> Way:
    return Way(str(period), period.get_absolute_url())
