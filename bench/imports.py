"""Time the import of returns against a plain bulk_create of the same rows: 10,000 alone, and 100,000 by the command."""

import io
import random
import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.memory import MONTHS, import_file, of_peak
from bench.stage import seconds, set_up
from fsul_portal.sheets import Sheet, Table, read_sheet, write_csv, write_xlsx
from members.indicators.dictionary import DICTIONARY
from members.indicators.models import Indicator
from members.libraries.models import Library
from members.periods.actions import ensure
from members.periods.models import Period, period_days
from members.returns.intake.actions import import_returns
from members.returns.models import Return
from members.returns.rollup.models import Tally
from ops.limits import Ratio, ratio
from reports.demo.figures import Household

ROWS, MONTH = 10_000, "2026-08"
# Each row is checked against the month before and goes on record: that may cost one and a half times its storing.
RATE = 0.40
# A year of 8,000 libraries, reading and all else included.
MANY, INDICATORS = 100_000, 20
RATES = {"csv": 0.70, "xlsx": 0.50}


def table():
    """Return the file of the import: one row a library, eleven figures."""
    dice = random.Random(3)
    rows, codes = [], []
    for code in Library.objects.order_by("code").values_list("code", flat=True)[:ROWS]:
        figures = Household("point", dice).month(MONTH)
        codes = list(figures)
        rows.append([code, MONTH, *figures.values()])
    return write_csv(["library_code", "period", *codes], rows)


def plain_rows(sheet: Sheet):
    first_day, last_day = period_days(MONTH)
    period, __ = Period.objects.get_or_create(code=MONTH, defaults={"first_day": first_day, "last_day": last_day})
    keys = dict(Library.objects.values_list("code", "pk"))
    codes = sheet.headers[2:]
    return [
        Return(
            library_id=keys[row.cells["library_code"]],
            period=period,
            figures={code: int(row.cells[code]) for code in codes},
            state=Return.State.ACCEPTED,
        )
        for row in sheet.rows
    ]


def run() -> Iterator[Ratio]:
    set_up(ROWS)
    file = table()
    sheet = read_sheet(io.BytesIO(file), name="returns.csv")
    rows = plain_rows(sheet)
    plain = seconds(lambda: _afresh(lambda: Return.objects.bulk_create(rows, batch_size=1000)), times=3)
    whole = seconds(lambda: _afresh(lambda: _import(file)), times=3)
    reading = seconds(lambda: read_sheet(io.BytesIO(file), name="returns.csv"), times=3)
    yield ratio(
        f"rows a second of importing {ROWS:,} returns, the file read already, against a plain bulk_create",
        f"{ROWS / (whole - reading):,.0f} against {ROWS / plain:,.0f} ({reading:.2f} s to read)",
        plain / (whole - reading),
        RATE,
        at_least=True,
    )

    with tempfile.TemporaryDirectory() as folder:
        yield from of_many(Path(folder))


def of_many(folder: Path) -> Iterator[Ratio]:
    """Return the rates of the command in a process of its own, and its peak of memory."""
    set_up(MANY // len(MONTHS) + 100)
    headings, rows = table_of_a_year()
    (folder / "returns.csv").write_bytes(write_csv(headings, rows))
    write_xlsx(str(folder / "returns.xlsx"), [Table("returns", headings, rows)], big=True)
    returns = returns_of(headings, rows)
    plain = seconds(lambda: _afresh(lambda: Return.objects.bulk_create(returns, batch_size=1000)), times=3)
    returns.clear()
    rows.clear()
    for ending, rate in RATES.items():
        name, taken = f"{ending.upper()} import of {MANY:,} returns × {INDICATORS} figures", []
        for __ in range(3):
            Return.objects.all().delete()
            Tally.objects.all().delete()
            taken.append(import_file("import_returns", folder / f"returns.{ending}"))
        spent, peak = statistics.median(one for one, __ in taken), max(megabytes for __, megabytes in taken)
        measured = f"{spent:.1f} s against {plain:.1f} s"
        yield ratio(f"{name}, all in all, against a bulk_create", measured, plain / spent, rate, at_least=True)
        yield of_peak(name, peak)


def table_of_a_year() -> tuple[list[str], list[list[object]]]:
    """Return headings and rows: what the demo invents, and as many other figures as are wanted, near their own size."""
    dice = random.Random(3)
    own = list(Household("point", random.Random(1)).month(MONTHS[0]))
    more = [one.code for one in DICTIONARY if one.code not in own and not one.part_of][: INDICATORS - len(own)]
    Indicator.objects.filter(code__in=[*own, *more]).update(
        in_use=True, frequency=Indicator.Frequency.MONTH, asked_from=None, asked_until=None, asked_of=[]
    )
    rows: list[list[object]] = []
    for code in Library.objects.order_by("-code").values_list("code", flat=True)[: -(-MANY // len(MONTHS))]:
        household, sizes = Household("point", dice), [dice.randint(20, 4000) for __ in more]
        for month in MONTHS:
            others = [max(1, int(size * dice.uniform(0.95, 1.05))) for size in sizes]
            rows.append([code, month, *household.month(month).values(), *others])
    return ["library_code", "period", *own, *more], rows[:MANY]


def returns_of(headings: list[str], rows: list[list[object]]) -> list[Return]:
    ensure(MONTHS)
    periods = dict(Period.objects.values_list("code", "pk"))
    keys = dict(Library.objects.values_list("code", "pk"))
    return [
        Return(
            library_id=keys[code],
            period_id=periods[month],
            figures=dict(zip(headings[2:], figures, strict=True)),
            state=Return.State.ACCEPTED,
        )
        for code, month, *figures in rows
    ]


def _afresh(action):
    Return.objects.all().delete()
    action()


def _import(file):
    plan = import_returns(io.BytesIO(file), name="returns.csv")
    assert plan.counts()["created"] == ROWS, plan.problems[:3]
