"""Say in which group each library stood in each period, as the registry was known at a moment (6.2.1 j)."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple

from members.libraries.models import Spell
from members.periods.models import Period
from members.returns.due.expected import NOT_SERVING
from members.returns.models import around


class Group(NamedTuple):
    """How a library stood: its last days in the period say where and as what; serving on one day makes it due."""

    district: int
    level: str
    kind: str
    left: bool
    due: bool


class _Stay(NamedTuple):
    since: date
    until: date | None
    district: int
    level: str
    kind: str
    status: str
    recorded_at: datetime
    superseded_at: datetime | None


# By the keys of the period and of the library.
Groups = dict[int, dict[int, Group]]


def groups_of(periods: Collection[Period], known_at: datetime, libraries: Collection[int] | None = None) -> Groups:
    """Return the group of each library that belonged on a day of a period, in one query.

    libraries: their keys, where not all are asked for; others may be among the answers.
    """
    found: Groups = {period.pk: {} for period in periods}
    if not periods:
        return found
    courses = _courses(periods, known_at, libraries)
    for period in periods:
        at = min(known_at, period.locked_at) if period.locked_at else known_at
        of_period = found[period.pk]
        for library, stays in courses.items():
            group = _group(stays, period, at)
            if group is not None:
                of_period[library] = group
    return found


def _courses(
    periods: Collection[Period], known_at: datetime, libraries: Collection[int] | None
) -> dict[int, list[_Stay]]:
    first, last = min(one.first_day for one in periods), max(one.last_day for one in periods)
    # What was superseded since may have held when a period was locked.
    spells = Spell.objects.filter(recorded_at__lte=known_at, since__lte=last).exclude(until__lte=first)
    if libraries is not None:
        spells = spells.filter(around(libraries))
    rows = spells.order_by("since").values_list(
        "library_id", "since", "until", "district_id", "level", "kind", "status", "recorded_at", "superseded_at"
    )
    courses: dict[int, list[_Stay]] = defaultdict(list)
    for library, *stay in rows.iterator(chunk_size=5000):
        courses[library].append(_Stay._make(stay))
    return courses


def _group(stays: list[_Stay], period: Period, at: datetime) -> Group | None:
    """Say of one library what `expected` says of all: the last spell in the period is what it was."""
    first, last_day = period.first_day, period.last_day
    last, due = None, False
    for stay in stays:
        covers = stay.since <= last_day and (stay.until is None or stay.until > first)
        if covers and stay.recorded_at <= at and (stay.superseded_at is None or stay.superseded_at > at):
            last, due = stay, due or stay.status not in NOT_SERVING
    if last is None:
        return None
    left = last.until is not None and last.until <= last_day
    return Group(last.district, last.level, last.kind, left, due)
