"""Read at once all that the rows of a file are compared with, in a number of queries that does not grow with them."""

from django.utils import timezone
from django.utils.translation import gettext as _

from members.libraries.models import Library
from members.periods.models import Period, period_days
from members.periods.rules import is_open
from members.returns.checks import Case, check, limits
from members.returns.expected import OUTSIDE, standing, stays
from members.returns.history import NAMED_LIBRARIES, history_of
from members.returns.models import Return
from members.returns.rules import conflict_sentence


class Ground:
    """What is known about the libraries and periods of a file."""

    def __init__(self, library_codes, period_codes, hands=None):
        self.period_codes = sorted(period_codes)
        self.hands = None if hands is None else set(hands.values_list("pk", flat=True))
        codes = {code for code in library_codes if code}
        found = Library.objects.all()
        if len(codes) <= NAMED_LIBRARIES:
            found = found.filter(code__in=codes)
        self.libraries = {library.code: library for library in found if library.code in codes}
        self.named = [library.pk for library in self.libraries.values()]
        self.limits = limits()
        self.periods = {}
        self.standings = {}

    def hold_periods(self):
        """Lock the rows of all periods, in the order of their codes, until the end of the transaction."""
        known = set(Period.objects.filter(code__in=self.period_codes).values_list("code", flat=True))
        fresh = [_period(code) for code in self.period_codes if code not in known and self.has_begun(code)]
        Period.objects.bulk_create(fresh, ignore_conflicts=True)
        self.periods = {
            period.code: period
            for period in Period.objects.select_for_update().filter(code__in=self.period_codes).order_by("code")
        }

    def read(self):
        """Read what is stored, how the libraries stood, and what came before."""
        if not self.periods:
            self.periods = {one.code: one for one in Period.objects.filter(code__in=self.period_codes)}
        for code in self.period_codes:
            self.periods.setdefault(code, _period(code))
        named = self.named if len(self.named) <= NAMED_LIBRARIES else None
        self.stored = {(one.library_id, one.period.code): one for one in self._returns(self.period_codes, named)}
        self.beside = set(self._returns(self._conflicting_codes(), named).values_list("library_id", "period__code"))
        self.history = history_of(self.period_codes, self.named)
        self.stays = self._stays(named)
        self.taken = {}

    def _returns(self, codes, named):
        returns = Return.objects.filter(period__code__in=codes).select_related("period").order_by()
        return returns if named is None else returns.filter(library__in=named)

    def _conflicting_codes(self):
        return {other for code in self.period_codes for other in _excluded_by(code)}

    def _stays(self, named):
        if not self.periods:
            return {}
        first = min(period.first_day for period in self.periods.values())
        last = max(period.last_day for period in self.periods.values())
        return stays(first, last, named)

    def has_begun(self, code):
        return period_days(code)[0] <= timezone.localdate()

    def objection_to_library(self, code):
        """Say why no row may speak of this library, or nothing."""
        library = self.libraries.get(code)
        if library is None:
            return _("There is no library with the code %(code)s.") % {"code": code}
        if self.hands is not None and library.pk not in self.hands:
            return _("The library %(code)s is not in your hands.") % {"code": code}
        return ""

    def objection_to_period(self, code):
        """Say why nothing can be reported for this period, or nothing."""
        if self.has_begun(code):
            return ""
        return is_open(self.periods[code]).sentence

    def objection_to_pair(self, line):
        """Say why this library may have no row for this period beside what is stored or stands above in the file."""
        first = self.taken.setdefault(line.key, line.number)
        if first != line.number:
            return _("This library and period stand in row %(row)s already.") % {"row": first}
        for other in _excluded_by(line.period.code):
            row = self.taken.get((line.library.pk, other))
            if row:
                return _("A year and its months exclude each other: see row %(row)s.") % {"row": row}
            if (line.library.pk, other) in self.beside:
                return conflict_sentence(line.period, other)
        return ""

    def objection_to_change(self, line, state):
        """Say why what is stored may not become what the row says, or nothing."""
        verdict = is_open(line.period)
        if not verdict:
            return verdict.sentence
        handed_in = line.stored and line.stored.state in (Return.State.SUBMITTED, Return.State.ACCEPTED)
        if handed_in and state == Return.State.SUBMITTED:
            return _("The return has been handed in already (%(state)s) and says something else.") % {
                "state": line.stored.get_state_display()
            }
        return ""

    def findings(self, line):
        """Return what the checks say of a row, against what is stored and what stands in the file."""
        period = line.period
        return check(
            Case(
                line.figures,
                period.days,
                self.standing(line),
                self.history.past(line.library.pk, period.code),
                is_year=period.is_year,
                limits=self.limits,
            )
        )

    def standing(self, line):
        found = self.stays.get(line.library.pk)
        return standing(found, line.period) if found else OUTSIDE


def _period(code):
    first_day, last_day = period_days(code)
    return Period(code=code, first_day=first_day, last_day=last_day)


def _excluded_by(code):
    """Return the codes beside which none of this period may stand: the year of a month, the months of a year."""
    return [code[:4]] if len(code) == 7 else [f"{code}-{month:02}" for month in range(1, 13)]
