"""Show that a newcomer is led through the portal in four steps, and never again unless he asks."""

import pytest
from django.urls import reverse

from fsul_portal.access.roles import ROLES
from fsul_portal.account.tours import STEPS, TOURS, tour_of

pytestmark = pytest.mark.django_db
# Given beside the role of a lead, never alone.
BESIDE = {"group-overseer"}


def go_on(client, how="next"):
    return client.post(reverse("tour"), {"do": how})


def test_every_role_has_a_tour_of_four_steps():
    assert set(TOURS) == set(ROLES) - BESIDE
    assert {len(steps) for steps in TOURS.values()} == {STEPS}


@pytest.mark.parametrize(
    "username",
    ["admin", "chair", "committee", "office", "coordination-lead", "nanhai", "nanhai-reviewer", "branch", "observer"],
)
def test_the_steps_lead_to_pages_that_the_person_may_open(signed_in, person, username):
    client, seen = signed_in(username), []
    for __ in range(STEPS):
        here = tour_of(person(username))
        assert client.get("/help/").context["tour"] == here
        assert client.get(reverse(here.step.view)).status_code == 200
        seen.append(here.number)
        assert go_on(client).url == "/help/"
    assert (seen, client.get("/help/").context["tour"]) == ([1, 2, 3, 4], None)


def test_the_tour_is_left_at_any_step_and_begun_anew_when_asked_for(signed_in):
    client = signed_in("nanhai")
    go_on(client)
    go_on(client, "skip")
    assert client.get("/help/").context["tour"] is None
    go_on(client)
    assert client.get("/help/").context["tour"] is None
    go_on(client, "again")
    assert client.get("/help/").context["tour"].number == 1


def test_what_is_no_button_of_the_tour_changes_nothing(signed_in):
    client = signed_in("nanhai")
    go_on(client, "anything")
    assert client.get("/help/").context["tour"].number == 1
