"""What cannot be done is told in a sentence, before anything is changed."""

import socket
import subprocess
import sys

import pytest

from ops.places import ROOT


def run(*command, **own):
    """Run one of our programs with this environment alone; return its status and the first line of its error."""
    environment = {"PATH": "/nonexistent", **own}
    done = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, env=environment, capture_output=True, text=True)
    return done.returncode, done.stderr.strip().splitlines()[0]


@pytest.fixture
def taken_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken.getsockname()[1]


def test_a_port_in_use_is_named_with_another_choice(taken_port):
    sentence = (
        f"Port {taken_port} cannot be used (Address already in use). Choose another: make run PORT={taken_port + 1}"
    )
    assert run("ops.run", PORT=str(taken_port)) == (1, sentence)


@pytest.mark.parametrize("port", ["abc", "0", "65536", "-1", "８０００"])
def test_a_port_that_is_no_port_is_refused(port):
    assert run("ops.run", PORT=port, PYTHONUTF8="1") == (1, f"PORT must be a number between 1 and 65535, not {port!r}.")


def test_missing_packages_are_all_named_where_none_can_be_installed():
    sentence = (
        "These system packages are missing, and neither apt-get nor sudo can be used here: "
        "redis-server chromium gettext poppler-utils libreoffice-writer-nogui"
    )
    assert run("ops.setup", "--development", "--no-database") == (1, sentence)
