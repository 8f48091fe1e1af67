"""Reckon what each year has brought for the indicators of a plan, and how far each is on its way (6.1 b)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from committee.plans.models import Plan, PlanIndicator, PlanValue
from members.indicators.models import Indicator
from members.periods.models import Period
from members.returns.rollup.reading import Total, totals

MONTHS = 12


class Course(TextChoices):
    """How far an indicator is, by a rule: its share of the way against the share of the years that are over."""

    REACHED = "reached", _("reached")
    ON_COURSE = "on_course", _("on course")
    BEHIND = "behind", _("behind")
    UNKNOWN = "unknown", _("no value yet")

    @property
    def tone(self) -> str:
        return TONES[self]


TONES = {Course.REACHED: "success", Course.ON_COURSE: "info", Course.BEHIND: "warning", Course.UNKNOWN: "neutral"}


@dataclass(frozen=True)
class YearValue:
    """What a year has brought; `is_whole` where nothing of it is missing any more. value None: nothing is known."""

    year: int
    value: Decimal | None = None
    source: str = ""
    is_whole: bool = True


@dataclass(frozen=True)
class Line:
    """An indicator of a plan with its years, and where it stands."""

    indicator: PlanIndicator
    name: str
    unit: str
    years: tuple[YearValue, ...]
    course: Course
    share: int | None

    @property
    def last(self) -> YearValue | None:
        """Return the last year of which something is known."""
        return next((one for one in reversed(self.years) if one.value is not None), None)

    def missing(self, year: int) -> bool:
        return any(one.year == year and one.value is None for one in self.years)


def lines_of(plan: Plan, day: date) -> list[Line]:
    """Return the monitoring sheet of a plan as it stands on a day."""
    return lines_of_all([plan], day)


def lines_of_all(plans: Sequence[Plan], day: date) -> list[Line]:
    """Return the lines of several plans, for the queries of one."""
    indicators = list(PlanIndicator.objects.filter(plan__in=plans).select_related("plan"))
    begun = {year for plan in plans for year in plan.years if year <= day.year}
    reported = _reported({one.code for one in indicators if one.code}, begun)
    typed = {
        (one.indicator_id, one.year): YearValue(one.year, one.value, one.source)
        for one in PlanValue.objects.filter(indicator__in=indicators, entered_at__date__lte=day)
    }
    known = {one.code: one for one in Indicator.objects.filter(code__in=[one.code for one in indicators])}
    found = []
    for one in indicators:
        of_years = [year for year in one.plan.years if year <= day.year]
        values = tuple(
            (reported.get((one.code, year)) if one.code else typed.get((one.pk, year))) or YearValue(year)
            for year in of_years
        )
        found.append(_line(one, known.get(one.code), values))
    return found


def _line(indicator: PlanIndicator, reported: Indicator | None, values: tuple[YearValue, ...]) -> Line:
    name = indicator.title or (reported.title if reported else indicator.code)
    unit = reported.unit_title if reported else indicator.unit
    whole = [one for one in values if one.value is not None and one.is_whole]
    if not whole:
        return Line(indicator, name, unit, values, Course.UNKNOWN, None)
    last = whole[-1]
    way = indicator.target - indicator.base
    gone = (last.value or Decimal(0)) - indicator.base
    share = gone / way if way else Decimal(1 if gone >= 0 else 0)
    years = indicator.plan.last_year - indicator.base_year
    due = Decimal(last.year - indicator.base_year) / years if years > 0 else Decimal(1)
    course = Course.REACHED if share >= 1 else Course.ON_COURSE if share >= due else Course.BEHIND
    return Line(indicator, name, unit, values, course, int(share * 100))


def _reported(codes: set[str], years: Iterable[int]) -> dict[tuple[str, int], YearValue]:
    """Add up what libraries have reported: a flow over the months of a year, a stock as at its last one.

    Whoever reports once a year has no months of it (decision 45), so both are added.
    """
    years = list(years)
    if not codes or not years:
        return {}
    periods = list(Period.objects.filter(first_day__year__in=years).order_by("code"))
    stocks = {one.code for one in Indicator.objects.filter(code__in=codes) if one.is_stock}
    found = totals(codes, periods)
    known: dict[tuple[str, int], YearValue] = {}
    for code in codes:
        for year in years:
            of_year = found.get((code, str(year), 0))
            months = [
                total
                for period in periods
                if not period.is_year and period.year == year
                if (total := found.get((code, period.code, 0)))
            ]
            if value := _of_year(year, of_year, months, is_stock=code in stocks):
                known[code, year] = value
    return known


def _of_year(year: int, whole: Total | None, months: list[Total], *, is_stock: bool) -> YearValue | None:
    given = [one for one in months if one.value is not None]
    counted = given[-1:] if is_stock else given
    parts = [*counted, *([whole] if whole is not None and whole.value is not None else [])]
    if not parts:
        return None
    value = sum((Decimal(one.value or 0) for one in parts), Decimal(0))
    by_month = len(given) == MONTHS and all(one.is_complete for one in given)
    by_year = not given and whole is not None and whole.is_complete
    return YearValue(year, value, is_whole=by_month or by_year)
