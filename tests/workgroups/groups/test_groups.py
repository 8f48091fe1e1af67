"""Hold the working groups: their people, their clauses, and the rights that follow both (5.2)."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fsul_portal.access.models import Grant
from fsul_portal.access.roles import OF_SEATS
from fsul_portal.access.rules import holds
from fsul_portal.approvals.models import Turn
from fsul_portal.grammar.evidence import Standing
from fsul_portal.standard import DUTIES
from fsul_portal.verdicts import Refusal, Unready
from members.bodies import actions as bodies
from members.bodies.rights import without_a_seat
from tests.guests import guest
from tests.workgroups.coordination.filings.stage import submit
from workgroups.coordination.filings import actions as filings
from workgroups.groups import actions
from workgroups.groups.before import seat_who_led
from workgroups.groups.models import Charge, Group, Membership, in_charge
from workgroups.groups.room import groups_staffed
from workgroups.groups.rules import holds_for
from workgroups.groups.staffing import staff_of
from workgroups.groups.tasks import tell_of_gaps_in_groups

pytestmark = pytest.mark.clause("5.2")
TODAY = date(2026, 11, 23)
DISTRICT_LIBRARIES = ("CC001", "NH001", "SD001", "GM001", "SS001")


@pytest.fixture(autouse=True)
def a_day_in_november(in_english):
    with time_machine.travel(TODAY):
        yield


@pytest.fixture
def office(person):
    return person("office")


@pytest.fixture
def technical(cast):
    return Group.objects.get(key="technical")


@pytest.fixture
def seated(office):
    """Bring somebody into a group: `seated(group, person, "deputy")`."""

    def bring(group, who, post="member", since=TODAY):
        forward = actions.put_forward(group=group, person=who, post=post, by=office)
        return bodies.seat(bodies.approve(forward, by=office), by=office, since=since)

    return bring


def queries_of(client, address):
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries)


def roles(who):
    return set(Grant.objects.in_force().filter(person=who, role__in=OF_SEATS).values_list("role", flat=True))


def test_the_three_groups_of_the_standard_are_charged_with_their_clauses(signed_in):
    rows = signed_in("observer").get("/workgroups/").context["rows"]
    shown = [(row.group.key, len(row.duties), [one.person.username for one in row.leads]) for row in rows]
    assert shown == [
        ("coordination", 11, ["coordination-lead"]),
        ("technical", 8, ["technical-lead"]),
        ("resources", 7, ["resources-lead"]),
    ]


def test_the_first_groups_are_founded_once_and_take_no_clause_away(cast, office):
    fourth = actions.charge(actions.found(name="图情小组", by=office), clauses=["6.2.1 e"], by=office)
    Group.objects.get(key="coordination").charges.all().delete()
    assert actions.found_first_groups() == 0
    assert in_charge("6.2.1 e") == fourth
    assert Charge.objects.in_force().filter(group__key="coordination").count() == 10


def test_a_member_gets_the_role_of_his_post_on_his_group_alone(seated, technical, office):
    who = guest("a")
    membership = seated(technical, who)
    assert roles(who) == {"group-member"}
    assert [holds(who, "workgroups.take_part", group) for group in Group.objects.all()] == [False, True, False]
    bodies.let_go(membership, by=office, until=TODAY, note="调离")
    assert (roles(who), without_a_seat()) == (set(), [])


def test_a_role_that_two_posts_bring_ends_with_the_second(seated, office, cast):
    who, groups = guest("a"), list(Group.objects.filter(key__in=["technical", "resources"]))
    first, second = (seated(group, who, "deputy") for group in groups)
    bodies.let_go(first, by=office, until=TODAY, note="调整")
    assert roles(who) == {"group-deputy", "group-overseer"}
    bodies.let_go(second, by=office, until=TODAY, note="调整")
    assert roles(who) == set()


def test_a_group_has_one_lead_and_nobody_is_in_it_twice(seated, technical, cast):
    for who, post in ((guest("a"), "lead"), (cast["technical-lead"], "member")):
        with pytest.raises(Unready):
            seated(technical, who, post)
    # Somebody of another group may well be in this one.
    assert seated(technical, cast["resources-lead"]).state == "seated"


def test_a_branch_sends_nobody(office, technical):
    with pytest.raises(Unready, match="works at 桂城分馆（演示）, a branch"):
        actions.put_forward(group=technical, person=guest("a", "NH002"), post="member", by=office)


@pytest.mark.parametrize(
    ("who", "code", "may"),
    [
        ("technical-lead", "SD001", True),
        ("coordination-lead", "SD001", False),
        ("nanhai-reviewer", "NH001", True),
        ("nanhai-reviewer", "SD001", False),
        ("branch", "NH001", False),
    ],
)
def test_the_lead_and_the_district_put_forward_and_the_office_seats(cast, technical, who, code, may):
    def forward():
        return actions.put_forward(group=technical, person=guest("a", code), post="member", by=cast[who])

    if not may:
        with pytest.raises(Refusal, match="People are put forward by"):
            forward()
        return
    membership = forward()
    assert Membership.objects.visible_to(cast[who]).filter(pk=membership.pk).exists()
    with pytest.raises(Refusal, match="Seats are kept by"):
        bodies.approve(membership, by=cast[who])


def test_a_fourth_group_that_is_charged_with_filings_decides_them(cast, person, seated, office):
    filing = filings.agree(submit(cast, "NH002", "move"), by=cast["nanhai-reviewer"])
    waiting = submit(cast, "NH003", "move")
    fourth = actions.found(name="备案小组", by=office)
    seated(fourth, guest("d"), "lead")
    actions.charge(fourth, clauses=["6.2.1 e"], by=office)
    assert in_charge("6.2.1 e") == fourth
    asked = Turn.objects.open().get(object_id=filing.pk, key="decision")
    assert asked.place_id == fourth.pk
    with pytest.raises(Refusal):
        filings.agree(filing, by=person("coordination-lead"))
    assert filings.agree(filing, by=person("d")).state == "accepted"
    signed = filings.agree(waiting, by=cast["nanhai-reviewer"])
    assert filings.agree(signed, by=person("d")).decided_by.username == "d"
    assert holds_for(person("d"), "workgroups.issue_papers", "6.2.1 e")
    assert in_charge("6.2.1 j").key == "coordination"


def test_a_clause_is_with_one_group_and_the_past_is_kept(cast, office, technical):
    with time_machine.travel(TODAY + timedelta(days=10)):
        actions.charge(technical, clauses=["6.2.1 e"], by=office)
    assert {duty.number for duty in staff_of(TODAY + timedelta(days=10))[1].duties} == {"6.2.1 e"}
    assert "6.2.1 e" in {duty.number for duty in staff_of(TODAY)[0].duties}


def test_who_is_responsible_for_what_his_group_no_longer_has_is_so_no_longer(cast, office, seated, technical):
    membership = seated(technical, guest("a"))
    membership = actions.share_out(membership, clauses=["6.2.2 b", "6.2.2 c"], expertise="编码", by=office)
    with pytest.raises(Unready, match="is not charged with"):
        actions.share_out(membership, clauses=["6.2.1 e"], expertise="", by=office)
    actions.charge(technical, clauses=["6.2.2 c"], by=office)
    membership.refresh_from_db()
    assert membership.clauses == ["6.2.2 c"]


def test_a_group_is_closed_once_its_clauses_are_elsewhere_and_its_people_leave_it(cast, office, seated):
    group = actions.charge(actions.found(name="临时小组", by=office), clauses=["7.3"], by=office)
    who = guest("a")
    seated(group, who, "lead")
    with pytest.raises(Refusal, match="still charged with clauses"):
        actions.close(group, by=office, closed_on=TODAY, note="完成")
    actions.charge(Group.objects.get(key="coordination"), clauses=["7.3"], by=office)
    closed = actions.close(group, by=office, closed_on=TODAY, note="完成")
    assert (closed.state, roles(who), Membership.objects.get(person=who).state) == ("closed", set(), "left")
    assert [one.group.key for one in staff_of(TODAY)] == ["coordination", "technical", "resources"]


def test_the_same_form_founds_one_group(cast, office):
    first = actions.found(name="图情小组", by=office, token="t")
    assert actions.found(name="图情小组", by=office, token="t") == first
    assert actions.found(name="图情小组", by=office, token="u").key != first.key


def test_gaps_are_told_once_and_conformity_names_them(cast, office, seated):
    told = tell_of_gaps_in_groups(TODAY)
    assert {(one.recipient.username, one.subject[:9]) for one in told} == {
        (name, one.subject[:9]) for name in ("chair", "office") for one in told
    }
    assert (len(told), tell_of_gaps_in_groups(TODAY)) == (6, [])
    assert groups_staffed(TODAY).standing is Standing.AT_RISK
    for group in Group.objects.all():
        for code in DISTRICT_LIBRARIES:
            seated(group, guest(f"{group.key}-{code}", code))
    assert (tell_of_gaps_in_groups(TODAY), groups_staffed(TODAY).standing) == ([], Standing.HELD)


def test_leads_from_before_become_memberships_once(cast):
    Membership.objects.all().delete()
    assert (seat_who_led(), seat_who_led(), without_a_seat()) == (3, 0, [])
    assert set(Membership.objects.seated().values_list("group__key", "post")) == {
        (key, "lead") for key in ("coordination", "technical", "resources")
    }


def test_more_groups_and_people_cost_no_more_queries(signed_in, seated, office):
    client = signed_in("office")
    client.get("/workgroups/")
    few = queries_of(client, "/workgroups/")
    for number in range(6):
        group = actions.charge(
            actions.found(name=f"小组{number}", by=office), clauses=[DUTIES[number].number], by=office
        )
        seated(group, guest(f"g{number}"), "lead")
    assert queries_of(client, "/workgroups/") == few


def test_a_stranger_is_sent_to_the_login_page(client, cast):
    assert client.get("/workgroups/").headers["Location"] == "/accounts/login/?next=/workgroups/"


def test_the_admin_shows_groups_to_read_only(signed_in):
    client = signed_in("coordination-lead")
    group = Group.objects.get(key="technical")
    page = client.get(f"/admin/workgroups/group/{group.pk}/change/")
    assert (page.status_code, "张技术" in page.content.decode()) == (200, True)
    assert client.post(f"/admin/workgroups/group/{group.pk}/change/", {"name": "x"}).status_code == 403
    assert client.get("/admin/workgroups/group/add/").status_code == 403
    assert Group.objects.get(pk=group.pk).name == group.name
