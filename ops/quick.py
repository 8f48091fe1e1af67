"""Answer in two minutes: the style, then as many tests as fit, what failed last and what was changed first."""

import os
import sys
import time

from ops.places import VENV, environment
from ops.setup import require
from ops.within import UNTIL

# What is under way when the time is over is still finished.
SECONDS = 105
TESTS = ["-q", "-n", "2", "-m", "not browser and not smoke", "--failed-first", "-p", "ops.within"]


def quick(sources):
    until = str(time.time() + SECONDS)
    for check in (["check"], ["format", "--check"]):
        require(VENV / "bin" / "ruff", *check, *sources)
    tests = [VENV / "bin" / "python", "-m", "pytest", *TESTS]
    require(sys.executable, "-m", "ops.testbed", *tests, env=environment(**{UNTIL: until}))


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUTF8", "1")
    quick(sys.argv[1:])
