"""Start the portal as a newcomer would, on a machine that has nothing of ours but .venv."""

import http.client
import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest

from ops.broker import free_port
from ops.places import ROOT

PROGRAMS = ("bash", "env", "make", "nice")
LEFT_OUT = shutil.ignore_patterns(".*", "var", "__pycache__", "tests")
MINUTES_TO_START = 4


def bare_path(folder):
    """Return a PATH with the programs of a bare machine: no Redis, no browser, no PostgreSQL."""
    folder.mkdir()
    for name in PROGRAMS:
        (folder / name).symlink_to(shutil.which(name))
    (folder / "python3").symlink_to(os.path.realpath(sys.executable))
    return str(folder)


def processes_of(folder):
    """Return the living processes that were started with a path in the folder, by their command lines."""
    found = {}
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            words = (process / "cmdline").read_bytes().decode(errors="replace").replace("\0", " ")
            if str(folder) in words:
                found[int(process.name)] = words
    return found


class Portal:
    """A copy of the project, set up or not, that runs in a folder of its own."""

    def __init__(self, folder, root):
        self.root, self.port = root, free_port()
        self.programs, self.output = folder / "bin", folder / "output"
        self.path = bare_path(self.programs)

    def start(self, *, target="run", **more):
        own = {"PATH": self.path, "HOME": "/nonexistent", "PORT": str(self.port), **more}
        with self.output.open("w") as output:
            self.process = subprocess.Popen(
                ["make", target], cwd=self.root, env=own, stdout=output, stderr=output, start_new_session=True
            )

    def get(self, path):
        """Return status and body of a page, or None where nobody answers."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)) as connection:
            try:
                connection.request("GET", path)
                answer = connection.getresponse()
                return answer.status, answer.read().decode()
            except OSError:
                return None

    def wait(self, is_so, seconds):
        deadline = time.monotonic() + seconds
        while not is_so():
            assert self.process.poll() is None, self.output.read_text()
            assert time.monotonic() < deadline, self.output.read_text()
            time.sleep(0.2)

    def is_announced(self):
        return f"http://127.0.0.1:{self.port}/" in self.output.read_text()

    def main_process(self, words):
        """Return the oldest process of a program, or None."""
        return min((number for number, line in processes_of(self.root).items() if words in line), default=None)

    def kill(self, words):
        # The first page may be up before the worker and the clock are.
        self.wait(lambda: self.main_process(words) is not None, 60)
        killed = self.main_process(words)
        os.kill(killed, signal.SIGKILL)
        self.wait(lambda: self.main_process(words) not in (None, killed), 30)

    def press_control_c(self):
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGINT)
        self.process.wait(40)


def copy_of_project(folder):
    shutil.copytree(ROOT, folder / "portal", ignore=LEFT_OUT)
    (folder / "portal" / ".venv").symlink_to(ROOT / ".venv")
    return folder / "portal"


@contextmanager
def stopped_afterwards(portal):
    try:
        yield portal
    finally:
        portal.press_control_c()


@pytest.fixture
def new_portal(tmp_path):
    """A portal that was never started."""
    with stopped_afterwards(Portal(tmp_path, copy_of_project(tmp_path))) as portal:
        yield portal


@pytest.fixture(scope="module")
def set_up(tmp_path_factory):
    """Set a portal without the demo up once, for the tests that are about what comes after it."""
    folder = tmp_path_factory.mktemp("set-up")
    portal = Portal(folder, copy_of_project(folder))
    portal.start(target="setup", DEMO="0")
    assert portal.process.wait(MINUTES_TO_START * 60) == 0, portal.output.read_text()
    return portal.root


@pytest.fixture
def portal(tmp_path, set_up):
    """A portal that is set up and was not started yet."""
    shutil.copytree(set_up, tmp_path / "portal", symlinks=True)
    with stopped_afterwards(Portal(tmp_path, tmp_path / "portal")) as portal:
        yield portal


def is_well(portal):
    return portal.get("/healthz") == (200, '{"status": "ok"}')


@pytest.mark.smoke
@pytest.mark.checklist("D1", "F7", "F8")
def test_the_portal_runs_on_its_embedded_defaults_and_leaves_nothing_behind(new_portal):
    portal = new_portal
    portal.start(DEMO_LIBRARIES="12", DEMO_MONTHS="2")
    portal.wait(portal.is_announced, MINUTES_TO_START * 60)
    assert is_well(portal)
    assert portal.get("/accounts/login/")[0] == 200
    assert (portal.root / "var" / "secret_key").stat().st_mode & 0o777 == 0o600
    assert (portal.root / "var").stat().st_mode & 0o777 == 0o700

    for program in ("valkey-server", "bin/gunicorn", "celery -A fsul_portal worker", "celery -A fsul_portal beat"):
        portal.kill(program)
    portal.wait(lambda: is_well(portal), 30)

    portal.press_control_c()
    assert processes_of(portal.root) == {}
    assert not (portal.root / "var" / "run" / "valkey.sock").exists()


@pytest.mark.smoke
@pytest.mark.parametrize("order", [("valkey", "redis"), ("redis", "valkey")])
def test_the_portal_comes_up_again_whatever_server_was_installed_meanwhile(portal, order):
    for machine in order:
        redis = portal.programs / "redis-server"
        redis.unlink(missing_ok=True)
        if machine == "redis":
            redis.symlink_to(shutil.which("redis-server"))
        portal.start(DEMO="0")
        portal.wait(portal.is_announced, MINUTES_TO_START * 60)
        assert is_well(portal)
        portal.press_control_c()


@pytest.mark.smoke
def test_a_program_that_does_not_start_is_named_with_its_own_last_lines(portal):
    portal.start(DEMO="0", GUNICORN_CMD_ARGS="--no-such-option")
    portal.process.wait(MINUTES_TO_START * 60)
    told = portal.output.read_text()
    assert "The portal did not start: web ends again and again.\nThe end of var/log/web.log:\n" in told
    assert "error: unrecognized arguments: --no-such-option" in told
    assert processes_of(portal.root) == {}
