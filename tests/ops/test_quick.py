"""A quick run ends in time, says what it left out, and begins with what was changed."""

import os
import subprocess
import sys
import time

import pytest

from ops.places import ROOT
from ops.within import UNTIL, mirror_of

OVER = "The time is over: 3 tests were not reached; `make test` runs them all."


def run(folder, seconds, *options):
    """Run three tests of the folder, which have so many seconds; return the status and the closing lines."""
    (folder / "test_three.py").write_text("".join(f"def test_{name}(): pass\n" for name in ("a", "b", "c")))
    own = os.environ | {"PYTHONPATH": str(ROOT), UNTIL: str(time.time() + seconds)}
    command = [sys.executable, "-m", "pytest", "-q", "-c", "/dev/null", "-p", "no:django", "-p", "no:cacheprovider"]
    command += ["-p", "ops.within", *options, "test_three.py"]
    done = subprocess.run(command, cwd=folder, env=own, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout.splitlines()[-2:]


@pytest.mark.parametrize("options", [(), ("-n", "2")], ids=["alone", "by two workers"])
def test_what_comes_too_late_is_passed_over_and_counted(tmp_path, options):
    status, lines = run(tmp_path, -1, *options)
    assert (status, lines[0]) == (0, OVER)


def test_in_time_every_test_runs(tmp_path):
    status, lines = run(tmp_path, 3600)
    assert (status, lines[-1].split(" in ")[0]) == (0, "3 passed")


@pytest.mark.parametrize(
    ("changed", "tests"),
    [
        ("members/libraries/models.py", "tests/members"),
        ("members/returns/actions.py", "tests/members/returns"),
        ("tests/members/test_pages.py", "tests/members/test_pages.py"),
        ("README.md", None),
    ],
)
def test_the_tests_of_a_file_lie_where_its_folder_is_mirrored(tmp_path, changed, tests):
    (tmp_path / "tests" / "members" / "returns").mkdir(parents=True)
    assert mirror_of(changed, tmp_path) == (tests and tmp_path / tests)
