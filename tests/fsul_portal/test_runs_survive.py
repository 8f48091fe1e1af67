"""Hold that a run is done exactly once, whatever is killed: real workers, a real broker, a real kill -9."""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from django.conf import settings as portal_settings

from fsul_portal.records.models import Record
from fsul_portal.runs.actions import request_run, sweep
from fsul_portal.runs.models import Run
from ops.broker import on_socket, server_programs, write_configuration
from tests.fsul_portal.conftest import broker_at

pytestmark = pytest.mark.usefixtures("in_english")

HEARTBEAT, LOST_AFTER, SECONDS_OF_WORK = 0.5, 2, 3


@contextmanager
def running(command, **more):
    """Run a program with its children in a group of its own, and leave none of them behind."""
    process = subprocess.Popen(command, start_new_session=True, stderr=subprocess.STDOUT, **more)
    try:
        yield process
    finally:
        kill_all_of(process)


def kill_all_of(process):
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.wait(10)


def wait_until(true, what, seconds=25):
    """Wait for something, and let the sweeper work meanwhile, as the clock lets it."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, f"in vain: {what}"
        sweep()
        time.sleep(0.1)


@pytest.fixture
def redis_url():
    """Lend a database of the given Redis that nobody else uses, or a server of our own on a private socket."""
    given = os.environ.get("REDIS_URL", "")
    if given.startswith("redis://"):
        yield re.sub(r"(:\d+)(/\d*)?$", r"\1/9", given)
        return
    # A unix socket's path must be short.
    folder = Path(tempfile.mkdtemp(prefix="fsul-", dir="/tmp"))
    write_configuration(folder / "conf", on_socket(folder / "sock"), folder, keeps=True)
    with running([server_programs()[0], str(folder / "conf")], stdout=subprocess.DEVNULL):
        wait_for_file(folder / "sock")
        yield f"unix://{folder}/sock?db=0"
    shutil.rmtree(folder)


def wait_for_file(path):
    deadline = time.monotonic() + 10
    while not path.exists():
        assert time.monotonic() < deadline, f"{path} did not appear"
        time.sleep(0.05)


def broker_url(redis_url):
    return "redis+socket://" + redis_url.removeprefix("unix://") if redis_url.startswith("unix://") else redis_url


@pytest.fixture
def start_worker(many_hands, redis_url, tmp_path):
    """Start a worker with one child, whose data and broker are those of the test; it is gone afterwards."""
    own = os.environ | {
        "DATABASE_URL": many_hands,
        "REDIS_URL": redis_url,
        "RUN_HEARTBEAT_SECONDS": str(HEARTBEAT),
        "RUN_LOST_AFTER_SECONDS": str(LOST_AFTER),
    }
    command = [sys.executable, "-m", "celery", "-A", "fsul_portal", "worker", "--concurrency", "1"]
    command += ["--include", "tests.fsul_portal.works", "--without-gossip", "--without-mingle"]
    with ExitStack() as stack:

        def start():
            log = stack.enter_context((tmp_path / "worker.log").open("a"))
            return stack.enter_context(running(command, cwd=portal_settings.BASE_DIR, env=own, stdout=log))

        with broker_at(broker_url(redis_url)):
            yield start


@pytest.fixture
def impatient(settings):
    settings.RUN_HEARTBEAT_SECONDS, settings.RUN_LOST_AFTER_SECONDS = HEARTBEAT, LOST_AFTER
    settings.RUN_PUBLISH_AGAIN_SECONDS = 2


def begun(key):
    """Ask for some seconds of work and wait until a worker is in the middle of it; return the run."""
    run = request_run("tests.slow_work", key=key, title=key, parameters={"seconds": SECONDS_OF_WORK})
    wait_until(lambda: Run.objects.get(pk=run.pk).progress >= 5, f"{key} is begun")
    return run


def is_done(run):
    return Run.objects.get(pk=run.pk).state == "done"


def results_of(run):
    return Record.objects.filter(verb="worked", label=f"run {run.pk}").count()


def child_of(worker):
    return int(Path(f"/proc/{worker.pid}/task/{worker.pid}/children").read_text().split()[0])


@pytest.mark.checklist("D1")
def test_work_is_done_once_although_its_processes_are_killed(start_worker, impatient):
    worker = start_worker()
    run = begun("child killed")
    os.kill(child_of(worker), signal.SIGKILL)
    wait_until(lambda: is_done(run), "done after the child was killed")

    other = begun("worker killed")
    kill_all_of(worker)
    start_worker()
    wait_until(lambda: is_done(other), "done after the worker was killed")

    # Whatever the broker still delivers again finds the rows done.
    time.sleep(LOST_AFTER)
    assert sweep() == (0, 0)
    assert [results_of(run), results_of(other)] == [1, 1]
    assert list(Run.objects.order_by("pk").values_list("state", "losses")) == [("done", 1), ("done", 1)]


@pytest.mark.checklist("D7")
def test_a_worker_told_to_stop_ends_its_work_first(start_worker, impatient):
    worker = start_worker()
    run = begun("deployed meanwhile")
    os.kill(worker.pid, signal.SIGTERM)
    worker.wait(30)
    assert (is_done(run), results_of(run), Run.objects.get(pk=run.pk).losses) == (True, 1, 0)
