"""Count who has reported for a period, by SQL, so that thirty thousand libraries cost no more than three hundred."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, DateTimeField, Exists, Min, OuterRef, Q, Sum, Value
from django.db.models.functions import Least

from members.divisions.models import Division, title_at
from members.libraries.models import Spell, SpellQuerySet, is_known, overlaps
from members.periods.models import Period
from members.returns.due.days import is_past_due, late
from members.returns.due.expected import NOT_SERVING, last_spells_expected
from members.returns.models import RECEIVED, Return
from members.returns.rollup.models import Awaited, Mark, Tally
from members.returns.rollup.sums import LATE, STATES


@dataclass(frozen=True)
class Completeness:
    """How complete a period is; only libraries that are expected count, so that it never passes 100 %."""

    expected: int
    received: int
    accepted: int
    late: int
    drafts: int = 0
    returned: int = 0
    # Before the due day is over nobody is missing: what has not come is still to come.
    is_over: bool = field(default=False, compare=False)

    @property
    def submitted(self):
        return self.received - self.accepted

    @property
    def missing(self):
        return self.expected - self.received


def completeness(period: Period, libraries: Any = None, district: Division | None = None) -> Completeness:
    """Count one period, for some libraries or one district (of the period's end) if these are given; two queries."""
    due = due_spells(period, libraries, district)
    counts = {"expected": due.count()}
    rows = Return.objects.filter(period__code=period.code, library__in=due.values("library_id"))
    counts |= rows.aggregate(**_counted([period]))
    return Completeness(**counts, is_over=is_past_due(period))


def _counted(periods: Collection[Period]) -> dict[str, Count]:
    received, state = Q(state__in=RECEIVED), Return.State
    return {
        "received": Count("pk", filter=received),
        "accepted": Count("pk", filter=Q(state=state.ACCEPTED)),
        "late": Count("pk", filter=received & late(periods)),
        "drafts": Count("pk", filter=Q(state=state.DRAFT)),
        "returned": Count("pk", filter=Q(state=state.RETURNED)),
    }


def due_spells(period: Period, libraries: Any = None, district: Division | None = None) -> SpellQuerySet:
    """Return the last spell of each library that is expected, as a queryset."""
    spells = last_spells_expected(period)
    if libraries is not None:
        spells = spells.filter(library__in=libraries)
    return spells.filter(district=district) if district else spells


def missing_spells(period: Period, libraries: Any = None, district: Division | None = None) -> SpellQuerySet:
    """Return the last spell of each library that is expected and has not handed in, in the office's order."""
    received = Return.objects.received().filter(period__code=period.code, library=OuterRef("library"))
    due = due_spells(period, libraries, district).filter(~Exists(received))
    return due.select_related("library", "district").in_office_order()


def first_missing(
    period: Period, libraries: Any, districts: Iterable[Mapping[str, Any]] | None, *, most: int
) -> SpellQuerySet:
    """Return the first of them; where it is known how many each district lacks, no other one is looked through.

    districts: as `districts_by_sums` gives them, of all libraries.
    """
    missing = missing_spells(period, libraries)
    if districts is not None:
        missing = missing.filter(district__code__in=_first_lacking(districts, most))
    return missing[:most]


def _first_lacking(districts: Iterable[Mapping[str, Any]], most: int) -> list[str]:
    """Return the codes of the first districts that together lack so many libraries."""
    found, names = [], 0
    for row in districts:
        lacking = row["expected"] - row["received"]
        if lacking > 0 and names < most:
            found.append(row["district__code"])
            names += lacking
    return found


def completeness_of_months(periods: Collection[Period], libraries: Any = None) -> dict[str, Completeness]:
    """Count many months at once: {code: Completeness}, in two queries whatever their number."""
    if not periods:
        return {}
    known = completeness_by_sums(periods) if libraries is None else None
    if known is not None:
        return known
    spells = Spell.objects.exclude(status__in=NOT_SERVING)
    returns = Return.objects.filter(period__code__in=[period.code for period in periods])
    if libraries is not None:
        spells, returns = spells.filter(library__in=libraries), returns.filter(library__in=libraries)
    due = spells.aggregate(**{_name(one): _count_due(one) for one in periods})
    serving = returns.filter(is_expected_then())
    rows = serving.order_by().values("period__code").annotate(**_counted(periods))
    counted: dict[str, Any] = {row["period__code"]: dict(row) for row in rows}
    return {
        one.code: Completeness(expected=due[_name(one)], is_over=is_past_due(one), **_told(counted.get(one.code, {})))
        for one in periods
    }


def completeness_by_sums(periods: Collection[Period]) -> dict[str, Completeness] | None:
    """Return the same of all libraries out of the sums beside the returns; None where the registry has gone on since.

    The job moves the sums after it; until then one counts. Years are always counted: who reports by the month is not
    expected for them.
    """
    awaited = {
        row["period"]: row for row in _of_periods(Awaited, periods).annotate(count=Sum("libraries"), at=Min("known_at"))
    }
    if len(awaited) < len(periods) or any(one.is_year for one in periods) or not _is_current(awaited.values()):
        return None
    states: dict[int, dict[str, int]] = {}
    rows = _of_periods(Tally, periods, "code").filter(due=True, code__in=[*STATES.values(), LATE])
    for row in rows.annotate(count=Sum("numbers")):
        states.setdefault(row["period"], {})[row["code"]] = row["count"]
    return {one.code: _completeness(one, awaited[one.pk]["count"], states.get(one.pk, {})) for one in periods}


def districts_by_sums(period: Period) -> list[dict[str, Any]] | None:
    """Return what is expected, received and accepted of each district, in the office's order; None like the above."""
    rows = _of_periods(Awaited, [period], "district__code", "district__sort", title=title_at("district"))
    found = {row["district__code"]: row for row in rows.annotate(expected=Sum("libraries"), at=Min("known_at"))}
    if period.is_year or not found or not _is_current(found.values()):
        return None
    came = _of_periods(Tally, [period], "district__code", "code").filter(due=True, code__in=[*STATES.values(), LATE])
    states: dict[str, dict[str, int]] = {}
    for row in came.annotate(count=Sum("numbers")):
        states.setdefault(row["district__code"], {})[row["code"]] = row["count"]
    for code, row in found.items():
        row["counts"] = _completeness(period, row["expected"], states.get(code, {}))
        row |= {"received": row["counts"].received, "accepted": row["counts"].accepted}
    return sorted(found.values(), key=lambda row: row["district__sort"])


def whole_of(period: Period, districts: Iterable[Mapping[str, Any]]) -> Completeness:
    """Return the counts of a period out of those of its districts."""
    parts = [row["counts"] for row in districts]
    names = ("expected", "received", "accepted", "late", "drafts", "returned")
    added = {name: sum(getattr(one, name) for one in parts) for name in names}
    return Completeness(**added, is_over=is_past_due(period))


def _of_periods(model: Any, periods: Collection[Period], *more: str, **named: Any) -> Any:
    return model.objects.filter(period__in=[one.pk for one in periods]).order_by().values("period", *more, **named)


def _is_current(awaited: Iterable[Mapping[str, Any]]) -> bool:
    """Say whether nothing was recorded in the registry since libraries were counted and their figures placed."""
    counted = min(row["at"] for row in awaited)
    since = Least(OuterRef("known_at"), Value(counted), output_field=DateTimeField())
    moved = Exists(Spell.objects.filter(recorded_at__gt=since)) | Exists(Spell.objects.filter(superseded_at__gt=since))
    return Mark.objects.filter(~moved).exists()


def _completeness(period: Period, expected: int, counts: Mapping[str, int]) -> Completeness:
    accepted, submitted = (counts.get(STATES[state.value], 0) for state in RECEIVED[::-1])
    drafts, returned = (counts.get(STATES[state.value], 0) for state in (Return.State.DRAFT, Return.State.RETURNED))
    received, late = accepted + submitted, counts.get(LATE, 0)
    return Completeness(expected, received, accepted, late, drafts, returned, is_over=is_past_due(period))


def _told(row: dict[str, Any]) -> dict[str, int]:
    return {name: row.get(name, 0) for name in _counted(())}


def is_expected_then():
    """Return the condition that a return's library served on a day of the return's own period.

    Of a locked period the registry answers as it stood when that was locked, of an open one as it stands now.
    """
    days = overlaps(OuterRef("period__first_day"), OuterRef("period__last_day"))
    serving = Spell.objects.exclude(status__in=NOT_SERVING).filter(days, library=OuterRef("library"))
    now = Q(Exists(serving.filter(is_known())), period__locked_at__isnull=True)
    # Nothing was recorded before NULL, so that an open period finds nothing here.
    return now | Exists(serving.filter(is_known(OuterRef("period__locked_at"))))


def waiting_by_district(period: Period) -> list[tuple[Division, int]]:
    """Return [(district, how many returns await a decision)] in the office's order."""
    submitted = Return.objects.filter(period__code=period.code, state=Return.State.SUBMITTED)
    today = Spell.objects.known().filter(library__returns__in=submitted)
    last = {}
    for spell in today.select_related("district").order_by("since"):
        last[spell.library_id] = spell.district
    counts = {}
    for district in last.values():
        counts[district] = counts.get(district, 0) + 1
    return sorted(counts.items(), key=lambda item: item[0].sort)


def _name(period):
    return f"due_{period.code.replace('-', '_')}"


def _count_due(period):
    due = overlaps(period.first_day, period.last_day) & is_known(period.locked_at)
    return Count("library_id", filter=due, distinct=True)
