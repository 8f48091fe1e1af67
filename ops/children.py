"""Start programs that do not outlive us, and find those which would."""

import ctypes
import os
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

SET_PDEATHSIG = 1
SET_CHILD_SUBREAPER = 36
heard_at = 0.0
libc = ctypes.CDLL(None)


def adopt_orphans():
    """Become the parent of every process below us whose own parent died, so that none gets lost."""
    libc.prctl(SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def start(command, *, when_we_die=signal.SIGTERM, **more):
    """Start a program in a session of its own, where Ctrl-C does not reach it; it gets the signal if we are killed."""
    return subprocess.Popen(
        [str(word) for word in command],
        start_new_session=True,
        stdin=subprocess.DEVNULL,
        preexec_fn=lambda: libc.prctl(SET_PDEATHSIG, when_we_die, 0, 0, 0),
        **more,
    )


def children_of(parent):
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            # The name in brackets may hold spaces and brackets of its own.
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            if int(fields[1]) == parent and fields[0] != "Z":
                found.append(int(folder.name))
    return found


def descendants():
    found, waiting = [], children_of(os.getpid())
    while waiting:
        found += waiting
        waiting = [child for parent in waiting for child in children_of(parent)]
    return found


def kill_all(seconds=5):
    """Kill whatever still runs below us, and wait until it is gone."""
    deadline = time.monotonic() + seconds
    while (left := descendants()) and time.monotonic() < deadline:
        for process in left:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        with suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        time.sleep(0.05)


def interrupt(number, frame):
    """Raise KeyboardInterrupt, once for a wish that arrives twice: from the terminal, and from `make`."""
    global heard_at
    last, heard_at = heard_at, time.monotonic()
    if heard_at - last > 1:
        raise KeyboardInterrupt


def heed_signals():
    """Let every polite way of ending us raise KeyboardInterrupt; `nohup` keeps its meaning."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, interrupt)
