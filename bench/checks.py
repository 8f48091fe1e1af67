"""Count how often the checks of returns are right, and time the look at a month of many libraries."""

import random
from collections.abc import Iterator

from django.db import connection

from bench.stage import seconds, set_up
from members.indicators.dictionary import DICTIONARY
from members.libraries.models import Library
from members.periods.actions import ensure
from members.periods.models import Period, month_before, period_named
from members.returns.checks import standard
from members.returns.checks.keeping.trials import tried
from members.returns.checks.models import CheckRow
from members.returns.checks.rows import first_rows
from members.returns.models import Return
from ops.limits import Ratio, ratio
from tests.members.returns.labelled import ERRORS, RIGHT, SURPRISE, rates

LIBRARIES, INDICATORS, MONTHS, LAST = 2_000, 60, 120, "2026-10"
# Nobody waits longer for the odd figures of a month.
SECONDS = 1.0
# Of right returns a check may ask about one in twenty; of wrong ones all together find six of ten of every kind.
FALSE_ALARMS, HITS = 0.05, 0.60


def run() -> Iterator[Ratio]:
    yield from of_alarms()
    yield of_a_month()


def of_alarms() -> Iterator[Ratio]:
    """Tell the rates of every rule on the labelled returns, and what the swings alone would say of the same."""
    rows = standard()
    found = rates(rows)
    swings = tuple(row for row in rows if row.kind == CheckRow.Kind.SWING)
    alone = rates(swings, knows_months=False)["any"]
    for rule, of in sorted(found.items(), key=lambda each: -each[1][RIGHT]):
        hits = ", ".join(f"{label} {of[label]:.0%}" for label in (*ERRORS, SURPRISE))
        yield ratio(f"false alarms of “{rule}” a right return", hits, of[RIGHT], FALSE_ALARMS)
    for label in ERRORS:
        measured = f"swings alone {alone[label]:.0%}"
        yield ratio(f"returns found that have a {label}", measured, found["any"][label], HITS, at_least=True)
    yield ratio(
        "false alarms of all rules against those of swings by 50 % alone",
        f"{found['any'][RIGHT]:.1%} against {alone[RIGHT]:.1%}",
        found["any"][RIGHT] / alone[RIGHT],
        0.25,
    )


def of_a_month() -> Ratio:
    """Time the search for what is unusual in the newest month of ten years."""
    set_up(LIBRARIES)
    fill()
    row = first_rows()["usual"]
    check = CheckRow(kind=row.kind, codes=codes(), limit=row.limit, share=row.share, months=row.months)
    period = period_named(LAST)
    asked = tried(check, period)
    taken = seconds(lambda: tried(check, period), times=7)
    return ratio(
        f"odd figures of a month, {LIBRARIES:,} libraries × {INDICATORS} figures × {MONTHS // 12} years, against 1 s",
        f"{taken * 1000:.0f} ms, {len(asked.asked)} of {asked.looked_at:,} returns asked about",
        taken / SECONDS,
        1.0,
    )


def codes() -> list[str]:
    return [one.code for one in DICTIONARY][:INDICATORS]


def fill() -> None:
    """Write the returns of ten years straight into the table; what is measured is the reading."""
    dice = random.Random(5)
    months = [month_before(LAST, back) for back in range(MONTHS)]
    ensure(months)
    periods = dict(Period.objects.values_list("code", "pk"))
    sizes = {key: [dice.randint(1, 5000) for __ in codes()] for key in Library.objects.values_list("pk", flat=True)}
    for month in months:
        returns = [
            Return(
                library_id=key,
                period_id=periods[month],
                state=Return.State.ACCEPTED,
                figures={code: max(0, int(size * dice.gauss(1, 0.15))) for code, size in zip(codes(), of, strict=True)},
            )
            for key, of in sizes.items()
        ]
        Return.objects.bulk_create(returns, batch_size=1000)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
