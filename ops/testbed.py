"""Run a command beside a PostgreSQL and a Redis of its own, on loopback, which are gone afterwards."""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from ops import children
from ops.broker import free_port, on_loopback, write_configuration
from ops.machine import postgresql_folder
from ops.places import ROOT, VAR, environment, make_private, say, stop

SECONDS_TO_START = 60
# The data lives for minutes: nothing is lost when the machine stops in the middle of it.
FAST = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60"]


def owner():
    """Return the user who runs the servers: PostgreSQL refuses to run as root."""
    if os.geteuid():
        return pwd.getpwuid(os.geteuid())
    with suppress(KeyError):
        return pwd.getpwnam("postgres")
    return pwd.getpwnam("nobody")


def as_owner(user):
    """Return what Popen needs to run a program as that user."""
    if os.geteuid():
        return {}
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


@contextmanager
def folder_of(user):
    """Lend a private folder of that user; as root it lies in /tmp, since the project may lie where he cannot look."""
    base = "/tmp" if os.geteuid() == 0 else make_private(VAR / "testbed")
    folder = Path(tempfile.mkdtemp(prefix="fsul-testbed-", dir=base))
    os.chown(folder, user.pw_uid, user.pw_gid)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def listens(port):
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


def wait_for(is_ready, server, log):
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and server.poll() is None:
        if is_ready():
            return
        time.sleep(0.05)
    stop(f"{Path(server.args[0]).name} did not start:\n{log.read_text(errors='replace')[-2000:]}")


@contextmanager
def running(command, is_ready, log, *, stop_signal, **more):
    """Run a server until the block ends, whatever happens in it."""
    with log.open("w") as output:
        server = children.start(command, when_we_die=stop_signal, stdout=output, stderr=subprocess.STDOUT, **more)
    try:
        wait_for(is_ready, server, log)
        yield
    finally:
        server.send_signal(stop_signal)
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def create_cluster(programs, folder, password, user):
    secret = folder / "password"
    secret.touch(mode=0o600)
    secret.write_text(password)
    os.chown(secret, user.pw_uid, user.pw_gid)
    options = ["--auth=scram-sha-256", f"--pwfile={secret}", "--username=owner", "--encoding=UTF8", "--locale=C.UTF-8"]
    command = [f"{programs}/initdb", "--no-sync", "-D", folder / "data", *options]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, **as_owner(user))
    if done.returncode:
        stop(f"initdb failed:\n{done.stdout}{done.stderr}")


def create_role(programs, port, owner_password, password):
    """Create the portal's role: it may create databases, as the tests do, and is no superuser."""
    statements = (
        f"CREATE ROLE portal LOGIN CREATEDB PASSWORD '{password}'",
        "CREATE DATABASE portal OWNER portal",
    )
    command = [f"{programs}/psql", "-h", "127.0.0.1", "-p", str(port), "-U", "owner", "-d", "postgres", "-qX"]
    command += ["-v", "ON_ERROR_STOP=1"]
    for statement in statements:
        # The statement goes by standard input: arguments can be read by everybody on the machine.
        subprocess.run(command, input=statement, text=True, env=environment(PGPASSWORD=owner_password), check=True)


@contextmanager
def postgresql(user):
    """Lend a PostgreSQL; yield the DATABASE_URL."""
    programs = postgresql_folder()
    if programs is None:
        stop("PostgreSQL is not installed; `make test` installs it.")
    with folder_of(user) as folder:
        port, owner_password, password = free_port(), secrets.token_urlsafe(24), secrets.token_urlsafe(24)
        create_cluster(programs, folder, owner_password, user)
        settings = [*FAST, "listen_addresses=127.0.0.1", f"port={port}", "unix_socket_directories="]
        command = [f"{programs}/postgres", "-D", folder / "data"]
        for setting in settings:
            command += ["-c", setting]
        log = folder.parent / f"{folder.name}.log"
        # It takes connections before it answers them: only its own probe tells the two apart.
        probe = [f"{programs}/pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)]
        try:
            # SIGINT is PostgreSQL's fast stop: it does not wait for those who are still connected.
            with running(
                command,
                lambda: subprocess.run(probe, check=False).returncode == 0,
                log,
                stop_signal=signal.SIGINT,
                cwd=folder,
                **as_owner(user),
            ):
                create_role(programs, port, owner_password, password)
                yield f"postgres://portal:{password}@127.0.0.1:{port}/portal"
        finally:
            log.unlink(missing_ok=True)


@contextmanager
def redis():
    """Lend a Redis; yield the REDIS_URL."""
    program = shutil.which("redis-server") or shutil.which("valkey-server")
    if program is None:
        stop("Redis is not installed; `make test` installs it.")
    folder = Path(tempfile.mkdtemp(prefix="redis-", dir=make_private(VAR / "testbed")))
    port, password = free_port(), secrets.token_urlsafe(24)
    write_configuration(folder / "redis.conf", on_loopback(port, password), folder, keeps=False)
    try:
        command = [program, folder / "redis.conf"]
        with running(command, lambda: listens(port), folder / "log", stop_signal=signal.SIGTERM):
            yield f"redis://:{password}@127.0.0.1:{port}/0"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def follow(command, own):
    """Run the command to its end and return its status; a signal to us is passed on, and we wait all the same."""
    child = subprocess.Popen(command, cwd=ROOT, env=own)
    # Ctrl-C reaches the whole foreground group, so the command has it already.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, frame: child.send_signal(signal.SIGINT))
    status = child.wait()
    return status if status >= 0 else 128 - status


def run_beside_servers(command):
    say("Starting a PostgreSQL and a Redis for this run")
    with ExitStack() as stack:
        own = {
            "DATABASE_URL": stack.enter_context(postgresql(owner())),
            "REDIS_URL": stack.enter_context(redis()),
            "MEDIA_ROOT": tempfile.mkdtemp(prefix="media-", dir=make_private(VAR / "testbed")),
            "PYTEST_DEBUG_TEMPROOT": str(make_private(VAR / "testbed" / "pytest")),
            "SECRET_KEY": secrets.token_urlsafe(64),
        }
        stack.callback(shutil.rmtree, own["MEDIA_ROOT"], ignore_errors=True)
        status = follow(command, environment(**own))
    return status


if __name__ == "__main__":
    children.heed_signals()
    try:
        raise SystemExit(run_beside_servers(sys.argv[1:]))
    except KeyboardInterrupt:
        raise SystemExit(130) from None
