"""Tell which network address a request comes from: one answer for lock-outs, records, limits and the log."""

import contextvars
import ipaddress
from contextlib import suppress
from functools import cache
from typing import Any

from django.conf import settings
from django.core.checks import Error, register
from django.http import HttpRequest

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# A server that listens on a socket file names no address: whoever reaches the file is on the same machine.
SAME_MACHINE = "127.0.0.1"
HOPS_READ = 20

_current: contextvars.ContextVar[str | None] = contextvars.ContextVar("client_address", default=None)


def client_address(request: HttpRequest) -> str:
    """Return the first address, counted from the server, which is no trusted proxy.

    Each proxy appends to X-Forwarded-For whom it was called by; further left stands what the client itself has written.
    """
    nearest = _read(request.META.get("REMOTE_ADDR") or SAME_MACHINE)
    if nearest is None:
        return SAME_MACHINE
    for hop in reversed(request.META.get("HTTP_X_FORWARDED_FOR", "").rsplit(",", HOPS_READ)[-HOPS_READ:]):
        farther = _read(hop)
        if farther is None or not _is_trusted(nearest):
            break
        nearest = farther
    return str(nearest)


def current_address() -> str | None:
    """Return the address of the request at hand; a job has none."""
    return _current.get()


def remember_address(address: str) -> contextvars.Token[str | None]:
    return _current.set(address)


def forget_address(token: contextvars.Token[str | None]) -> None:
    _current.reset(token)


def _read(hop: str) -> Address | None:
    """Read `203.0.113.7`, `203.0.113.7:4711`, `2001:db8::7`, `[2001:db8::7]:443`; anything else is no address."""
    words = hop.strip().strip('"')
    if words.startswith("["):
        words = words[1:].partition("]")[0]
    elif words.count(":") == 1:
        words = words.partition(":")[0]
    with suppress(ValueError):
        address = ipaddress.ip_address(words.partition("%")[0])
        return getattr(address, "ipv4_mapped", None) or address
    return None


def _is_trusted(address: Address) -> bool:
    return any(address in network for network in _networks(tuple(settings.TRUSTED_PROXIES)))


@cache
def _networks(written: tuple[str, ...]) -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    return [ipaddress.ip_network(one, strict=False) for one in written]


@register
def trusted_proxies_are_networks(app_configs: Any, **options: Any) -> list[Error]:
    """Refuse what is no network, and networks of everybody: then every client could write its own address."""
    return [
        Error(f"TRUSTED_PROXIES: {one!r} is not a network of proxies, such as 10.1.2.0/24.", id="fsul_portal.E001")
        for one in settings.TRUSTED_PROXIES
        if not _is_network_of_proxies(one)
    ]


def _is_network_of_proxies(written: str) -> bool:
    try:
        return ipaddress.ip_network(written, strict=False).prefixlen > 0
    except ValueError:
        return False
