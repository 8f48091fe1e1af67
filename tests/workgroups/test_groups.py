"""Hold the page of the working groups (5.2)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fsul_portal.access.actions import grant, revoke
from fsul_portal.access.models import Grant
from workgroups.groups.models import Group


@pytest.mark.clause("5.2")
def test_the_page_names_the_three_groups_their_clauses_and_leads(signed_in):
    rows = signed_in("observer").get("/workgroups/").context["rows"]
    shown = [(row["group"].key, row["group"].clause, [lead.username for lead in row["leads"]]) for row in rows]
    assert shown == [
        ("coordination", "6.2.1", ["coordination-lead"]),
        ("technical", "6.2.2", ["technical-lead"]),
        ("resources", "6.2.3", ["resources-lead"]),
    ]
    assert [len(row["duties"]) for row in rows] == [11, 8, 7]


@pytest.mark.clause("5.2")
def test_who_no_longer_leads_is_no_longer_named(signed_in, person):
    held = Grant.objects.in_force().get(role="group-lead", person=person("technical-lead"))
    revoke(held, by=person("admin"))
    rows = signed_in("branch").get("/workgroups/").context["rows"]
    assert rows[1]["leads"] == []


def test_a_stranger_is_sent_to_the_login_page(client, cast):
    assert client.get("/workgroups/").headers["Location"] == "/accounts/login/?next=/workgroups/"


def test_more_groups_cost_no_more_queries(signed_in, person):
    client = signed_in("office")
    client.get("/workgroups/")
    with CaptureQueriesContext(connection) as few:
        client.get("/workgroups/")
    for number in range(12):
        grant(
            "group-lead", to=person("committee"), on=Group.objects.create(key=f"extra-{number}", name=f"小组{number}")
        )
    with CaptureQueriesContext(connection) as many:
        client.get("/workgroups/")
    assert len(many) == len(few)


def test_the_admin_shows_groups_to_read_only(signed_in):
    client = signed_in("coordination-lead")
    group = Group.objects.get(key="technical")
    page = client.get(f"/admin/workgroups/group/{group.pk}/change/")
    assert page.status_code == 200
    assert client.post(f"/admin/workgroups/group/{group.pk}/change/", {"name": "x"}).status_code == 403
    assert client.get("/admin/workgroups/group/add/").status_code == 403
    assert Group.objects.get(pk=group.pk).name == group.name
