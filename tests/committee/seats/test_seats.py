"""Hold the seats of the committee: who may sit, one chair, and the rights that come and go with a seat (5.1)."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from committee.bodies.models import Body
from committee.seats import actions
from committee.seats.before import seat_who_held_roles
from committee.seats.models import Seat, Term
from fsul_portal.access.actions import grant, revoke
from fsul_portal.access.models import Grant
from fsul_portal.access.roles import OF_SEATS
from fsul_portal.access.rules import holds
from fsul_portal.notices.models import Notice
from fsul_portal.records.models import Record
from fsul_portal.verdicts import Refusal, Unready
from members.bodies import actions as bodies
from members.bodies.rights import without_a_seat
from members.people import actions as people
from tests.guests import guest
from tests.hands import at_once

pytestmark = pytest.mark.clause("5.1")
TODAY = date(2026, 11, 23)


@pytest.fixture
def term(cast):
    return Term.objects.get(state="running")


@pytest.fixture
def nominate(term, office):
    def put_down(person, post="member", **facts):
        return actions.nominate(term=term, person=person, post=post, capacity="in_charge", by=office, **facts)

    return put_down


@pytest.fixture
def seated(nominate, office):
    """Bring somebody onto the committee: `seated(person, "deputy")`."""

    def bring(person, post="member", since=TODAY):
        seat = bodies.approve(nominate(person, post), by=office, letter_number="佛图学〔2026〕3号", letter_day=TODAY)
        return actions.seat(seat, by=office, since=since)

    return bring


def roles(person):
    return set(Grant.objects.in_force().filter(person=person, role__in=OF_SEATS).values_list("role", flat=True))


def sentences(unready):
    return [(fault.field, str(fault.sentence)) for fault in unready.value.findings]


BROUGHT = [(post, pairs[0][0]) for post, pairs in Seat.POSTS.items() if post != "chair"]
WHO_SIT = "Here sit people of the central library and of the district libraries."


@pytest.mark.parametrize(("post", "role"), BROUGHT)
def test_a_seat_brings_its_role_and_leaving_it_ends_it(seated, office, post, role):
    person = guest("member")
    seat = seated(person, post)
    assert (seat.state, roles(person), without_a_seat()) == ("seated", {role}, [])
    bodies.let_go(seat, by=office, until=TODAY, note="调离")
    assert (roles(person), without_a_seat()) == (set(), [])
    assert [record.verb for record in Record.objects.of(seat)][::-1] == [
        "nominated",
        "nomination approved",
        "seat taken",
        "seat left",
    ]


def test_the_cast_holds_no_role_of_a_seat_without_one(cast):
    assert without_a_seat() == []
    held = Grant.objects.in_force().filter(role__in=OF_SEATS)
    assert {(one.person.username, one.role) for one in held} == {
        ("chair", "chair"),
        ("committee", "committee-member"),
        ("office", "secretary"),
        *((f"{group}-lead", role) for group in ("coordination", "technical", "resources") for role in LEADS),
    }


LEADS = ("group-lead", "group-overseer")


def test_a_role_without_a_seat_is_named_and_stops_the_command(cast, capsys):
    grant("chair", to=cast["branch"])
    with pytest.raises(SystemExit):
        call_command("compare_roles")
    assert "branch: +chair" in capsys.readouterr().out


@pytest.mark.checklist("B9")
@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (
            "NH002",
            f"来宾a works at 桂城分馆（演示）, a branch. {WHO_SIT}",
        ),
        (
            "NH004",
            f"来宾a works at 千灯湖读书驿站（演示）, a service point. {WHO_SIT}",
        ),
        ("", "来宾a works at no member library."),
    ],
)
def test_who_works_elsewhere_is_refused_with_the_reason(nominate, code, sentence):
    with pytest.raises(Unready) as refused:
        nominate(guest("a", code))
    assert sentences(refused) == [("person", sentence)]
    assert not Seat.objects.filter(person__username="a").exists()


def test_who_has_moved_to_a_branch_meanwhile_does_not_take_his_seat(nominate, office, library):
    person = guest("a")
    seat = bodies.approve(nominate(person), by=office, letter_number="1", letter_day=TODAY)
    Seat.objects.filter(pk=seat.pk).update(unit=library("NH002"))
    with pytest.raises(Unready):
        actions.seat(Seat.objects.get(pk=seat.pk), by=office, since=TODAY)
    assert roles(person) == set()


def test_there_is_one_chair_at_a_time(nominate, seated, office, chair):
    with pytest.raises(Unready) as refused:
        seated(guest("a"), "chair")
    assert sentences(refused) == [
        ("since", "One person at a time has this post, and on that day it is 梁主任. End that seat first.")
    ]
    bodies.let_go(Seat.objects.get(person=chair), by=office, until=TODAY - timedelta(days=1), note="退休")
    seat = actions.seat(Seat.objects.get(person__username="a"), by=office, since=TODAY)
    assert (seat.state, roles(chair)) == ("seated", set())


def test_two_who_seat_two_chairs_at_one_moment_seat_one(many_hands, cast, person):
    office, term = person("office"), Term.objects.get(state="running")
    bodies.let_go(Seat.objects.get(post="chair"), by=office, until=TODAY - timedelta(days=1), note="退休")
    seats = [
        bodies.approve(
            actions.nominate(term=term, person=guest(name), post="chair", capacity="in_charge", by=office),
            by=office,
            letter_number="1",
            letter_day=TODAY,
        )
        for name in ("a", "b")
    ]
    outcomes = at_once(lambda number: actions.seat(seats[number], by=person("office"), since=TODAY), times=2)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Seat", "Unready"]
    assert Seat.objects.seated().filter(post="chair").count() == 1


def test_nobody_sits_twice_on_the_committee(nominate, seated, cast):
    with pytest.raises(Unready) as refused:
        seated(cast["committee"], "deputy")
    assert "sits here already on that day" in sentences(refused)[0][1]


def test_a_name_is_put_down_once(nominate, cast):
    seat = nominate(guest("a"), token="t")
    assert nominate(guest("a"), token="t") == seat
    with pytest.raises(Unready) as refused:
        nominate(guest("a"), token="u")
    assert sentences(refused) == [("person", "来宾a is nominated here already.")]


@pytest.mark.parametrize(
    ("since", "sentence"),
    [(TODAY + timedelta(days=1), "This day is still to come; the seat can be taken on that day or later.")],
)
def test_a_seat_is_not_taken_ahead_of_its_day(seated, since, sentence):
    with pytest.raises(Unready) as refused:
        seated(guest("a"), since=since)
    assert sentences(refused) == [("since", sentence)]


def test_a_seat_does_not_end_before_it_began(seated, office):
    seat = seated(guest("a"))
    for until in (TODAY - timedelta(days=1), TODAY + timedelta(days=1)):
        with pytest.raises(Unready):
            bodies.let_go(seat, by=office, until=until, note="误")
    assert Seat.objects.get(pk=seat.pk).state == "seated"


def test_nobody_takes_a_post_of_his_own_hand(nominate, office, chair):
    bodies.let_go(Seat.objects.get(person=office), by=chair, until=TODAY - timedelta(days=1), note="轮换")
    second = guest("a")
    grant("secretary", to=second)
    seat = bodies.approve(nominate_by(chair, second, "deputy"), by=chair, letter_number="1", letter_day=TODAY)
    with pytest.raises(Refusal, match="Nobody takes a post of his own hand"):
        actions.seat(seat, by=second, since=TODAY)
    assert actions.seat(seat, by=chair, since=TODAY).state == "seated"


def nominate_by(by, person, post):
    term = Term.objects.get(state="running")
    return actions.nominate(term=term, person=person, post=post, capacity="head", by=by)


def test_the_administrator_keeps_the_seats_only_as_long_as_nobody_else_can(cast, person, chair):
    admin = person("admin")
    with pytest.raises(Refusal, match="Seats are kept by the secretary"):
        nominate_by(admin, guest("a"), "member")
    for name in ("office", "chair"):
        bodies.let_go(Seat.objects.get(person__username=name), by=person("chair"), until=TODAY, note="离任")
    assert nominate_by(person("admin"), guest("a"), "secretary").state == "nominated"


@pytest.mark.parametrize("role", sorted(OF_SEATS))
def test_a_role_of_seats_is_neither_given_nor_ended_by_hand(cast, role):
    with pytest.raises(Refusal, match="comes and goes with a seat"):
        people.give_role(role, to=cast["branch"], by=cast["admin"])
    held = grant(role, to=cast["branch"])
    with pytest.raises(Refusal, match="comes and goes with a seat"):
        people.end_role(held, by=cast["admin"])


def test_the_form_of_roles_offers_none_of_them(signed_in):
    page = signed_in("admin").get("/admin/fsul_portal/grant/add/").content.decode()
    assert [role for role in OF_SEATS if f'value="{role}"' in page] == []
    assert 'value="district-editor"' in page


def test_handing_over_leaves_the_seat_where_it_is(cast, chair, office):
    from fsul_portal.access.deputies.actions import hand_over

    hand_over(office, guest("a"), by=cast["admin"])
    assert (roles(office), roles(guest("a"))) == ({"secretary"}, set())
    assert (
        Grant.objects.in_force().filter(person__username="a").values_list("role", flat=True).get()
        == "district-reviewer"
    )


def test_both_are_told_by_a_notice_with_the_roles(seated, office):
    person = guest("a")
    seat = seated(person, "deputy")
    taken = Notice.objects.get(recipient=person)
    assert (
        "You have taken your seat: deputy chair" in taken.subject,
        "Deputy chair of the committee" in taken.body,
    ) == (True, True)
    bodies.let_go(seat, by=office, until=TODAY, note="调离")
    assert Notice.objects.filter(recipient=person, subject__startswith="Your seat has ended").count() == 1


def test_a_seat_of_long_ago_is_put_on_record_and_tells_nobody(seated):
    seated(guest("a"), since=TODAY - timedelta(days=40))
    assert not Notice.objects.filter(recipient__username="a").exists()


def test_what_was_held_before_there_were_seats_becomes_seats_once(db, cast):
    Seat.objects.all().delete()
    Term.objects.all().delete()
    grant("chair", to=guest("second"))
    assert seat_who_held_roles() == 4
    assert seat_who_held_roles() == 0
    sitting = {seat.person.username: seat.post for seat in Seat.objects.seated()}
    assert sitting == {"chair": "chair", "second": "deputy", "office": "secretary", "committee": "member"}
    # What the groups hold stands in their memberships.
    assert without_a_seat() == []
    assert (holds(guest("second"), "committee.sign_minutes"), Term.objects.get().state) == (True, "running")


def test_who_held_a_role_and_works_at_no_library_stays_named(db, cast):
    Seat.objects.all().delete()
    Term.objects.all().delete()
    grant("committee-member", to=guest("nowhere", ""))
    seat_who_held_roles()
    assert [str(one) for one in without_a_seat()] == ["nowhere: +committee-member"]


def test_the_page_takes_a_name_and_says_who_is_not_known(signed_in, term):
    client = signed_in("office")
    facts = {"term": term.pk, "post": "member", "capacity": "head", "token": "t"}
    page = client.post("/committee/seats/new/", facts | {"person": "没有此人"})
    assert "Nobody of this name has an open account" in page.content.decode()
    guest("b").save()
    namesake = guest("c")
    namesake.name = "来宾b"
    namesake.save()
    page = client.post("/committee/seats/new/", facts | {"person": "来宾b"}).content.decode()
    assert ("Several people have this name" in page, "b (禅城区总馆（演示）)" in page) == (True, True)
    seat = client.post("/committee/seats/new/", facts | {"person": "b"}, follow=True).context["thing"]
    assert (seat.person.username, seat.unit.code, seat.state) == ("b", "CC001", "nominated")


def test_the_list_says_which_units_have_no_seat(signed_in, seated):
    page = signed_in("observer").get("/committee/seats/")
    assert [unit.code for unit in page.context["now"].units] == ["CC001", "NH001", "GM001", "SS001"]
    for code in ("CC001", "NH001", "GM001", "SS001"):
        seated(guest(f"of-{code}", code))
    assert signed_in("observer").get("/committee/seats/").context["now"].is_complete


def test_ending_and_giving_a_role_at_the_machine_leaves_a_seat_unsupported_and_is_found(cast):
    revoke(Grant.objects.in_force().get(role="chair"))
    assert [str(one) for one in without_a_seat()] == ["chair: -chair"]


def test_a_letter_of_appointment_has_its_number(seated):
    first, second = seated(guest("a")), seated(guest("b"))
    assert (first.appointment, second.appointment) == ("FSUL-PR-2026-001", "FSUL-PR-2026-002")
    assert timezone.localdate() == TODAY


@pytest.mark.clause("6.2.1 b")
def test_whoever_has_a_post_on_the_committee_is_due_at_its_meetings(seated):
    from committee.meetings.rolls.seats import due_on_the_roll

    for number, post in enumerate(post for post in Seat.Post.values if post != "chair"):
        seated(guest(f"p{number}"), post)
    named = {row["name"] for row in due_on_the_roll(Body.objects.committee())}
    assert named >= {"来宾p0", "来宾p1", "来宾p2", "梁主任"}
