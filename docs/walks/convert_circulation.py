"""Convert a year's circulation table of another library system into the portal's own files.

The tables of the Chicago Public Library, as republished for teaching (LibraryCarpentry/lc-python-intro, CC BY 4.0),
have one row a branch: `branch, address, city, zip code, january … december, ytd`. A cell of 0 there means that the
branch was closed that month, so it becomes `closed` here, which is neither a zero nor missing.

    python docs/walks/convert_circulation.py OUT_FOLDER 2011_circ.csv 2012_circ.csv 2013_circ.csv

writes divisions.csv, libraries.csv and returns.csv (formats: see the README), and prints nothing else.
"""

import csv
import re
import sys
from pathlib import Path

MONTHS = "january february march april may june july august september october november december".split()
CITY, DISTRICT = "900000", "900001"
CENTRAL_BRANCH = "Harold Washington Library Center"
CENTRAL = "CH001"
FIRST_DAY = "2011-01-01"


def read(path):
    """Return (year, rows) of one table; the year stands in the file's name."""
    year = re.search(r"(19|20)\d\d", Path(path).name)
    if not year:
        raise SystemExit(f"{path}: no year in the file's name")
    with open(path, encoding="utf-8-sig", newline="") as lines:
        return year.group(), list(csv.DictReader(lines))


def code_branches(tables):
    """Give each branch a code in the order of the alphabet; the same branch has the same code in all years."""
    branches = {row["branch"].strip(): row["address"].strip() for __, rows in tables for row in rows}
    order = sorted(branches, key=lambda name: (name != CENTRAL_BRANCH, name))
    return {name: (f"CH{number:03}", branches[name]) for number, name in enumerate(order, 1)}


def write(folder, name, header, rows):
    with (folder / name).open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(header)
        writer.writerows(rows)


def figure(cell):
    """Return a month's loans, or `closed` where the source has 0."""
    count = int(float(cell))
    return count or "closed"


def convert(folder, tables):
    folder.mkdir(parents=True, exist_ok=True)
    branches = code_branches(tables)
    write(
        folder,
        "divisions.csv",
        ["code", "name", "level", "parent_code", "sort"],
        [[CITY, "Chicago", "city", "", 0], [DISTRICT, "Chicago branches", "district", CITY, 1]],
    )
    libraries = [
        [code, name, "central", "", CITY, address, FIRST_DAY]
        if code == CENTRAL
        else [code, name, "branch", CENTRAL, DISTRICT, address, FIRST_DAY]
        for name, (code, address) in branches.items()
    ]
    write(
        folder,
        "libraries.csv",
        ["code", "name", "level", "parent_code", "district_code", "address", "opened_on"],
        libraries,
    )
    returns = [
        [branches[row["branch"].strip()][0], f"{year}-{number:02}", figure(row[month])]
        for year, rows in tables
        for row in rows
        for number, month in enumerate(MONTHS, 1)
    ]
    write(folder, "returns.csv", ["library_code", "period", "L01"], returns)


if __name__ == "__main__":
    if len(sys.argv) < 3:
        raise SystemExit(__doc__)
    convert(Path(sys.argv[1]), [read(path) for path in sys.argv[2:]])
