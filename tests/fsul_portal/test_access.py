"""Hold that rights come from roles alone, and that everybody can read which role brings which."""

import re
from dataclasses import replace
from datetime import date
from io import StringIO

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from guardian.models import UserObjectPermission

from fsul_portal.access.actions import grant, permissions_named, revoke
from fsul_portal.access.checks import deviations, mend_deviations
from fsul_portal.access.models import Grant
from fsul_portal.access.roles import DISTRICT, GROUP, LIBRARY, PORTAL, ROLES, SCOPES
from fsul_portal.access.rules import holds, people_holding, people_in_role, places_held
from fsul_portal.records.models import Record
from fsul_portal.rooms import FLOORS, permission_words
from members.libraries.actions import open_library
from members.libraries.models import Division, Library
from members.people.models import User
from reports.demo.cast import _place
from workgroups.groups.models import Group


def named(permission):
    return f"{permission.content_type.app_label}.{permission.codename}"


def rights_of(person):
    """Return everything that is stored for a person: portal-wide names, and names with their places."""
    portal = {named(one) for one in person.user_permissions.select_related("content_type")}
    rows = UserObjectPermission.objects.filter(user=person).select_related("permission__content_type", "content_type")
    return portal, {(named(row.permission), row.content_type.model, row.object_pk) for row in rows}


def rights_due(person):
    """Return what the table says the roles held by a person bring."""
    held = Grant.objects.in_force().filter(person=person).select_related("content_type")
    portal = {name for one in held if one.object_id is None for name in ROLES[one.role].permissions}
    on_places = {
        (name, one.content_type.model, str(one.object_id))
        for one in held
        if one.object_id is not None
        for name in ROLES[one.role].permissions
    }
    return portal, on_places


@pytest.mark.checklist("B6")
def test_nobody_holds_a_right_that_no_role_brings_and_everybody_holds_those_of_his_roles(cast):
    for person in User.objects.all():
        assert rights_of(person) == rights_due(person), person.username


@pytest.mark.checklist("B6")
def test_nobody_keeps_a_right_when_the_last_role_ends(cast, person):
    for held in Grant.objects.in_force():
        revoke(held)
    for one in User.objects.all():
        assert rights_of(one) == (set(), set()), one.username
        assert one.is_staff is False


def test_two_roles_that_bring_the_same_right_end_one_by_one(person, cast):
    member = person("committee")
    first, second = Grant.objects.get(person=member), grant("chair", to=member)
    revoke(first)
    assert holds(person("committee"), "members.oversee_libraries")
    revoke(second)
    assert not holds(person("committee"), "members.oversee_libraries")


def test_a_right_on_one_place_is_none_on_another(person, library):
    nanhai = person("nanhai")
    own, other = Division.objects.get(code="440605"), Division.objects.get(code="440604")
    assert (holds(nanhai, "members.file_changes", own), holds(nanhai, "members.file_changes", other)) == (True, False)
    assert not holds(nanhai, "members.file_changes")
    assert places_held(nanhai, "members.file_changes", Division) == {own.pk}
    assert places_held(person("branch"), "members.file_changes", Library) == {library("NH002").pk}


def test_a_closed_account_holds_nothing(person, cast):
    nanhai = person("nanhai")
    nanhai.is_active = False
    own = Division.objects.get(code="440605")
    assert (holds(nanhai, "members.file_changes", own), places_held(nanhai, "members.file_changes", Division)) == (
        False,
        set(),
    )


def test_a_role_is_given_once_and_recorded(person, cast):
    first = grant("observer", to=person("branch"), by=person("admin"))
    assert grant("observer", to=person("branch")).pk == first.pk
    record = Record.objects.of(person("branch"))[0]
    assert (record.verb, record.by.username, record.after) == ("granted", "admin", {"role": "observer", "place": ""})


def test_the_lead_of_a_group_leads_no_other(person, cast):
    lead = person("coordination-lead")
    decides = {group.key: holds(lead, "workgroups.decide_filings", group) for group in Group.objects.all()}
    assert decides == {"coordination": True, "technical": False, "resources": False}


@pytest.mark.parametrize("role", ROLES.values(), ids=ROLES)
def test_every_permission_of_the_table_exists_where_it_is_held(db, role):
    for name in role.permissions:
        kinds = {PORTAL: None, DISTRICT: Division, LIBRARY: Library, GROUP: Group}
        model = kinds[role.scope]
        app_label, codename = name.split(".")
        found = Permission.objects.filter(content_type__app_label=app_label, codename=codename)
        if model:
            found = found.filter(content_type__model=model._meta.model_name)
        assert found.exists(), name


def test_every_role_is_held_by_somebody_of_the_cast(cast):
    """Else no door, no act and no page is ever tried by whoever holds it; deputies of posts hold what the posts do."""
    held = set(Grant.objects.in_force().values_list("role", flat=True))
    alike = {key for key, role in ROLES.items() for one in held if role.permissions == ROLES[one].permissions}
    # A member of a group is brought in by the tests of groups, and takes part like its lead.
    assert held | alike | {"group-member"} == set(ROLES)
    assert set(ROLES["group-member"].permissions) < set(ROLES["group-lead"].permissions)


def test_an_unknown_permission_is_a_mistake_in_the_table(db):
    with pytest.raises(Permission.DoesNotExist):
        permissions_named(["members.fly"])


