"""Run a demo for a while as on a server, but for the encryption, on the database and broker of the environment."""

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ops import children
from ops.broker import free_port
from ops.places import PYTHON, ROOT, VAR, environment, make_private
from ops.testbed import listens, running

STOP = 15
SECONDS_TO_END = 30


@contextmanager
def running_demo(password: str, *, libraries: int, months: int) -> Iterator[str]:
    """Load a demo, start what serves and what builds, and yield the address; all of it is stopped at the end."""
    port = free_port()
    home = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory(dir=make_private(VAR / "testbed")) as folder:
        media = {"MEDIA_ROOT": f"{folder}/media", "SITE_URL": home}
        own = environment(DEBUG="1", DEMO_PASSWORD=password, **media)
        size = ["--libraries", str(libraries), "--months", str(months)]
        for command in (["migrate"], ["load_defaults"], ["load_demo", *size]):
            subprocess.run([PYTHON, "manage.py", *command], cwd=ROOT, env=own, check=True, stdout=subprocess.DEVNULL)
        server = [PYTHON.with_name("gunicorn"), "fsul_portal.wsgi", "-w", "2", "-b", f"127.0.0.1:{port}"]
        log = Path(folder) / "server.log"
        with building(own), running(server, lambda: listens(port), log, stop_signal=STOP, cwd=ROOT, env=own):
            yield home


@contextmanager
def building(own: dict[str, str]) -> Iterator[None]:
    """Let one worker build what the demo has asked for."""
    worker = ["-A", "fsul_portal", "worker", "-c", "1", "--loglevel", "ERROR"]
    child = children.start([PYTHON.with_name("celery"), *worker], cwd=ROOT, env=own, stdout=subprocess.DEVNULL)
    try:
        yield
    finally:
        child.terminate()
        child.wait(SECONDS_TO_END)
