"""Tell the client's address from what clients write of themselves (checklist E1)."""

import logging

import pytest
from django.test import RequestFactory

from fsul_portal.gate.addresses import client_address, current_address, trusted_proxies_are_networks
from fsul_portal.gate.middleware import ClientAddressMiddleware, RequestNumberFilter
from fsul_portal.records.models import Record

PROXY, CITY, ELSEWHERE = "127.0.0.1", "203.0.113.7", "198.51.100.9"


def seen_from(nearest, forwarded=None):
    headers = {} if forwarded is None else {"x-forwarded-for": forwarded}
    return RequestFactory().get("/", REMOTE_ADDR=nearest, headers=headers)


@pytest.mark.checklist("A5", "E1")
@pytest.mark.parametrize(
    ("nearest", "forwarded", "address"),
    [
        (PROXY, None, PROXY),
        (PROXY, CITY, CITY),
        ("", CITY, CITY),
        ("", None, PROXY),
        ("::1", CITY, CITY),
        ("::ffff:127.0.0.1", CITY, CITY),
        # What the client wrote itself stands further left.
        (PROXY, f"{ELSEWHERE}, {CITY}", CITY),
        (PROXY, f"127.0.0.1, {CITY}", CITY),
        (PROXY, f"1.1.1.1,{ELSEWHERE},{CITY}", CITY),
        # Whoever comes without a proxy of ours is believed nothing.
        (CITY, ELSEWHERE, CITY),
        (CITY, "127.0.0.1", CITY),
        # A chain of our own.
        (PROXY, f"{CITY}, 127.0.0.2", CITY),
        (PROXY, f"{ELSEWHERE}, {CITY}, 127.0.0.2, 127.0.0.3", CITY),
        (PROXY, "127.0.0.2", "127.0.0.2"),
        # Ports, brackets, zones.
        (PROXY, f"{CITY}:4711", CITY),
        (PROXY, "2001:db8::7", "2001:db8::7"),
        (PROXY, "[2001:db8::7]:443", "2001:db8::7"),
        (PROXY, '"[2001:db8::7]"', "2001:db8::7"),
        (PROXY, "fe80::1%eth0", "fe80::1"),
        (PROXY, "::ffff:203.0.113.7", CITY),
        (PROXY, "2001:DB8:0:0::7", "2001:db8::7"),
        # What is no address ends the chain where it was still known.
        (PROXY, "unknown", PROXY),
        (PROXY, "", PROXY),
        (PROXY, f"{CITY}, unknown", PROXY),
        (PROXY, f"unknown, {CITY}", CITY),
        (PROXY, f"{CITY}, 127.0.0.2, ", PROXY),
        (PROXY, "999.1.1.1", PROXY),
        (PROXY, "'; DROP TABLE members_user; --", PROXY),
        ("not an address", CITY, PROXY),
        (PROXY, ", ".join([ELSEWHERE] * 5000 + [CITY]), CITY),
        (PROXY, ", ".join(["127.0.0.2"] * 5000), "127.0.0.2"),
    ],
)
def test_the_client_is_the_first_hop_that_is_no_proxy_of_ours(nearest, forwarded, address):
    assert client_address(seen_from(nearest, forwarded)) == address


def test_further_proxies_are_named_by_their_networks(settings):
    settings.TRUSTED_PROXIES = ["10.1.0.0/16", "2001:db8:1::/48"]
    assert client_address(seen_from("10.1.2.3", f"{ELSEWHERE}, {CITY}, 2001:db8:1::5")) == CITY
    assert client_address(seen_from("10.2.2.3", CITY)) == "10.2.2.3"
    settings.TRUSTED_PROXIES = []
    assert client_address(seen_from(PROXY, CITY)) == PROXY


@pytest.mark.parametrize("written", ["nginx", "10.1.2.0/33", "0.0.0.0/0", "::/0", ""])
def test_a_setting_that_trusts_everybody_or_nobody_readable_is_refused(settings, written):
    settings.TRUSTED_PROXIES = ["127.0.0.1", written]
    assert [error.id for error in trusted_proxies_are_networks(None)] == ["fsul_portal.E001"]


@pytest.mark.checklist("E1")
def test_a_record_holds_the_address_of_the_client_and_a_job_has_none(signed_in, person):
    from fsul_portal.access.actions import grant

    grant("observer", to=person("branch"))
    assert Record.objects.of(person("branch"))[0].address is None
    signed_in("admin").post(
        "/admin/fsul_portal/grant/add/",
        {"person": person("committee").pk, "role": "observer", "division": "", "library": "", "group": ""},
        headers={"x-forwarded-for": f"{ELSEWHERE}, {CITY}"},
    )
    assert Record.objects.of(person("committee"))[0].address == CITY


@pytest.mark.checklist("E1")
def test_the_log_names_the_address_and_forgets_it_after_the_request():
    entry = logging.makeLogRecord({})
    middleware = ClientAddressMiddleware(lambda request: RequestNumberFilter().filter(entry))
    request = seen_from(PROXY, CITY)
    assert middleware(request)
    assert (entry.client_address, request.META["portal.client_address"], current_address()) == (CITY, CITY, None)