def test_every_permission_of_the_table_is_said_in_words_and_no_other(db):
    assert {name for role in ROLES.values() for name in role.permissions} == set(permission_words())
    assert set(SCOPES) == {role.scope for role in ROLES.values()}


def test_every_right_that_a_rule_asks_for_is_held_by_a_role():
    """Else the page, the act or the field behind it is there for nobody."""
    asks = re.compile(r'(?:holds|holds_on|people_holding|places_held|seat)\((?:[\w.]+, )?"([a-z_]+\.[a-z_]+)"')
    sources = [path for floor in FLOORS for path in (settings.BASE_DIR / floor).rglob("*.py")]
    asked = {name for path in sources for name in asks.findall(path.read_text("utf-8"))}
    assert asked - {name for role in ROLES.values() for name in role.permissions} == set()
    assert asked > {"members.change_indicator", "members.lock_months", "workgroups.decide_filings"}


@pytest.mark.clause("5.2")
def test_the_page_of_roles_is_the_table_with_those_who_hold_them(signed_in):
    response = signed_in("observer").get("/roles/")
    rows = response.context["rows"]
    assert [role.key for role, __ in rows] == list(ROLES)
    shown = {
        role.key: sorted((grant.person.username, str(grant.place or "")) for grant in holders) for role, holders in rows
    }
    held: dict[str, list] = {key: [] for key in ROLES}
    for one in Grant.objects.in_force():
        held[one.role].append((one.person.username, str(one.place or "")))
    assert shown == {key: sorted(found) for key, found in held.items()}
    page = response.content.decode()
    for role in ROLES.values():
        for sentence in (role.title, role.held_on, *role.allows):
            assert page.count(str(sentence)) > 0, sentence


@pytest.fixture
def points(cast):
    """Open twenty service points under 南海."""
    above = Library.objects.get(code="NH001")
    facts = {"name": "点", "level": "point", "parent": above, "district": above.district}
    return [open_library(f"NH1{one:02}", facts, since=date(2020, 1, 1)) for one in range(20)]


def test_the_page_of_roles_asks_as_often_for_many_as_for_few(signed_in, person, points):
    client = signed_in("office")
    client.get("/roles/")

    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get("/roles/")
        return len(captured)

    few = queries()
    for library in points:
        grant("library-editor", to=person("branch"), on=library)
    assert queries() == few


def test_people_holding_is_the_inverse_of_holds_for_every_permission_place_and_person(cast):
    User.objects.create_superuser("machine", password="x")
    grant("chair", to=User.objects.create_user("gone", is_active=False))
    everybody, keys = User.objects.all(), ("440605", "440604", "NH002", "coordination", "technical")
    for permission in sorted({name for role in ROLES.values() for name in role.permissions}):
        for place in (None, *(_place(key) for key in keys)):
            if place is None or _is_known_on(permission, place):
                holding = [person for person in everybody.order_by("pk") if holds(person, permission, place)]
                assert list(people_holding(permission, place)) == holding, (permission, place)


def _is_known_on(permission, place):
    kind = ContentType.objects.get_for_model(place)
    app, codename = permission.split(".")
    return Permission.objects.filter(content_type=kind, content_type__app_label=app, codename=codename).exists()


def test_people_in_a_role_are_those_whose_role_has_not_ended_and_whose_account_is_open(cast):
    assert [person.username for person in people_in_role("chair", "secretary")] == ["chair", "office"]
    revoke(cast["office"].grants.get(role="secretary"))
    User.objects.filter(username="chair").update(is_active=False)
    assert list(people_in_role("chair", "secretary")) == []


@pytest.fixture
def another_table(monkeypatch):
    """Let a new version of the table give the chair a right and the admin, and take one from the editors."""
    chair, editor = ROLES["chair"], ROLES["district-editor"]
    more = (*chair.permissions, "members.lock_months")
    monkeypatch.setitem(ROLES, "chair", replace(chair, permissions=more, opens_admin=True))
    monkeypatch.setitem(ROLES, "district-editor", replace(editor, permissions=("members.report_returns",)))


@pytest.mark.checklist("B6")
def test_a_right_that_a_new_version_gives_to_a_role_reaches_those_who_hold_it_already(person, another_table):
    own = Division.objects.get(code="440605")
    call_command("load_defaults", stdout=StringIO())
    assert (holds(person("chair"), "members.lock_months"), person("chair").is_staff) == (True, True)
    held = [holds(person("nanhai"), f"members.{name}", own) for name in ("file_changes", "report_returns")]
    assert (held, deviations()) == ([False, True], [])
    told = Record.objects.of(person("chair"))[0]
    assert (told.verb, told.by, told.before, told.after) == (
        "rights written anew",
        None,
        {"rights": []},
        {"rights": ["members.lock_months", "admin"]},
    )
    assert mend_deviations() == 0


def test_an_account_outside_of_the_table_keeps_what_it_was_given(person, db):
    machine = User.objects.create_user("machine")
    machine.user_permissions.set(permissions_named(["members.lock_months"]))
    assert (mend_deviations(), [one.person for one in deviations()]) == (0, [machine])


def test_rights_of_many_people_are_compared_in_as_few_queries_as_those_of_few(person, django_assert_num_queries):
    with CaptureQueriesContext(connection) as few:
        deviations()
    for number in range(30):
        grant("observer", to=User.objects.create_user(f"reader{number}"))
    with django_assert_num_queries(len(few)):
        deviations()
