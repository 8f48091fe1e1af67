"""Time the import of 10,000 returns against a plain bulk_create of the same rows."""

import io
import random
from collections.abc import Iterator

from bench.stage import seconds, set_up
from fsul_portal.sheets import Sheet, read_sheet, write_csv
from members.libraries.models import Library
from members.periods.models import Period, period_days
from members.returns.intake.actions import import_returns
from members.returns.models import Return
from ops.limits import Ratio, ratio
from reports.demo.figures import Household

ROWS, MONTH = 10_000, "2026-08"
# Each row is checked against the month before and goes on record: that may cost one and a half times its storing.
RATE = 0.40


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


def _afresh(action):
    Return.objects.all().delete()
    action()


def _import(file):
    plan = import_returns(io.BytesIO(file), name="returns.csv")
    assert plan.counts()["created"] == ROWS, plan.problems[:3]
