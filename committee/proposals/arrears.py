"""Propose to talk about districts whose libraries owe their returns (6.2.1 b, 6.2.1 j)."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from committee.proposals.suggestions import Suggestion
from fsul_portal.templatetags.figures import period as in_words
from members.divisions.models import Division
from members.periods.models import Period
from members.returns.due.completeness import missing_spells
from members.returns.due.days import due_on

# Months that nobody has locked for longer are no news.
MONTHS_LOOKED_AT = 6


def districts_in_arrears(day: date) -> Iterator[Suggestion]:
    """Propose each district that owes returns of months past their day: how many libraries, which months (6.2.1 j)."""
    for district, owed in _owed(day).items():
        told = {
            "district": district,
            "count": len({library for libraries in owed.values() for library in libraries}),
            "months": pgettext("list of words", ", ").join(in_words(month) for month in sorted(owed)),
        }
        title = _("In arrears with returns: %(district)s") % told
        reason = _("%(count)s libraries of %(district)s have not handed in their returns of %(months)s.") % told
        newest = max(owed)
        address = reverse("months:month-detail", args=[newest])
        yield Suggestion(None, title, reason, "6.2.1 j", turn=newest, key=f"arrears:{district.code}", address=address)


def _owed(day: date) -> dict[Division, dict[str, set[int]]]:
    """Return, by district, the libraries that owe each month."""
    owed: dict[Division, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    open_ones = [one for one in Period.objects.filter(locked_at__isnull=True) if not one.is_year]
    for period in [one for one in open_ones if due_on(one) < day][:MONTHS_LOOKED_AT]:
        for spell in missing_spells(period).filter(district__isnull=False):
            owed[spell.district][period.code].add(spell.library_id)
    return owed
