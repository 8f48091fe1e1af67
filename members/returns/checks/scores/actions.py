"""Reckon the scores of a month, and look a month through by them (6.2.1 j).

A score follows from the returns alone. What was written since it was reckoned is told by the records, which every
change of a return leaves: these libraries are looked at as if there were no scores, until the job has come by.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import chain
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone

from fsul_portal.grammar.bulk import insert_many
from fsul_portal.records.models import Record
from members.periods.models import Period, month_before, month_due
from members.returns.checks import Case, Finding, Names, Peers, history_of
from members.returns.checks.history import NAMED_LIBRARIES, compared
from members.returns.checks.models import CheckRow
from members.returns.checks.rows import Row, Rows
from members.returns.checks.rules import whole_numbers
from members.returns.checks.scores.models import NEAREST, Score, Scored
from members.returns.checks.usual import Far, columns, distance, is_far, numbers, opened, unlike
from members.returns.due.expected import OUTSIDE, standing, stays
from members.returns.models import Return

# A record is written before its transaction is over: what is reckoned at this distance has missed nobody.
BEHIND = timedelta(minutes=15)
# A check may be tried on the months of a year, and the one that is collected.
MONTHS = 13
# The check that asks about everything that is kept.
FAR = Row(CheckRow.Kind.UNLIKE, limit=NEAREST)
KEPT = ("library_id", "code", "value", "months", "count", "usual", "away", "root", "spread")
KEPT_OF_YEARS = ("same", "same_away", "same_root", "same_spread")


Looked = Iterator[tuple[int, Case]]


def cases_of(rows: Rows, period: Period, libraries: list[int], names: Names, peers: Peers) -> Looked:
    """Yield what is looked at of these libraries: their figures of the month, and all that they are held against."""
    history, stood = history_of([period.code], libraries), stays(period.first_day, period.last_day, libraries)
    for library in libraries:
        days = stood.get(library)
        yield (
            library,
            Case(
                history.figures.get((library, period.code), {}),
                period.days,
                standing(days, period) if days else OUTSIDE,
                history.past(library, period.code),
                is_year=period.is_year,
                rows=rows,
                names=names,
                peers=peers,
            ),
        )


def scored_for(row: Row, period: Period) -> Scored | None:
    """Return the scores of a month where they tell all that a check would find."""
    if row.kind != CheckRow.Kind.UNLIKE or row.limit < NEAREST:
        return None
    return Scored.objects.filter(period__code=period.code).select_related("period").first()


def found_by_scores(row: Row, period: Period, but_for: set[int]) -> dict[int, list[Finding]]:
    """Return what the check of what is usual finds by the scores, by library, in the order of its figures."""
    scores: dict[int, dict[str, Score]] = {}
    for one in Score.objects.filter(period=period).far(row).order_by().iterator(chunk_size=2000):
        if one.library_id not in but_for:
            scores.setdefault(one.library_id, {})[one.code] = one
    if not scores:
        return {}
    stood = stays(period.first_day, period.last_day, list(scores))
    return {
        library: [_finding(of[code]) for code in row.codes if code in of]
        for library, of in scores.items()
        if library in stood and standing(stood[library], period).serving
    }


def _finding(one: Score) -> Finding:
    return unlike(one.code, one.value, one.count, one.usual, one.same)


def changed_since(scored: Scored) -> set[int]:
    """Return the libraries of which something was written to the month, or to what is before it, since then."""
    recent, same = compared(scored.period.code)
    periods = Period.objects.filter(code__in=[scored.period.code, *recent, *same])
    kind = ContentType.objects.get_for_model(Return)
    written = Record.objects.filter(content_type=kind, at__gt=scored.upto).order_by()
    returns = Return.objects.filter(pk__in=written.values("object_id"), period__in=periods)
    return set(returns.order_by().values_list("library_id", flat=True))


def follow(now: datetime) -> int:
    """Bring the scores of the months on which a check is tried up to now; return how many libraries it took."""
    codes = [month_before(month_due(), back) for back in range(MONTHS)]
    Scored.objects.exclude(period__code__in=codes).delete()
    Score.objects.exclude(period__code__in=codes).delete()
    return sum(score(period, now) for period in Period.objects.filter(code__in=codes).order_by("code"))


def score(period: Period, now: datetime) -> int:
    """Reckon the scores of those libraries of a month of which something has changed; at first of all."""
    scored = Scored.objects.filter(period=period).select_related("period").first()
    libraries = sorted(changed_since(scored)) if scored else _all_of(period)
    for some in _parts(libraries):
        with transaction.atomic():
            Score.objects.filter(period=period, library__in=some).delete()
            insert_many(_scores(period, some))
    Scored.objects.update_or_create(period=period, defaults={"upto": now - BEHIND})
    return len(libraries)


def differing(period: Period, *, write: bool) -> int:
    """Hold the scores of a month against its returns; return of how many figures they differ."""
    scored = Scored.objects.filter(period=period).select_related("period").first()
    if scored is None:
        return 0
    fresh, changed = changed_since(scored), 0
    libraries = set(_all_of(period)) | set(Score.objects.filter(period=period).values_list("library_id", flat=True))
    for some in _parts(sorted(libraries - fresh)):
        due = {_said(one) for one in _scores(period, some)}
        kept = {_said(one) for one in Score.objects.filter(period=period, library__in=some)}
        changed += len({one[:2] for one in due ^ kept})
    if write and changed:
        scored.delete()
        score(period, timezone.now())
    return changed


def _said(one: Score) -> tuple[Any, ...]:
    return tuple(getattr(one, name) for name in (*KEPT, *KEPT_OF_YEARS))


def _all_of(period: Period) -> list[int]:
    received = Return.objects.received().filter(period=period).order_by("library_id")
    return list(received.values_list("library_id", flat=True))


def _parts(libraries: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(libraries), NAMED_LIBRARIES):
        yield libraries[start : start + NAMED_LIBRARIES]


def _scores(period: Period, libraries: Sequence[int]) -> list[Score]:
    """Reckon what lies away from what was before it, of the returns that were handed in."""
    history = history_of([period.code], libraries)
    there = ((library, history.figures.get((library, period.code))) for library in libraries)
    return list(
        chain.from_iterable(
            _of_library(period, library, figures, history.past(library, period.code))
            for library, figures in there
            if figures
        )
    )


def _of_library(period: Period, library: int, figures: dict[str, Any], past: Any) -> Iterable[Score]:
    codes = [code for code, value in figures.items() if value.__class__ is int]
    if not past.recent or any(whole_numbers(Case(figures, 0, OUTSIDE, rows=()))):
        return
    recent, season = columns(opened(past.recent), codes), None
    for place, (code, before) in enumerate(zip(codes, recent, strict=False)):
        known = numbers(before)
        if not known or not is_far(figures[code], known, FAR) or not (far := distance(figures[code], known)):
            continue
        season = season or columns(opened(past.same), codes)
        same = distance(figures[code], numbers(season[place])) if season else None
        yield Score(
            period_id=period.pk,
            library_id=library,
            code=code,
            value=figures[code],
            months=len(past.recent),
            count=len(known),
            **_kept(far, ("usual", "away", "root", "spread")),
            **_kept(same, KEPT_OF_YEARS),
        )


def _kept(far: Far | None, names: tuple[str, ...]) -> dict[str, Any]:
    values = (far.usual, far.away, far.root, far.spread) if far else (None,) * len(names)
    return dict(zip(names, values, strict=True))
