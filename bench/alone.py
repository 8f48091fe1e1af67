"""Run one command of the portal and print its seconds and its peak of memory: `python -m bench.alone COMMAND FILE`."""

import io
import logging
import re
import sys
import time
from pathlib import Path

import django
from django.core.management import call_command


def peak_megabytes() -> int:
    """Return the peak of this program alone; getrusage would count what the process was before it became this one."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    assert found
    return int(found[1]) // 1024


def start() -> None:
    """Begin a process of its own for a measurement."""
    django.setup()
    logging.getLogger("weasyprint").setLevel(logging.ERROR)


if __name__ == "__main__":
    django.setup()
    started = time.perf_counter()
    call_command(*sys.argv[1:], stdout=io.StringIO())
    print(f"{time.perf_counter() - started:.2f} {peak_megabytes()}")
