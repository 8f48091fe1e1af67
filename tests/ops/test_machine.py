import shutil
import subprocess
import sys

import pytest

from ops.places import ROOT

# The first install fails as on a bare machine, which has no package lists yet.
APT_GET = """#!/bin/sh
echo "$@" >> {folder}/calls
case "$*" in
*update*) echo > {folder}/lists ;;
*) [ -e {folder}/lists ] || exit 100; cp {folder}/apt-get {folder}/tool ;;
esac
"""
SUDO = """#!/bin/sh
[ "$1" = -n ] && shift
exec "$@"
"""
INSTALL = "from ops.machine import *; install_missing({'the-tool': lambda: has_program('tool')})"


@pytest.fixture
def folder(tmp_path):
    for name, text in (("apt-get", APT_GET.format(folder=tmp_path)), ("sudo", SUDO)):
        (tmp_path / name).write_text(text)
        (tmp_path / name).chmod(0o755)
    for name in ("env", "cp", "true"):
        (tmp_path / name).symlink_to(shutil.which(name))
    return tmp_path


def install(folder):
    command = [sys.executable, "-c", INSTALL]
    done = subprocess.run(command, cwd=ROOT, env={"PATH": str(folder)}, stdin=subprocess.DEVNULL, capture_output=True)
    calls = folder / "calls"
    return done.returncode, calls.read_text().splitlines() if calls.exists() else []


def test_missing_packages_are_installed_with_fresh_lists_where_the_old_ones_fail(folder):
    command = "-q install -y --no-install-recommends the-tool"
    assert install(folder) == (0, [command, "-q update", command])


def test_nothing_is_installed_that_is_there(folder):
    (folder / "tool").symlink_to(shutil.which("true"))
    assert install(folder) == (0, [])


def test_a_package_that_cannot_be_had_stops_the_set_up(folder):
    (folder / "lists").mkdir()
    (folder / "cp").unlink()
    assert install(folder)[0] == 1
