"""Know who is expected to report for a period, and how each library stood in it (6.2.1 j)."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from members.indicators.models import Indicator
from members.libraries.models import Library, Spell, SpellQuerySet, overlaps
from members.periods.models import Period
from members.returns.models import around
from members.returns.years.asked import by_the_month, levels_of, of_months, yearly_asked

# What a library was in a stretch of days: since, until, status, level, kind, area.
Stay = tuple[date, date | None, str, str, str, Any]

# What printing a library asks of its spell.
PRINTED = ("library", "district", "town", "parent")
OPEN, NOT_SERVING = Spell.Status.OPEN.value, {status.value for status in Spell.NOT_SERVING}


class Reason(models.TextChoices):
    """Why nothing is expected of a library; the values are plain English, since snapshots keep them."""

    PREPARING = "in preparation all the time", _("in preparation all the time")
    SUSPENDED = "suspended all the time", _("suspended all the time")
    EMERGENCY_CLOSED = "closed in an emergency all the time", _("closed in an emergency all the time")
    RETIRED = "out of use all the time", _("out of use all the time")
    NOT_SERVING = "not serving all the time", _("not serving all the time")
    BY_THE_MONTH = "reports by the month", _("reports by the month")


@dataclass(frozen=True)
class Expected:
    """Who is expected: (library, its last spell in the period); who is not: with the reason. In the office's order."""

    libraries: list[tuple[Library, Spell]]
    excluded: list[tuple[Library, Spell, Reason]]


@dataclass(frozen=True, slots=True)
class Standing:
    """How a library stood in a period.

    belongs, serving: on at least one day. is_open: normally open on every day. interrupted: on some day it did not
    belong or did not serve. level, kind, area: of the last stay in the period; they tell how much is plausible.
    """

    belongs: bool
    serving: bool
    is_open: bool
    interrupted: bool
    level: str = field(default="", compare=False)
    kind: str = field(default="", compare=False)
    area: Decimal | None = field(default=None, compare=False)


OUTSIDE = Standing(belongs=False, serving=False, is_open=False, interrupted=True)


class KnownSpells:
    """The spells of a stretch of days, read once for all the periods in it, those that were superseded too.

    A period finds in it what `spells_of` reads of it. libraries: the keys of those who are wanted; others may be there.
    """

    def __init__(self, first_day: date, last_day: date, libraries: Collection[int] | None = None) -> None:
        spells = Spell.objects.filter(overlaps(first_day, last_day)).order_by("since")
        if libraries is not None:
            spells = spells.filter(around(libraries))
        self._spells = list(spells.select_related(*PRINTED))

    def of(self, period: Period) -> list[Spell]:
        return [spell for spell in self._spells if _overlaps(spell, period) and _was_known(spell, period.locked_at)]


def _overlaps(spell: Spell, period: Period) -> bool:
    """Say of a spell what `overlaps` says of rows."""
    return spell.since <= period.last_day and (spell.until is None or spell.until > period.first_day)


def _was_known(spell: Spell, at: datetime | None) -> bool:
    """Say of a spell what `is_known` says of rows."""
    if at is None:
        return spell.superseded_at is None
    return spell.recorded_at <= at and (spell.superseded_at is None or spell.superseded_at > at)


def expected(period: Period, known: KnownSpells | None = None) -> Any:
    """Return who is expected to report for a period, stored or not, in one query (two for a year).

    known: the spells of a longer stretch, where somebody has read them already; then no query is left for a month.

    A library is expected when it served on at least one day; of a year only when it has no months of that year, or is
    asked for what is counted once a year. The library comes with its facts of the period's end (or of its last day,
    when it left before), so that printing it costs nothing.
    """
    of_library = defaultdict(list)
    spells = known.of(period) if known else spells_of(period).select_related(*PRINTED).order_by("since")
    for spell in spells:
        of_library[spell.library_id].append(spell)
    monthly, asked = by_the_month(period) if period.is_year else set(), yearly_asked(period)
    found = Expected([], [])
    for spells in sorted(of_library.values(), key=_office_order):
        last = spells[-1]
        last.library.facts_found = [last]
        reason = _reason(spells)
        if reason is None and last.library_id in monthly and not _is_asked_of_a_year(spells, asked):
            reason = Reason.BY_THE_MONTH
        if reason is None:
            found.libraries.append((last.library, last))
        else:
            found.excluded.append((last.library, last, reason))
    return found


def _office_order(spells):
    last = spells[-1]
    return last.district.sort, last.level_rank, last.library.code


