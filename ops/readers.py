"""Find a server that can read the queue which lies in the broker's folder, and put aside what none can read."""

import shutil
import socket
import subprocess
import time
from contextlib import suppress
from datetime import datetime
from urllib.parse import urlsplit

from ops import children
from ops.places import say, stop

# Which server wrote the folder: a newer one, or one of the other family, may lie where we look first by now.
WRITER = "written-by"
# A long queue takes its time. Whoever has refused nothing by then can read it.
SECONDS_TO_READ = 30


def connected(address):
    if address.scheme == "unix":
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(5)
        line.connect(address.path)
        return line
    return socket.create_connection((address.hostname, address.port), timeout=5)


def answers(url):
    """Tell whether the server at this address answers; one that still reads its data says so instead."""
    address = urlsplit(url)
    questions = [f"AUTH {address.password}"] if address.password else []
    with suppress(OSError), connected(address) as line, line.makefile("rb") as replies:
        for question in [*questions, "PING"]:
            line.sendall(f"{question}\r\n".encode())
            reply = replies.readline()
        return reply == b"+PONG\r\n"
    return False


def reads(program, configuration, url):
    """Start the server for a moment; return whether it read the data, and its own words."""
    log = configuration.with_suffix(".trial")
    with log.open("w") as output:
        server = children.start([program, configuration], stdout=output, stderr=subprocess.STDOUT)
    deadline = time.monotonic() + SECONDS_TO_READ
    try:
        while server.poll() is None and not answers(url) and time.monotonic() < deadline:
            time.sleep(0.02)
        return server.poll() is None, log.read_text(errors="replace")
    finally:
        end(server)


def end(server):
    server.terminate()
    try:
        server.wait(20)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def in_order(data, programs):
    """Return the servers in the order in which they are asked: first the one which wrote the data."""
    mark = data / WRITER
    writer = mark.read_text() if mark.exists() else ""
    return sorted(programs, key=lambda program: program != writer)


def first_reader(data, programs, starts):
    """Return the first server that reads the data, or None, and what those said which do not."""
    words = []
    for program in in_order(data, programs):
        reads_it, said = starts(program)
        if reads_it:
            return program, words
        words.append(f"{program} does not start:\n{said[-1000:]}")
    return None, words


def put_aside(data):
    """Keep the data under another name, and make an empty folder where it lay."""
    aside = data.with_name(f"{data.name}-{datetime.now():%Y%m%d-%H%M%S-%f}")
    data.rename(aside)
    data.mkdir(mode=0o700)
    return aside


def server_for(data, programs, starts):
    """Return the server that goes on with the data; where none can read it, one that starts without it."""
    program, __ = first_reader(data, programs, starts)
    if program is None:
        aside = put_aside(data)
        program, words = first_reader(data, programs, starts)
        if program is None:
            # The data is not to blame, so it stays where it was.
            shutil.rmtree(data)
            aside.rename(data)
            stop("\n".join(words))
        say(f"No server here can read the queue of the last run; it is kept in {aside}, and what waits is queued anew")
    (data / WRITER).write_text(program)
    return program
