"""Run the benchmarks: `make bench`, or `python -m bench import` for one of them."""

import os
import sys
from collections.abc import Iterator

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fsul_portal.settings")
os.environ.setdefault("LOG_LEVEL", "ERROR")

import django

django.setup()

from bench import checks, explorer, imports, memory, pages, reports, search, stage, walk  # noqa: E402
from ops.limits import Ratio, tell  # noqa: E402
from ops.places import stop  # noqa: E402

BENCHES = {
    "checks": checks.run,
    "explorer": explorer.run,
    "import": imports.run,
    "memory": memory.run,
    "pages": pages.run,
    "report": reports.run,
    "search": search.run,
    "walk": walk.run,
}


def measured(names: list[str]) -> Iterator[Ratio]:
    with stage.scratch_database():
        for name in names:
            yield from BENCHES[name]()


def main(wanted: list[str]) -> int:
    strange = [name for name in wanted if name not in BENCHES]
    if strange:
        stop(f"There is no bench {', '.join(strange)}; there are {', '.join(BENCHES)}.")
    return tell(measured(wanted or list(BENCHES)))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
