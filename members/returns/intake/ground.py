"""Read at once what some rows of a file are compared with, in a number of queries that does not grow with them."""

from members.libraries.models import Library
from members.returns.checks import Case, check, history_of
from members.returns.due.expected import OUTSIDE, standing, stays
from members.returns.models import Return


class Ground:
    """What is stored about some libraries in the periods of a file, and before; locked where it will be written."""

    def __init__(self, libraries, periods, *, held=False):
        self.libraries, self.periods = sorted(libraries), periods
        self.named = Library.objects.in_bulk(self.libraries)
        self.stored = {(one.library_id, one.period.code): one for one in self._returns(periods, held)}
        conflicting = {other for code in periods for other in excluded_by(code)}
        self.beside = set(self._returns(conflicting).values_list("library_id", "period__code"))
        self.history = history_of(periods, self.libraries)
        self.stays = self._stays()

    def _returns(self, codes, held=False):
        returns = Return.objects.filter(period__code__in=codes, library__in=self.libraries).select_related("period")
        # The order keeps two imports of the same returns from waiting for one another.
        returns = returns.order_by("library_id", "period__code")
        return returns.select_for_update(of=("self",)) if held else returns

    def _stays(self):
        if not self.periods:
            return {}
        first = min(period.first_day for period in self.periods.values())
        last = max(period.last_day for period in self.periods.values())
        return stays(first, last, self.libraries)

    def findings(self, library, period, figures, limits):
        """Return what the checks say of figures, against what is stored and what stands in the file."""
        return check(
            Case(
                figures,
                period.days,
                self.standing(library, period),
                self.history.past(library, period.code),
                is_year=period.is_year,
                limits=limits,
            )
        )

    def standing(self, library, period):
        found = self.stays.get(library)
        return standing(found, period) if found else OUTSIDE


def excluded_by(code):
    """Return the codes beside which none of this period may stand: the year of a month, the months of a year."""
    return [code[:4]] if len(code) == 7 else [f"{code}-{month:02}" for month in range(1, 13)]
