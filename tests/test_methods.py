"""Knock at every door in the wrong way: whatever is not taken is answered by a page (405)."""

import re

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from fsul_portal.gate.middleware import page_above
from tests import permission_table
from tests.conftest import set_stage
from tests.responses import put_away

pytestmark = pytest.mark.django_db

METHODS = ("GET", "POST", "PUT", "DELETE")


@pytest.fixture(scope="module")
def answers(django_db_setup, django_db_blocker):
    """Knock as the office and as the administrator; return (door, address, method, response) for each knock."""
    with django_db_blocker.unblock(), transaction.atomic():
        cast = set_stage()
        things = permission_table.set_table(cast)
        found = [
            (name, address, method, _knock(client, address, method))
            for client in (_client_of(cast["office"]), _client_of(cast["admin"]))
            for name in permission_table.doors()
            for address in [permission_table.address(name, things)]
            for method in METHODS
        ]
        transaction.set_rollback(True)
    return found


def _client_of(person):
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _knock(client, address, method):
    """Return what one gets; whatever the visit changed is undone."""
    with transaction.atomic():
        response = put_away(getattr(client, method.lower())(address))
        transaction.set_rollback(True)
    return response


def test_no_answer_is_an_empty_page(answers):
    empty = {
        (name, method, response.status_code)
        for name, __, method, response in answers
        if not response.streaming and not response.content and response.status_code not in {301, 302, 304}
    }
    assert empty == set()


def test_what_is_not_taken_is_answered_by_a_page_with_a_way_on(answers):
    # Programs read no pages; test_api holds what they are told.
    refused = [one for one in answers if one[3].status_code == 405 and not one[0].startswith("api:")]
    assert len({name for name, *__ in refused}) >= 15
    pages_that_show = {
        address for __, address, method, response in answers if method == "GET" and response.status_code != 405
    }
    for name, address, __, response in refused:
        page = response.content.decode()
        assert re.search(r'<html lang="zh-hans"', page), name
        way = re.search(r'class="actions"><a class="button primary" href="([^"]+)"', page).group(1)
        assert way == page_above(address)
        # The admin leads from the address of a row to its page by itself.
        assert {way, f"{way}change/"} & pages_that_show, (name, way)
        assert "Allow" in response.headers


@pytest.mark.parametrize(("language", "words"), [("en", "Not a page"), ("zh-hans", "这里不是页面")])
def test_switching_the_language_after_a_refused_act_leads_to_a_page(signed_in, language, words):
    """A refusal is shown at the address of the act, and the switch asks for that address again, by GET."""
    client = signed_in("office")
    address = reverse("notices-read")
    sent = {"language": language, "next": address}
    response = client.post(reverse("set_language"), sent, follow=True)
    assert (response.status_code, words in response.content.decode()) == (405, True)
    assert reverse("notice-list") in response.content.decode()


def test_signing_in_at_the_address_of_an_act_leads_to_a_page(client, cast):
    address = reverse("notices-read")
    asked = client.post(address)
    assert asked.url == f"{reverse('login')}?next={address}"
    sent = {"username": "nanhai", "password": "fsul-demo-2026", "next": address}
    response = client.post(reverse("login"), sent, follow=True)
    assert (response.status_code, response.content.decode().count("<h1>")) == (405, 1)