def _is_asked_of_a_year(spells: list[Spell], asked: list[Indicator]) -> bool:
    """Say whether a library that reports by the month has something to say of the year as well."""
    levels = levels_of(asked)
    return bool(asked) and any(spell.is_serving and (levels is None or spell.level in levels) for spell in spells)


def _reason(spells):
    """Return why a library with these spells is not expected, None when it is."""
    if any(spell.is_serving for spell in spells):
        return None
    states = {Spell.Status(spell.status).name for spell in spells}
    return Reason[states.pop()] if len(states) == 1 else Reason.NOT_SERVING


def spells_of(period):
    """Return the spells that overlap a period; a locked one is read as the registry stood when it was locked.

    A late entry into the registry thus changes no figure that was closed and published.
    """
    return Spell.objects.overlapping(period.first_day, period.last_day, known_at=period.locked_at)


def last_spells(period: Period) -> SpellQuerySet:
    """Return each library's last spell in the period as a queryset: the rows of lists, counted and cut by SQL."""
    overlapping = spells_of(period)
    # A library's spells do not overlap: that of the last day needs no look at the others, and nearly all are of it.
    lasts = Q(until__isnull=True) | Q(until__gt=period.last_day)
    later = Exists(overlapping.filter(library=OuterRef("library"), since__gt=OuterRef("since")))
    return overlapping.filter(lasts | ~later)


def last_spells_expected(period: Period) -> SpellQuerySet:
    """Return the last spell of each library that is expected, as a queryset."""
    condition = is_expected(period)
    # Whoever serves at the end of a month served on one of its days.
    return last_spells(period).filter(condition if period.is_year else ~Q(status__in=NOT_SERVING) | condition)


def last_spells_excluded(period: Period) -> SpellQuerySet:
    """Return the last spell of each library of which nothing is expected, as a queryset."""
    if period.is_year:
        return last_spells(period).exclude(is_expected(period))
    # Few do not serve at the end of a month: only of them it is asked whether they did before.
    serving = spells_of(period).exclude(status__in=NOT_SERVING).filter(library=OuterRef("library"))
    return last_spells(period).filter(~Exists(serving), status__in=NOT_SERVING)


def is_expected(period: Period, library: str = "library") -> Q:
    """Return the condition of `expected` for SQL; `library` is the query's path to the library.

    The subqueries do not look at the outer row, so that the database asks each of them once.
    """
    serving = spells_of(period).exclude(status__in=NOT_SERVING)
    condition = Q(**{f"{library}__in": serving.values("library_id")})
    if period.is_year:
        alone = ~Q(**{f"{library}__in": of_months(period).values("library_id")})
        if asked := yearly_asked(period):
            levels = levels_of(asked)
            of_level = serving if levels is None else serving.filter(level__in=levels)
            alone |= Q(**{f"{library}__in": of_level.values("library_id")})
        condition &= alone
    return condition


def stays(
    first_day: date, last_day: date, libraries: Any = None, *, known_at: datetime | None = None
) -> dict[int, list[Stay]]:
    """Return {library id: [(since, until, status, level, kind, area), …]} of the spells that overlap the days."""
    spells = Spell.objects.overlapping(first_day, last_day, known_at=known_at).order_by("since")
    if libraries is not None:
        spells = spells.filter(around(libraries))
    found = defaultdict(list)
    for library, *stay in spells.values_list("library_id", "since", "until", "status", "level", "kind", "area"):
        found[library].append(tuple(stay))
    return found


def standing(stays_of_library: list[Stay], period: Period) -> Standing:
    """Say how a library with these stays stood in a period."""
    states: set[str] = set()
    days = 0
    size: list[Any] = []
    for since, until, status, *measures in stays_of_library:
        if since <= period.last_day and (until is None or until > period.first_day):
            states.add(status)
            size = measures
            end = period.last_day if until is None or until > period.last_day else until - timedelta(days=1)
            days += (end - max(since, period.first_day)).days + 1
    if not states:
        return OUTSIDE
    whole = days == period.days
    return Standing(
        belongs=True,
        serving=bool(states - NOT_SERVING),
        is_open=whole and states == {OPEN},
        interrupted=not whole or bool(states & NOT_SERVING),
        **dict(zip(("level", "kind", "area"), size, strict=True)),
    )


def standing_of(library: Library, period: Period) -> Standing:
    """Say how one library stood in a period."""
    found = stays(period.first_day, period.last_day, [library.pk], known_at=period.locked_at)
    return standing(found[library.pk], period)
