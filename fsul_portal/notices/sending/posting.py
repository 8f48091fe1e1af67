"""Post JSON to a robot outside, and read from its answer whether it took it.

The address comes from the administrator and holds a key: no sentence and no log names it.
"""

import json
import socket
import ssl
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from ipaddress import ip_address
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.utils.translation import gettext as _

from fsul_portal.notices.sending.channel import Setting
from fsul_portal.notices.words import NotSent, one_line

SECONDS = 10
MOST_OF_AN_ANSWER = 64 * 1024
# Hosts of the own network which the administrator trusts, such as a chat server of the office's own.
INSIDE = Setting("NOTICE_ROBOT_HOSTS", "list", [])


@dataclass(frozen=True)
class Refusal:
    """How robots of one kind answer: a field, what it holds when they took it, and where they say why not."""

    field: str
    taken: tuple[object, ...]
    words: str

    def is_told(self, answer: Mapping[str, Any]) -> bool:
        """Say whether they refused; 0 and False are two things, and so are 1 and True."""
        value = answer.get(self.field, self.taken[0])
        return not any(type(value) is type(one) and value == one for one in self.taken)


# 企业微信 and 钉钉, 飞书, and the many that say whether it went well.
REFUSALS = (
    Refusal("errcode", (0, "0"), "errmsg"),
    Refusal("code", (0, "0"), "msg"),
    Refusal("ok", (True,), "description"),
)


def fault_of(address: str) -> str:
    """Return what speaks against an address, empty where nothing does; the name is looked up when it is called."""
    try:
        parts = urlsplit(address)
        host, __ = parts.hostname, parts.port
    except ValueError:
        return _("this is no address of a robot.")
    if not host or parts.username is not None:
        return _("this is no address of a robot.")
    if host in INSIDE.value:
        return ""
    if parts.scheme != "https":
        return _("the address of a robot begins with https.")
    return _("this lies in the own network; name its host in NOTICE_ROBOT_HOSTS.") if _is_inside(host) else ""


def post(address: str, what: Mapping[str, Any]) -> None:
    """Post it, or raise NotSent with what the robot answered."""
    if fault := fault_of(address):
        raise NotSent(_("The address of the robot is wrong: %(reason)s") % {"reason": fault})
    parts = urlsplit(address)
    line = _connected(parts)
    try:
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        line.request("POST", target, json.dumps(what).encode(), {"Content-Type": "application/json; charset=utf-8"})
        # Closed here: the line lets go of its socket only when its answer has.
        with line.getresponse() as answer:
            refuse_errors(answer.status, _read(answer))
    except HTTPException as problem:
        raise NotSent(_("The robot's answer cannot be read.")) from problem
    finally:
        line.close()


def refuse_errors(status: int, body: bytes) -> None:
    """Raise NotSent unless the robot took it: it answers 200 also to what it refuses, and says so in the body."""
    if status != 200:
        raise NotSent(_("The robot answered %(status)s.") % {"status": status})
    try:
        answer = json.loads(body)
    except ValueError as problem:
        raise NotSent(_("The robot's answer cannot be read.")) from problem
    if not isinstance(answer, dict):
        raise NotSent(_("The robot's answer cannot be read."))
    for refusal in REFUSALS:
        if refusal.is_told(answer):
            told = {"number": one_line(answer[refusal.field]), "reason": one_line(answer.get(refusal.words, ""))}
            raise NotSent(_("The robot refused it: %(reason)s (%(number)s)") % told)


def _connected(parts: SplitResult) -> HTTPConnection:
    """Call an address that was looked at, not one to which the name may lead a moment later."""
    host, is_secure = parts.hostname or "", parts.scheme == "https"
    line = (HTTPSConnection if is_secure else HTTPConnection)(host, parts.port, timeout=SECONDS)
    places = [str(found[4][0]) for found in socket.getaddrinfo(host, line.port, type=socket.SOCK_STREAM)]
    if host not in INSIDE.value and any(_is_inside(place) for place in places):
        raise NotSent(_("The name of the robot leads into the own network."))
    plain = _first_open(places, line.port)
    try:
        line.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=host) if is_secure else plain
    except BaseException:
        plain.close()
        raise
    return line


def _first_open(places: Sequence[str], port: int) -> socket.socket:
    """Return a line to the first place that answers; a house without IPv6 is given such places all the same."""
    for place in places[:-1]:
        with suppress(OSError):
            return socket.create_connection((place, port), timeout=SECONDS)
    return socket.create_connection((places[-1], port), timeout=SECONDS)


def _is_inside(host: str) -> bool:
    """Say whether a host is none of the public network: by its number, or as a name that only the own network knows."""
    try:
        number = ip_address(host.partition("%")[0])
    except ValueError:
        return "." not in host.rstrip(".") or host.rstrip(".").endswith((".localhost", ".local", ".internal"))
    number = getattr(number, "ipv4_mapped", None) or number
    return not number.is_global or number.is_multicast


def _read(answer: HTTPResponse) -> bytes:
    end, taken = time.monotonic() + SECONDS, b""
    while chunk := answer.read1(4096):
        taken += chunk
        if len(taken) > MOST_OF_AN_ANSWER or time.monotonic() > end:
            raise NotSent(_("The robot's answer cannot be read."))
    return taken
