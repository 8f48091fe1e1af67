"""Hold how accounts and roles are kept: by the administrator, through the actions, and at once."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from fsul_portal.access.actions import grant, revoke
from fsul_portal.access.models import Grant
from fsul_portal.records.models import Record
from members.libraries.models import Division
from members.people.actions import activate, deactivate, end_role, give_role, open_account
from members.people.models import User

ADD = "/admin/members/user/add/"
GRANT = "/admin/fsul_portal/grant/add/"
LONG = "yu-wen-2026-long"
NEW = {
    "username": "xinren",
    "name": "新人",
    "email": "x@example.org",
    "position": "馆员",
    "library": "",
    "first_password": LONG,
}


def change(person, **changes):
    fields = {"username": person.username, "name": person.name, "email": person.email, "position": person.position}
    return {**fields, "library": person.library_id or "", "first_password": "", "is_active": "on", **changes}


def test_the_administrator_opens_an_account_with_a_first_password(signed_in):
    response = signed_in("admin").post(ADD, NEW)
    assert response.status_code == 302
    person = User.objects.get(username="xinren")
    assert (person.check_password(NEW["first_password"]), person.is_staff, person.is_superuser) == (True, False, False)
    assert Record.objects.of(person)[0].after["name"] == "新人"
    assert "first_password" not in str(Record.objects.of(person)[0].after)


@pytest.mark.checklist("A8")
@pytest.mark.parametrize("password", ["", "short", "1234567890", "password123", "xinren2026"])
def test_a_weak_first_password_is_refused(signed_in, password):
    response = signed_in("admin").post(ADD, {**NEW, "username": "xinren2026", "first_password": password})
    assert list(response.context["adminform"].form.errors) == ["first_password"]
    assert not User.objects.filter(username="xinren2026").exists()


@pytest.mark.checklist("B4")
def test_extra_fields_make_nobody_powerful(signed_in, person):
    extra = {"is_superuser": "on", "is_staff": "on", "user_permissions": ["1", "2"], "groups": ["1"], "password": "x"}
    client = signed_in("admin")
    client.post(ADD, {**NEW, **extra})
    nanhai = person("nanhai")
    client.post(f"/admin/members/user/{nanhai.pk}/change/", change(nanhai, name="改名", **extra))
    for username in ("xinren", "nanhai"):
        one = person(username)
        assert (one.is_superuser, one.is_staff, one.user_permissions.count()) == (False, False, 0)
    assert person("nanhai").name == "改名"


@pytest.mark.checklist("B6")
def test_a_closed_account_is_out_with_the_next_request(signed_in, person, client):
    client = signed_in("nanhai")
    assert client.get("/members/").status_code == 200
    deactivate(person("nanhai"), by=person("admin"))
    assert client.get("/members/").status_code == 302
    activate(person("nanhai"), by=person("admin"))
    assert person("nanhai").is_active


@pytest.mark.checklist("B6")
def test_an_ended_role_is_gone_with_the_next_request(signed_in, person):
    client, address = signed_in("nanhai"), "/workgroups/coordination/filings/new/"
    assert client.get(address).status_code == 200
    end_role(Grant.objects.get(person__username="nanhai", role="district-editor"), by=person("admin"))
    assert client.get(address).status_code == 403


def test_a_new_first_password_signs_the_old_one_out(signed_in, person):
    nanhai = person("nanhai")
    user = Client()
    user.force_login(nanhai, backend="django.contrib.auth.backends.ModelBackend")
    signed_in("admin").post(f"/admin/members/user/{nanhai.pk}/change/", change(nanhai, first_password=LONG))
    assert person("nanhai").check_password(LONG)
    assert user.get("/members/").status_code == 302


def test_the_switch_in_the_admin_closes_an_account(signed_in, person):
    nanhai = person("nanhai")
    signed_in("admin").post(f"/admin/members/user/{nanhai.pk}/change/", change(nanhai, is_active=""))
    assert not person("nanhai").is_active
    assert Record.objects.of(nanhai)[0].verb == "account deactivated"


def test_nobody_shuts_himself_out_or_serves_himself(person):
    admin = person("admin")
    with pytest.raises(PermissionDenied):
        deactivate(admin, by=admin)
    with pytest.raises(PermissionDenied):
        give_role("chair", to=admin, by=admin)
    with pytest.raises(PermissionDenied):
        end_role(Grant.objects.get(person=admin), by=admin)


@pytest.mark.checklist("B5")
@pytest.mark.parametrize(
    ("username", "status"),
    [("office", 403), ("coordination-lead", 403), ("chair", 302), ("nanhai", 302), ("branch", 302)],
)
def test_only_the_administrator_keeps_accounts_and_roles(person, signed_in, username, status):
    by = person(username)
    with pytest.raises(PermissionDenied):
        open_account({"username": "y", "name": "y"}, password=LONG, by=by)
    with pytest.raises(PermissionDenied):
        deactivate(person("branch"), by=by)
    with pytest.raises(PermissionDenied):
        give_role("observer", to=person("committee"), by=by)
    client = signed_in(username)
    assert [client.post(url, sent).status_code for url, sent in ((ADD, NEW), (GRANT, {}))] == [status, status]


def test_an_account_made_on_the_machine_is_kept_there(person, signed_in):
    root = User.objects.create_superuser("root", password=LONG)
    with pytest.raises(PermissionDenied):
        deactivate(root, by=person("admin"))
    response = signed_in("admin").post(
        f"/admin/members/user/{root.pk}/change/", change(root, first_password="other-long-2026")
    )
    assert response.status_code == 403
    assert User.objects.get(pk=root.pk).check_password(LONG)


def place_of(role):
    places = {
        "district-editor": lambda: ("division", Division.objects.get(code="440606")),
        "library-editor": lambda: ("library", Division.objects.get(code="440606").district_spells.first().library),
        "library-head": lambda: ("library", Division.objects.get(code="440606").district_spells.first().library),
        "observer": lambda: ("", None),
    }
    return places[role]()


@pytest.mark.parametrize("role", ["district-editor", "library-editor", "observer"])
def test_a_role_is_given_on_each_of_the_three_kinds_of_place(signed_in, person, role):
    pick, place = place_of(role)
    committee = person("committee")
    sent = {"person": committee.pk, "role": role, "division": "", "library": ""}
    if pick:
        sent[pick] = place.pk
    assert signed_in("admin").post(GRANT, sent).status_code == 302
    held = Grant.objects.in_force().get(person=committee, role=role)
    assert (held.place, held.granted_by.username) == (place, "admin")


@pytest.mark.parametrize(
    ("role", "pick", "blamed"),
    [
        ("district-editor", "", "division"),
        ("library-editor", "division", "division"),
        ("nonsense", "", "role"),
    ],
)
def test_a_role_on_the_wrong_place_is_refused(signed_in, person, role, pick, blamed):
    sent = {"person": person("committee").pk, "role": role, "division": "", "library": ""}
    if pick:
        sent[pick] = {"division": Division.objects.get(code="440606")}[pick].pk
    response = signed_in("admin").post(GRANT, sent)
    assert blamed in response.context["adminform"].form.errors
    assert Grant.objects.filter(person__username="committee").count() == 1


@pytest.mark.checklist("B5")
def test_ending_a_role_asks_first_and_happens_by_post(signed_in, person):
    held = Grant.objects.get(person__username="nanhai")
    client = signed_in("admin")
    url = f"/admin/fsul_portal/grant/{held.pk}/end/"
    assert client.get(url).status_code == 200
    assert person("nanhai").has_perm("members.file_changes", held.place)
    assert client.post(url)["Location"] == "/admin/fsul_portal/grant/"
    assert not person("nanhai").has_perm("members.file_changes", held.place)
    assert client.post(url).status_code == 404
    assert signed_in("office").post(url).status_code in {403, 404}


def test_a_role_held_can_be_looked_at(signed_in, person):
    held = person("nanhai").grants.get()
    response = signed_in("admin").get(f"/admin/fsul_portal/grant/{held.pk}/change/")
    assert person("nanhai").name in response.content.decode()


def test_roles_held_are_never_edited_or_deleted(signed_in):
    held = Grant.objects.first()
    client = signed_in("admin")
    urls = (
        f"/admin/fsul_portal/grant/{held.pk}/change/",
        f"/admin/fsul_portal/grant/{held.pk}/delete/",
        f"/admin/members/user/{held.person_id}/delete/",
    )
    assert [client.post(url, {"role": "chair"}).status_code for url in urls] == [403, 403, 403]


def test_a_role_given_again_after_its_end_is_a_new_entry(person):
    held = grant("observer", to=person("branch"))
    revoke(held)
    again = grant("observer", to=person("branch"))
    assert (again.pk != held.pk, Grant.objects.filter(person__username="branch", role="observer").count()) == (True, 2)
