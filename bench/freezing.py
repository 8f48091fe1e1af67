"""Measure what freezing an annual report costs in time and memory, each size in a process of its own."""

import multiprocessing
import os
import random
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from urllib.parse import urlsplit

from django.db import connection

from bench.alone import peak_megabytes, start
from bench.imports import INDICATORS
from bench.memory import MONTHS
from bench.stage import set_up
from members.indicators.dictionary import DICTIONARY
from members.indicators.models import Indicator
from members.libraries.models import Library
from members.periods.actions import ensure
from members.periods.models import Period
from members.returns.models import Return
from ops.limits import Ratio, ratio

FEW, MANY = 1_000, 8_000
YEAR = MONTHS[0][:4]
# What is frozen is kept as a whole, so that it grows; the returns behind it are not.
PEAK, TIME_A_LIBRARY = 1.50, 1.20


def run() -> Iterator[Ratio]:
    taken = {}
    for libraries in (FEW, MANY):
        report_a_year(libraries)
        taken[libraries] = frozen_alone()
    (few, few_peak), (many, many_peak) = taken[FEW], taken[MANY]
    name = f"freezing a year of {MANY:,} libraries × {INDICATORS} figures against {FEW:,}"
    yield ratio(f"{name}, peak memory", f"{many_peak} MB against {few_peak} MB", many_peak / few_peak, PEAK)
    each = many / MANY / (few / FEW)
    yield ratio(f"{name}, time a library", f"{many:.1f} s against {few:.1f} s", each, TIME_A_LIBRARY)


def report_a_year(libraries: int) -> None:
    """Leave the accepted returns of a year, straight in their table."""
    set_up(libraries)
    ensure(MONTHS)
    codes = [one.code for one in DICTIONARY if not one.part_of][:INDICATORS]
    Indicator.objects.filter(code__in=codes).update(
        in_use=True, frequency=Indicator.Frequency.MONTH, asked_from=None, asked_until=None, asked_of=[]
    )
    dice, keys = random.Random(3), list(Library.objects.order_by("pk").values_list("pk", flat=True))
    for period in Period.objects.filter(code__in=MONTHS).values_list("pk", flat=True):
        rows = (Return(library_id=one, period_id=period, state="accepted", figures=_said(codes, dice)) for one in keys)
        Return.objects.bulk_create(rows, batch_size=2000)


def _said(codes: list[str], dice: random.Random) -> dict[str, int]:
    return {code: dice.randint(1, 5000) for code in codes}


def frozen_alone() -> tuple[float, int]:
    """Freeze beside the scratch database in another process; return its seconds and its peak in megabytes."""
    address = os.environ["DATABASE_URL"]
    os.environ["DATABASE_URL"] = (
        urlsplit(address)._replace(path="/" + connection.settings_dict["NAME"].lstrip("/")).geturl()
    )
    try:
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), start) as pool:
            return pool.submit(_frozen).result()
    finally:
        os.environ["DATABASE_URL"] = address


def _frozen() -> tuple[float, int]:
    # It needs the settings of this process.
    from reports.editions.actions import freeze_edition

    started = time.perf_counter()
    freeze_edition("annual", YEAR)
    return time.perf_counter() - started, peak_megabytes()
