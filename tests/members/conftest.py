"""Take files into the registry the way the command and the pages do."""

import csv
import io

import pytest

from fsul_portal.intake.actions import read, take_in
from fsul_portal.intake.kinds import kind_named


def csv_of(headers, *rows, encoding="utf-8"):
    """Write a CSV as a colleague would send it; `headers` is one line."""
    text = io.StringIO(newline="")
    lines = csv.writer(text)
    lines.writerow(headers.split(","))
    lines.writerows(rows)
    return text.getvalue().encode(encoding)


def told(plan):
    """Return what is wrong as (row, column, sentence)."""
    return [(one.row, one.column, one.sentence) for one in plan.problems]


def asked(plan):
    return [(one.row, one.column, one.sentence) for one in plan.questions]


@pytest.fixture
def load(cast):
    """Load rows: `load("code,name,level", ("NH009", "…", "branch"), partial=True)`; returns the plan."""

    def load_rows(headers, *rows, kind="libraries", **options):
        content = headers if isinstance(headers, bytes) else csv_of(headers, *rows)
        kind = kind_named(kind)
        return take_in(kind, read(kind, content, name="rows.csv"), **options)

    return load_rows


@pytest.fixture
def load_divisions(load):
    return lambda *rows, **options: load("code,name,level,parent_code,sort", *rows, kind="divisions", **options)
