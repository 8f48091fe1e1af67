"""Measure what big files cost in memory: the commands of the imports, each in a process of its own."""

import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from django.db import connection

from bench.stage import set_up
from fsul_portal.sheets import Table, write_xlsx
from members.libraries.intake.resources import LibraryResource
from members.libraries.models import Library
from ops.limits import Ratio, ratio
from ops.places import ROOT, environment, stop
from reports.demo.figures import Household

FEW, MANY, LIBRARIES = 10_000, 100_000, 20_000
MONTHS = [f"2025-{month:02}" for month in range(1, 13)]
# What a server of 2 GB can spare beside web, worker and database; the file itself is no longer in memory.
MEGABYTES = 400
# A file ten times as long takes ten times as long, or it blocks whoever comes next.
TIME_A_ROW = 1.20


def run() -> Iterator[Ratio]:
    with tempfile.TemporaryDirectory() as folder:
        yield from of_returns(Path(folder) / "returns.xlsx")
        yield from of_libraries(Path(folder) / "libraries.xlsx")


def of_returns(file: Path) -> Iterator[Ratio]:
    name = f"XLSX import of {MANY:,} returns × 11 columns"
    taken = {}
    for rows in (FEW, MANY):
        set_up(rows // len(MONTHS) + 100)
        write_returns(file, rows)
        taken[rows], peak = import_file("import_returns", file)
    yield ratio(
        f"{name}, time a row against {FEW:,}",
        f"{taken[MANY] / MANY * 1e6:.0f} µs against {taken[FEW] / FEW * 1e6:.0f} µs ({taken[MANY]:.0f} s in all)",
        (taken[MANY] / MANY) / (taken[FEW] / FEW),
        TIME_A_ROW,
    )
    yield of_peak(name, peak)
    write_returns(file, MANY, more=1)
    yield of_peak(f"{name}, all figures changed", import_file("import_returns", file)[1])


def of_libraries(file: Path) -> Iterator[Ratio]:
    set_up(LIBRARIES)
    write_libraries(file)
    yield of_peak(f"XLSX import of {LIBRARIES:,} changed libraries", import_file("import_libraries", file)[1])


def of_peak(name: str, megabytes: int) -> Ratio:
    return ratio(f"{name}, peak memory against {MEGABYTES} MB", f"{megabytes} MB", megabytes / MEGABYTES, 1)


def write_returns(file: Path, count: int, more: int = 0) -> None:
    """Write so many rows of a year's returns; `more` is added to the first figure of each."""
    dice, rows, figures = random.Random(3), [], {}
    for code in Library.objects.order_by("-code").values_list("code", flat=True)[: -(-count // len(MONTHS))]:
        household = Household("point", dice)
        for month in MONTHS:
            figures = household.month(month)
            figures["V01"] += more
            rows.append([code, month, *figures.values()])
    write_xlsx(str(file), [Table("returns", ["library_code", "period", *figures], rows[:count])], big=True)


def write_libraries(file: Path) -> None:
    """Write the registry as it stands, each library under another name."""
    table = LibraryResource().export()
    name = table.headers.index("name")
    rows = [[*row[:name], f"{row[name]}新馆", *row[name + 1 :]] for row in table]
    write_xlsx(str(file), [Table("libraries", table.headers, rows)], big=True)


def import_file(command: str, file: Path) -> tuple[float, int]:
    """Run the command beside the scratch database; return its seconds and its peak in megabytes."""
    spent, peak = beside("bench.alone", command, str(file))
    return spent, int(peak)


def beside(module: str, *words: str) -> list[float]:
    """Run a module in a process of its own beside the scratch database; return the numbers that it prints."""
    scratch = urlsplit(os.environ["DATABASE_URL"])._replace(path="/" + connection.settings_dict["NAME"]).geturl()
    whole = [sys.executable, "-m", module, *words]
    done = subprocess.run(
        whole, cwd=ROOT, env=environment(DATABASE_URL=scratch), capture_output=True, text=True, check=False
    )
    if done.returncode:
        stop(f"{' '.join([module, *words])} failed:\n{done.stderr[-2000:]}")
    return [float(number) for number in done.stdout.split()]
