"""Hold who names deputies, what they are told, and how somebody who leaves hands over."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from fsul_portal.access.deputies.actions import end_deputy, hand_over, name_deputy
from fsul_portal.access.deputies.models import Deputy
from fsul_portal.access.deputies.rules import heads_of, may_name, people_headed_by
from fsul_portal.access.models import Grant
from fsul_portal.access.roles import ROLES
from fsul_portal.approvals.deputies import LIMITS
from fsul_portal.notices.models import Notice
from fsul_portal.verdicts import NotNow
from members.people.models import User
from reports.demo.cast import PEOPLE
from workgroups.coordination.filings import actions as filings
from workgroups.coordination.filings.models import Filing

EVERYBODY = [one.username for one in PEOPLE]
HEADS = {
    "committee": {"chair"},
    "office": {"chair"},
    "central": {"office"},
    "coordination-lead": {"chair"},
    "technical-lead": {"chair"},
    "resources-lead": {"chair"},
    "nanhai": {"nanhai-reviewer"},
    "nanhai-reviewer": {"chair"},
    "branch": {"nanhai-reviewer"},
}
TODAY = timezone.localdate


def named(person, absent="nanhai-reviewer", deputy="committee", by=None, **more):
    days = {"first_day": TODAY(), "last_day": TODAY()} | more
    return name_deputy(person(absent), person(deputy), by=person(by or absent), **days)


@pytest.mark.clause("5.2")
@pytest.mark.parametrize("username", EVERYBODY)
def test_the_table_of_roles_says_who_heads_whom(username, person):
    heads = {User.objects.get(pk=pk).username for pk in heads_of(person(username))}
    assert heads == HEADS.get(username, set())
    headed = {name for name in EVERYBODY if person(name).pk in people_headed_by(person(username))}
    assert headed == {username} | {name for name, above in HEADS.items() if username in above}


@pytest.mark.clause("5.2")
def test_a_role_is_headed_by_a_role_of_the_table():
    assert {role.head for role in ROLES.values()} - {""} <= set(ROLES)


@pytest.mark.clause("5.2")
@pytest.mark.parametrize("username", EVERYBODY)
def test_only_the_person_or_the_head_of_the_unit_names_a_deputy(username, person):
    verdict = may_name(person(username), person("nanhai"), person("chancheng"))
    assert bool(verdict) == (username in {"nanhai", "nanhai-reviewer"})


@pytest.mark.clause("5.2")
def test_the_administrator_enters_what_one_of_these_decided_and_nothing_else(person):
    admin, nanhai, deputy = person("admin"), person("nanhai"), person("chancheng")
    assert not may_name(admin, nanhai, deputy, word_of=person("office"))
    assert may_name(admin, nanhai, deputy, word_of=person("nanhai-reviewer"))
    row = named(person, "nanhai", "chancheng", by="admin", word_of=nanhai)
    assert (row.named_by, row.word_of) == (admin, nanhai)


def test_both_are_told_at_the_beginning_and_at_the_end(person):
    row = named(person)
    told = Notice.objects.filter(key=f"deputy:named:{row.pk}").values_list("recipient__username", flat=True)
    assert set(told) == {"nanhai-reviewer", "committee"}
    end_deputy(row, by=person("committee"))
    assert Notice.objects.filter(key=f"deputy:ended:{row.pk}").count() == 2
    assert not Deputy.objects.in_force().exists()


@pytest.mark.parametrize(("first", "last"), [(0, -1), (-3, -1), (5, 4)])
def test_a_time_that_is_over_or_ends_before_it_begins_is_refused_at_every_door(person, first, last):
    days = {"first_day": TODAY() + timedelta(days=first), "last_day": TODAY() + timedelta(days=last)}
    with pytest.raises(NotNow):
        named(person, **days)
    assert not Deputy.objects.exists()


def test_a_deputy_is_narrowed_by_what_narrows_turns_and_by_nothing_else(person):
    assert {limit.field for limit in LIMITS} == set(Deputy.NARROWED)
    assert named(person, kind="return").kind == "return"
    with pytest.raises(TypeError, match="not narrowed by"):
        named(person, colour="blue")


def test_nobody_is_his_own_deputy_and_a_closed_account_is_none(person):
    assert not may_name(person("nanhai"), person("nanhai"), person("nanhai"))
    closed = person("chancheng")
    closed.is_active = False
    assert not may_name(person("nanhai"), person("nanhai"), closed)


def test_a_stranger_ends_nobodys_time(person, signed_in):
    row = named(person)
    with pytest.raises(PermissionDenied):
        end_deputy(row, by=person("chancheng"))
    assert signed_in("chancheng").post(f"/roles/deputies/{row.pk}/end/").status_code == 403


def test_the_page_takes_a_name_and_the_page_of_roles_shows_it(person, signed_in):
    day = f"{TODAY():%Y-%m-%d}"
    form = {"absent": person("nanhai").pk, "deputy": person("chancheng").pk, "first_day": day, "last_day": day}
    assert signed_in("nanhai").post("/roles/deputies/", form).status_code == 302
    assert "霍禅城代理关南海" in signed_in("observer").get("/roles/").content.decode()
    assert "霍禅城" in signed_in("observer").get("/roles/deputies/").content.decode()


@pytest.mark.parametrize("broken", [{"last_day": "2020-01-01"}, {"absent": "branch"}, {"deputy": ""}], ids=str)
def test_the_page_refuses_what_is_over_of_others_or_empty(broken, person, signed_in):
    day = f"{TODAY():%Y-%m-%d}"
    form = {"absent": "nanhai", "deputy": "chancheng", "first_day": day, "last_day": day} | broken
    sent = form | {key: person(form[key]).pk for key in ("absent", "deputy") if form[key]}
    assert signed_in("nanhai").post("/roles/deputies/", sent).status_code == 200
    assert not Deputy.objects.exists()


def test_the_page_costs_the_same_with_one_and_with_many(person, signed_in, django_assert_max_num_queries):
    client = signed_in("observer")
    for number in range(12):
        named(person, last_day=TODAY() + timedelta(days=number))
    with django_assert_max_num_queries(16):
        assert client.get("/roles/deputies/").status_code == 200


@pytest.mark.clause("5.2")
def test_whoever_leaves_hands_over_roles_turns_and_drafts_in_one_act(person, library):
    requested = {"town": "440605125", "address": "大沥新路1号", "longitude": "", "latitude": "", "crs": ""}
    asked = {"effective_on": TODAY() + timedelta(days=9), "reason": "x", "requested": requested}
    draft = filings.begin("move", library("NH003"), by=person("nanhai"), asked=asked)
    named(person, "nanhai", "branch")
    hand_over(person("nanhai"), person("chancheng"), by=person("admin"))
    assert not Grant.objects.in_force().filter(person=person("nanhai")).exists()
    assert list(Filing.objects.in_hand_of(person("chancheng"))) == [draft]
    assert not Filing.objects.in_hand_of(person("nanhai")).exists()
    assert not Deputy.objects.not_over().exists()
    submitted = filings.submit(draft, by=person("chancheng"), checked=True)
    assert (submitted.started_by, submitted.submitted_by) == (person("nanhai"), person("chancheng"))
    hand_over(person("nanhai-reviewer"), person("branch"), by=person("admin"))
    assert list(Filing.objects.open_to(person("branch"))) == [draft]


@pytest.mark.checklist("B10")
def test_the_administrator_hands_nothing_over_to_or_from_himself(person, signed_in):
    for pair in (("nanhai", "admin"), ("admin", "nanhai"), ("nanhai", "nanhai")):
        with pytest.raises(PermissionDenied):
            hand_over(*(person(name) for name in pair), by=person("admin"))
    assert signed_in("office").get("/roles/hand-over/").status_code == 403
    form = {"leaver": person("branch").pk, "successor": person("nanhai").pk}
    assert signed_in("admin").post("/roles/hand-over/", form).status_code == 302
