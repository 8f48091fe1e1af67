"""Time the pages that read figures on ten years of 2,000 libraries and a year of 100,000, and writers of one month.

The returns are made in the database itself; the sums beside them by the portal's own reckoning, which is timed too.
`BENCH_SHARE=10` makes it a tenth of the libraries; each line says of how many it speaks.
"""

import gc
import os
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import NamedTuple

from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from bench.checks import codes
from bench.stage import seconds, set_up
from members.indicators.models import Indicator
from members.libraries.models import Library
from members.periods.actions import ensure
from members.periods.models import Period, month_before, month_due
from members.returns.checks.keeping.trials import tried
from members.returns.checks.models import CheckRow
from members.returns.checks.rows import first_rows
from members.returns.checks.scores.actions import score
from members.returns.models import Return
from members.returns.rollup.actions import Change, build, count_again, mend, settle
from members.returns.rollup.awaited import count_awaited
from members.returns.rollup.models import Tally
from members.returns.rollup.sums import Stand
from ops.limits import Ratio, ratio
from ops.places import say
from reports.editions.models import Edition
from tests.reports.documents.fakes import snapshot

SHARE = int(os.environ.get("BENCH_SHARE", "1"))
# A page that answers within this lets nobody's thoughts wander.
PROMPT = 0.200
SCAN = 1.0
CALLS = 20
# One writer holds its transaction open for so long; another of the same month is not to feel it.
HELD = 0.5
HANDED_IN = Stand("accepted", late=False, figures={"V01": 1})
FELT = 0.25


class Size(NamedTuple):
    libraries: int
    figures: int
    months: int

    @property
    def words(self) -> str:
        return f"{self.libraries:,} libraries × {self.figures} figures × {self.months} months"


