"""Run the benchmarks: `make bench`, or `python -m bench import` for one of them."""

import os
import sys
from collections.abc import Iterator
from importlib import import_module

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fsul_portal.settings")
os.environ.setdefault("LOG_LEVEL", "ERROR")

from ops.limits import Ratio, tell
from ops.places import stop

# Each is a module of this package.
BENCHES = {
    "checks": "checks",
    "explorer": "explorer",
    "freeze": "freezing",
    "import": "imports",
    "meetings": "meetings",
    "memory": "memory",
    "pages": "pages",
    "report": "reports",
    "search": "search",
    "walk": "walk",
}


def measured(names: list[str]) -> Iterator[Ratio]:
    # What a bench starts as a process of its own imports this module too, and is not to carry the whole portal.
    import django

    django.setup()
    from bench import stage

    with stage.scratch_database():
        for name in names:
            yield from import_module(f"bench.{BENCHES[name]}").run()


def main(wanted: list[str]) -> int:
    strange = [name for name in wanted if name not in BENCHES]
    if strange:
        stop(f"There is no bench {', '.join(strange)}; there are {', '.join(BENCHES)}.")
    return tell(measured(wanted or list(BENCHES)))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
