"""Show that every shortcut can be switched off by its owner, and that no two of them meet."""

import pytest
from django.test import Client

from fsul_portal.account.models import Preference
from fsul_portal.account.shortcuts import EVERYWHERE, GO
from fsul_portal.rooms import menu
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db
SHORTCUTS = "/account/shortcuts/"


def keys_on(response):
    """Return the keys that a page carries, in the order of the page."""
    return [part.split('"')[0] for part in response.content.decode().split('data-key="')[1:]]


def offered(client):
    return [keys for keys, __ in client.get(SHORTCUTS).context["form"].fields["on"].choices]


def test_no_two_shortcuts_have_the_same_keys_and_none_is_the_beginning_of_another():
    keys = [one.keys for one in EVERYWHERE] + [f"{GO} {line.key}" for line in menu() if line.key]
    assert sorted(set(keys)) == sorted(keys)
    assert [(one, two) for one in keys for two in keys if one != two and two.startswith(f"{one} ")] == []


def test_only_pages_that_one_may_open_have_a_shortcut(signed_in):
    office = offered(signed_in("office"))
    observer = offered(signed_in("observer"))
    assert set(observer) < set(office)
    for name in ("office", "observer"):
        client = signed_in(name)
        lines = [line for floor in client.get("/roles/").context["navigation"] for line in floor["items"]]
        assert sorted(line["keys"] for line in lines if line["keys"]) == sorted(
            keys for keys in offered(client) if keys.startswith(f"{GO} ")
        )


def test_what_is_switched_off_is_gone_from_every_page_and_comes_back(signed_in):
    client = signed_in("office")
    whole = keys_on(client.get("/roles/"))
    assert {"/", "?", "h", "g d"} <= set(whole)
    for keys in offered(client):
        client.post(SHORTCUTS, {"on": [one for one in offered(client) if one != keys]})
        assert keys_on(client.get("/roles/")) == [one for one in whole if one != keys]
    client.post(SHORTCUTS, {"on": offered(client)})
    assert keys_on(client.get("/roles/")) == whole


def test_all_are_switched_off_at_once_and_stay_so_at_the_next_sign_in(cast, signed_in):
    assert signed_in("nanhai").post(SHORTCUTS, {}).url == SHORTCUTS
    again = Client()
    again.post("/accounts/login/", {"username": "nanhai", "password": PASSWORD})
    assert keys_on(again.get("/roles/")) == []
    assert keys_on(signed_in("chancheng").get("/roles/")) != []


def test_what_a_person_may_not_open_now_stays_switched_off(signed_in, person):
    hidden = min(set(offered(signed_in("office"))) - set(offered(signed_in("observer"))))
    Preference.objects.create(person=person("observer"), shortcuts_off=[hidden])
    client = signed_in("observer")
    client.post(SHORTCUTS, {"on": offered(client)})
    assert Preference.objects.get(person=person("observer")).shortcuts_off == [hidden]


def test_keys_that_nobody_offers_are_refused(signed_in, person):
    assert signed_in("office").post(SHORTCUTS, {"on": ["q"]}).context["form"].is_valid() is False
    assert not Preference.objects.filter(person=person("office")).exists()