SIZES = (Size(2_000 // SHARE, 60, 120), Size(100_000 // SHARE, 30, 12))
# By what is asked for; the three figures of the explorer are those that everybody reports.
LONG = "/reports/explorer/?figure=V01&second=L01&third=C01&district=&first={first}&last={last}"


def run() -> Iterator[Ratio]:
    if connection.vendor != "postgresql":
        say("The explorer is measured on PostgreSQL; `make bench` starts one.")
        return
    for size in SIZES:
        people = set_up(size.libraries)
        started = time.perf_counter()
        fill(size)
        say(f"{size.words}: made in {time.perf_counter() - started:.0f} s")
        yield reckoned(size)
        yield scanned(size)
        client = Client(SERVER_NAME="localhost")
        client.force_login(people["office"], backend="django.contrib.auth.backends.ModelBackend")
        for name, path in pages(size).items():
            yield prompt(f"{name}, {size.words}", client, path)
    yield writers()


def pages(size: Size) -> dict[str, str]:
    last, report = month_due(), publish(min(size.libraries, 2_000))
    figures = len(report.snapshot["dictionary"])
    return {
        "first page": "/",
        "explorer, a year of one figure": "/reports/explorer/",
        "explorer, all months of three figures": LONG.format(first=month_before(last, size.months - 1), last=last),
        "explorer, one district": f"{LONG.format(first=month_before(last, 11), last=last)}&district=440605",
        "months": "/reports/months/",
        "one month by district": f"/reports/months/{last}/",
        f"web report (of {min(size.libraries, 2_000):,} libraries × {figures} figures), beside": (
            f"/reports/editions/{report.pk}/read/"
        ),
    }


def prompt(name: str, client: Client, path: str) -> Ratio:
    """Return the 95th percentile of twenty answers against what is prompt."""
    assert client.get(path).status_code == 200
    # As the server does once it has loaded everything.
    gc.collect()
    gc.freeze()
    taken = [seconds(lambda: client.get(path), times=1) for __ in range(CALLS)]
    slowest = statistics.quantiles(taken, n=20)[-1]
    measured = f"{slowest * 1000:.0f} ms, half of them within {statistics.median(taken) * 1000:.0f} ms"
    return ratio(f"p95 of the {name}, against {PROMPT * 1000:.0f} ms", measured, slowest / PROMPT, 1.0)


def fill(size: Size) -> None:
    """Make the returns of all months, each figure around the library's own size, all months but the last locked."""
    chosen = codes()[: size.figures]
    Indicator.objects.filter(code__in=chosen).update(
        in_use=True, frequency=Indicator.Frequency.MONTH, asked_from=None, asked_until=None, asked_of=[]
    )
    months = [month_before(month_due(), back) for back in range(size.months)]
    ensure(months)
    Period.objects.filter(code__in=months[1:]).update(locked_at=timezone.now())
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO members_return (library_id, period_id, state, figures, notes, questions, origins, source,
                                        version, round, step, started_at)
            SELECT library.id, period.id, 'accepted', figures.said, '{}', '[]', '{}', 'bench', 1, 1, 1, now()
            FROM members_library library CROSS JOIN members_period period CROSS JOIN LATERAL (
                SELECT jsonb_object_agg(code, (abs(hashint8(library.id * 64 + place)) %% 5000
                                               * (0.8 + random() * 0.4))::int) AS said
                FROM unnest(%s::text[]) WITH ORDINALITY AS asked(code, place)
                WHERE library.id + period.id > 0
            ) figures
            WHERE period.code = ANY(%s)
            """,
            [chosen, months],
        )


def reckoned(size: Size) -> Ratio:
    """Return the time of adding a month up anew against reading its returns."""
    started = time.perf_counter()
    build()
    settle(timezone.now())
    count_awaited()
    say(f"{Tally.objects.count():,} rows of sums, added up in {time.perf_counter() - started:.0f} s")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE members_return")
        cursor.execute("ANALYZE")
    period = Period.objects.get(code=month_due())
    read = seconds(lambda: list(Return.objects.filter(period=period).values_list("figures", flat=True)), times=3)
    whole = seconds(lambda: mend(period, write=False), times=3)
    return ratio(
        f"adding up a month of {size.libraries:,} libraries anew, against reading its returns",
        f"{whole:.2f} s against {read:.2f} s",
        whole / read,
        5.0,
    )


def scanned(size: Size) -> Ratio:
    """Return the time of looking for what is unusual in a month by its scores, beside a look at every return."""
    first, period = first_rows()["usual"], Period.objects.get(code=month_due())
    check = CheckRow(
        kind=first.kind, codes=codes()[: size.figures], limit=first.limit, share=first.share, months=first.months
    )
    started = time.perf_counter()
    asked = len(tried(check, period).asked)
    said = f"{time.perf_counter() - started:.1f} s without scores"
    started = time.perf_counter()
    score(period, timezone.now())
    said += f", reckoned in {time.perf_counter() - started:.0f} s"
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    assert len(tried(check, period).asked) == asked
    taken = seconds(lambda: tried(check, period), times=7)
    measured = f"{taken * 1000:.0f} ms ({said}), {asked} returns asked about"
    return ratio(f"unusual figures of a month, {size.words}, against 1 s", measured, taken / SCAN, 1.0)


def publish(libraries: int) -> Edition:
    """Leave a published monthly report to be read."""
    frozen = snapshot("monthly", libraries)
    return Edition.objects.create(
        kind="monthly",
        period=frozen["period"],
        number=1,
        snapshot=frozen,
        digest="0" * 64,
        state=Edition.State.IN_FORCE,
        published_at=timezone.now(),
    )


def writers() -> Ratio:
    """Return how long a writer waits for another of the same month that has not ended."""
    first, second = Library.objects.order_by("pk")[:2]
    period, ready, done = Period.objects.get(code=month_due()), threading.Event(), []

    def hold() -> None:
        with suppress(_Undone), transaction.atomic():
            count_again([Change(first.pk, period, None, HANDED_IN)])
            ready.set()
            time.sleep(HELD)
            raise _Undone
        connection.close()

    def write() -> None:
        ready.wait(timeout=60)
        with suppress(_Undone), transaction.atomic():
            started = time.perf_counter()
            count_again([Change(second.pk, period, None, HANDED_IN)])
            done.append(time.perf_counter() - started)
            raise _Undone
        connection.close()

    _together(hold, write)
    measured = f"{done[0] * 1000:.0f} ms while another is open for {HELD * 1000:.0f} ms"
    return ratio("wait of a writer for another of the same month", measured, done[0] / HELD, FELT)


class _Undone(Exception):
    """Leave nothing behind."""


def _together(*acts: Callable[[], None]) -> None:
    threads = [threading.Thread(target=act) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
