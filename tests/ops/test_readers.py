"""The broker's data belongs to the server that wrote it; what none can read is kept, and does not stop the portal."""

import os
import shutil
import socket
import subprocess
from functools import partial

import pytest

from ops import children
from ops.broker import free_port, on_loopback, server_in_venv, write_configuration
from ops.places import make_private
from ops.readers import WRITER, answers, end, reads, server_for

VALKEY, REDIS = server_in_venv(), shutil.which("redis-server")


class Broker:
    """A broker's folder and configuration, on a port with a password."""

    def __init__(self, folder):
        self.data, self.configuration = make_private(folder / "valkey"), folder / "valkey.conf"
        self.port, password = free_port(), "secret"
        self.url = f"redis://:{password}@127.0.0.1:{self.port}/0"
        write_configuration(self.configuration, on_loopback(self.port, password), self.data, keeps=True)

    def choose(self, *programs):
        return server_for(self.data, list(programs), partial(reads, configuration=self.configuration, url=self.url))

    def ask(self, program, *questions):
        """Start the server, put the questions to it one after the other, and return its last answer."""
        server = children.start([program, self.configuration], stdout=subprocess.DEVNULL)
        try:
            while not answers(self.url):
                assert server.poll() is None
            with socket.create_connection(("127.0.0.1", self.port)) as line, line.makefile("rb") as replies:
                for question in ("AUTH secret", *questions):
                    line.sendall(f"{question}\r\n".encode())
                    reply = replies.readline()
            return reply
        finally:
            end(server)

    def kept(self):
        return sorted(path.name for path in self.data.parent.glob("valkey-*"))


@pytest.fixture
def broker(tmp_path):
    return Broker(tmp_path)


@pytest.mark.parametrize(("first", "then"), [(VALKEY, REDIS), (REDIS, VALKEY)], ids=["valkey first", "redis first"])
def test_the_server_that_wrote_the_queue_goes_on_with_it(broker, first, then):
    assert broker.choose(first) == first
    broker.ask(first, "LPUSH celery message")
    assert broker.choose(then, first) == first
    assert broker.ask(first, "LLEN celery") == b":1\r\n"
    assert broker.kept() == []


def test_another_server_takes_over_what_it_can_read(broker):
    broker.choose(REDIS)
    broker.ask(REDIS, "LPUSH celery message")
    assert broker.choose(VALKEY) == VALKEY
    assert broker.ask(VALKEY, "LLEN celery") == b":1\r\n"
    assert (broker.data / WRITER).read_text() == VALKEY


def test_a_queue_of_before_the_mark_stays_with_the_server_that_can_read_it(broker):
    broker.ask(VALKEY, "LPUSH celery message")
    assert broker.choose(REDIS, VALKEY) == VALKEY
    assert broker.ask(VALKEY, "LLEN celery") == b":1\r\n"


def test_a_queue_that_no_server_can_read_is_kept_aside(broker, capfd):
    broker.ask(VALKEY, "LPUSH celery message")
    assert broker.choose(REDIS) == REDIS
    [aside] = broker.kept()
    place = broker.data.with_name(aside)
    sentence = (
        f"No server here can read the queue of the last run; it is kept in {place}, and what waits is queued anew"
    )
    assert capfd.readouterr().out == f"\N{BULLET} {sentence}\n"
    assert broker.ask(REDIS, "LLEN celery") == b":0\r\n"
    # Nothing of it is lost to the server that wrote it.
    broker.data.rename(broker.data.with_name("new"))
    place.rename(broker.data)
    assert broker.ask(VALKEY, "LLEN celery") == b":1\r\n"


def test_a_damaged_queue_is_kept_aside(broker):
    broker.ask(VALKEY, "LPUSH celery message")
    [manifest] = broker.data.glob("*/*.manifest")
    manifest.write_bytes(b"\0" * 64)
    assert broker.choose(VALKEY) == VALKEY
    assert len(broker.kept()) == 1
    assert broker.ask(VALKEY, "LLEN celery") == b":0\r\n"


def test_a_server_that_starts_nowhere_is_named_and_the_queue_stays(broker, tmp_path, capfd):
    (broker.data / "mark").touch()
    broken = tmp_path / "redis-server"
    broken.write_text("#!/bin/sh\necho 'no such memory'\nexit 1\n")
    os.chmod(broken, 0o755)
    with pytest.raises(SystemExit):
        broker.choose(str(broken))
    assert capfd.readouterr().err == f"\n{broken} does not start:\nno such memory\n\n"
    assert (broker.kept(), (broker.data / "mark").exists()) == ([], True)
