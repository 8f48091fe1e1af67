from pathlib import Path

from ops.broker import can_listen, on_loopback, on_socket, write_configuration


def test_a_socket_needs_a_short_and_plain_path(tmp_path):
    folder = Path("/tmp")
    assert can_listen(tmp_path / ("x" * 108)) is False
    assert can_listen(tmp_path / "two words.sock") is False
    assert can_listen(tmp_path / "no folder" / "valkey.sock") is False
    assert can_listen(folder / f"fsul-{tmp_path.name}.sock") is True
    assert (folder / f"fsul-{tmp_path.name}.sock").exists() is False


def test_the_embedded_broker_keeps_what_is_queued(tmp_path):
    path = tmp_path / "valkey.conf"
    write_configuration(path, on_socket("/run/valkey.sock"), tmp_path, keeps=True)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.read_text().splitlines() == [
        "port 0",
        'unixsocket "/run/valkey.sock"',
        "unixsocketperm 700",
        f'dir "{tmp_path}"',
        "appendonly yes",
        'save ""',
        "maxmemory-policy noeviction",
        "daemonize no",
    ]


def test_on_loopback_nobody_gets_in_without_the_password():
    assert on_loopback(6000, "secret") == ["bind 127.0.0.1", "port 6000", "requirepass secret"]
