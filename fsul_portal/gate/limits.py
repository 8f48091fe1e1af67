"""Count requests by the minute, so that no caller takes the server for himself."""

import ipaddress
import time

from django.core.cache import cache
from django.http import HttpRequest
from redis.exceptions import RedisError

from fsul_portal.gate.addresses import client_address

WINDOW = 60
# One line has so many addresses of the newer kind: whoever has one of them has them all.
LINE = 64


def seconds_to_wait(name: str, caller: str, most: int) -> int:
    """Count a request of a caller; return 0, or for how many seconds he has had enough of this minute."""
    now = int(time.time())
    key = f"limit:{name}:{caller}:{now // WINDOW}"
    try:
        cache.add(key, 0, WINDOW * 2)
        count = cache.incr(key)
    except (RedisError, ValueError):
        # The limit spares the server and guards no secret: where the cache is away, or has let go of it, nobody waits.
        return 0
    return WINDOW - now % WINDOW if count > most else 0


def line_of(request: HttpRequest) -> str:
    """Return the network address of a caller as far as it tells one from another."""
    address = client_address(request)
    if ipaddress.ip_address(address).version == 4:
        return address
    return str(ipaddress.ip_network(f"{address}/{LINE}", strict=False).network_address)
