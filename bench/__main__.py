"""Run the benchmarks: `make bench`, or `python -m bench import` for one of them."""

import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fsul_portal.settings")
os.environ.setdefault("LOG_LEVEL", "ERROR")

import django

django.setup()

from bench import imports, pages, reports, stage  # noqa: E402

BENCHES = {"import": imports.run, "report": reports.run, "pages": pages.run}


def main():
    wanted = sys.argv[1:] or list(BENCHES)
    with stage.scratch_database():
        for name in wanted:
            print(f"\n{name}", flush=True)
            for line in BENCHES[name]():
                print(f"  {line}", flush=True)


main()
