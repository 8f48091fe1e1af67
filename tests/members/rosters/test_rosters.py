"""Hold the rosters: an edition for each change, numbers as far as one may read them, files on record (7.2)."""

import io
from datetime import date, timedelta

import openpyxl
import pytest
import time_machine
import vobject

from committee.seats.models import Seat, Term
from fsul_portal.grammar.evidence import Standing
from fsul_portal.records.models import Record
from members.bodies import actions as bodies
from members.libraries.models import Library
from members.people.models import User
from members.rosters.actions import erase_numbers
from members.rosters.models import Roster, RosterLine
from members.rosters.papers import on_paper
from members.rosters.room import rosters_kept
from members.rosters.tasks import ask_each_quarter, tell_of_changes_unsaid
from tests.committee.seats.stage import seat_guest
from tests.english import in_english
from tests.guests import guest
from tests.workgroups.memberships.stage import seated
from workgroups.groups.models import Group

__all__ = ["in_english"]
pytestmark = [pytest.mark.clause("7.2"), pytest.mark.usefixtures("in_english")]
TODAY = date(2026, 11, 23)  # a Monday
MOBILE = "13812345678"


@pytest.fixture(autouse=True)
def a_day_in_november():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def technical(cast):
    """The technical group with somebody from 禅城 whose mobile number is known."""
    person = guest("tech")
    User.objects.filter(pk=person.pk).update(phone=MOBILE)
    seated(cast, "tech")
    return Roster.objects.of(Group.objects.get(key="technical")).current().get()


def names(roster):
    return [line.name for line in roster.lines.order_by("position")]


def numbers_on(page):
    return [number for __, number in page.context["lines"]]


def test_each_change_writes_an_edition_and_the_old_one_stays(cast):
    term = Term.objects.get()
    before = Roster.objects.of(term).get()
    seat = seat_guest(cast, "new")
    second = Roster.objects.of(term).current().get()
    bodies.let_go(seat, by=cast["office"], until=TODAY, note="调离")
    third = Roster.objects.of(term).current().get()
    assert [names(one) for one in (before, second, third)] == [
        ["梁主任", "何秘书", "黄委员"],
        ["梁主任", "何秘书", "来宾new", "黄委员"],
        ["梁主任", "何秘书", "黄委员"],
    ]
    assert [one.number for one in (before, second, third)] == [1, 2, 3]
    assert [one.since for one in (second, third)] == [TODAY, TODAY + timedelta(days=1)]
    assert (second.changed, third.changed) == (
        "来宾new has come: committee member.",
        "来宾new has gone: committee member.",
    )


def test_a_new_term_writes_one_edition_of_its_own(cast):
    from tests.committee.terms.stage import approve, prepare

    office = cast["office"]
    from committee.seats import actions

    first = Term.objects.get()
    actions.change_term(first, first_day=first.first_day, last_day=TODAY - timedelta(days=1), by=office)
    term = actions.begin_term(approve(cast, prepare(cast, 2, TODAY)), since=TODAY, by=office)
    assert (Roster.objects.of(term).count(), Roster.objects.of(first).count()) == (1, 1)
    assert Roster.objects.of(term).get().title == "term 2 of the committee"


@pytest.mark.parametrize(("days", "late"), [(14, False), (15, True)])
def test_an_edition_is_due_ten_working_days_after_the_change_was_known(cast, days, late):
    seat = seat_guest(cast, "new")
    known = TODAY - timedelta(days=days)
    bodies.let_go(seat, by=cast["office"], until=TODAY, known_on=known, note="调离")
    edition = Roster.objects.of(Term.objects.get()).current().get()
    assert (edition.is_late, rosters_kept(TODAY).standing) == (late, Standing.AT_RISK if late else Standing.HELD)


@pytest.mark.checklist("B9")
@pytest.mark.parametrize(
    ("username", "reads"),
    [
        ("technical-lead", MOBILE),
        ("chancheng", MOBILE),
        ("nanhai", "138****5678"),
        ("resources-lead", "138****5678"),
        ("office", "138****5678"),
        ("observer", "138****5678"),
    ],
)
def test_numbers_are_masked_outside_of_district_and_group(signed_in, technical, username, reads):
    page = signed_in(username).get(technical.get_absolute_url())
    assert reads in numbers_on(page)
    assert (MOBILE in page.content.decode()) == (reads == MOBILE)


@pytest.mark.checklist("B9")
@pytest.mark.parametrize(
    ("username", "status"), [("office", 200), ("committee", 200), ("nanhai", 403), ("observer", 403)]
)
def test_showing_the_numbers_is_for_those_who_oversee_and_on_record(signed_in, technical, username, status):
    client = signed_in(username)
    page = client.post(f"{technical.get_absolute_url()}numbers/")
    assert page.status_code == status
    shown = Record.objects.of(technical).filter(verb="numbers shown")
    assert ([one.by.username for one in shown], MOBILE in page.content.decode()) == (
        ([username], True) if status == 200 else ([], False)
    )
    # Looked at once more, they are masked again.
    assert MOBILE not in client.get(technical.get_absolute_url()).content.decode()


@pytest.mark.parametrize(("username", "reads"), [("office", MOBILE), ("nanhai", "138****5678")])
def test_a_workbook_holds_what_its_reader_may_see_and_is_on_record(signed_in, technical, username, reads):
    answer = signed_in(username).get(f"{technical.get_absolute_url()}roster.xlsx")
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.values)
    assert [row[6] for row in rows if row[1] == "来宾tech"] == [reads]
    entry = Record.objects.of(technical).get(verb="roster exported")
    assert (entry.by.username, entry.after) == (username, {"form": "xlsx", "numbers": username == "office"})


def test_cards_are_read_by_an_address_book(signed_in, technical):
    client, address = signed_in("technical-lead"), technical.get_absolute_url()
    cards = list(vobject.readComponents(client.get(f"{address}people.vcf").content.decode()))
    assert [card.fn.value for card in cards] == ["张技术", "来宾tech"]
    line = technical.lines.get(name="来宾tech")
    [card] = vobject.readComponents(client.get(f"{address}people/{line.pk}.vcf").content.decode())
    assert (card.fn.value, card.tel.value, card.org.value, card.title.value) == (
        "来宾tech",
        MOBILE,
        ["禅城区总馆（演示）"],
        "group member",
    )
    [masked] = vobject.readComponents(signed_in("nanhai").get(f"{address}people/{line.pk}.vcf").content.decode())
    assert "tel" not in masked.contents
    other = Roster.objects.exclude(pk=technical.pk).first()
    assert client.get(f"{other.get_absolute_url()}people/{line.pk}.vcf").status_code == 404


def test_paper_carries_masked_numbers(technical):
    cells = [cell.text for part in on_paper(technical).body for row in getattr(part, "rows", ()) for cell in row]
    assert ("138****5678" in cells, MOBILE in cells) == (True, False)


def test_a_number_is_erased_long_after_somebody_has_left_and_the_name_stays(cast, technical, settings):
    membership = technical.body.memberships.get(person__username="tech")
    bodies.let_go(membership, by=cast["office"], until=TODAY, note="调离")
    line = RosterLine.objects.get(roster=technical, name="来宾tech")
    for days, number in ((settings.ROSTER_NUMBERS_KEPT_DAYS, MOBILE), (settings.ROSTER_NUMBERS_KEPT_DAYS + 1, "")):
        erase_numbers(TODAY + timedelta(days=days))
        line.refresh_from_db()
        assert (line.phone, line.name) == (number, "来宾tech")
    assert erase_numbers(TODAY + timedelta(days=999)) == 0
    assert Record.objects.of(technical).filter(verb="numbers erased").count() == 1


def test_a_number_of_somebody_who_sits_elsewhere_is_kept(cast, technical):
    membership = technical.body.memberships.get(person__username="tech")
    bodies.let_go(membership, by=cast["office"], until=TODAY, note="调离")
    seat_guest(cast, "tech")
    assert erase_numbers(TODAY + timedelta(days=999)) == 0


def test_a_closed_account_and_a_move_are_told_and_late_after_ten_working_days(cast):
    from members.people.actions import change_account, deactivate

    seats = [seat_guest(cast, name) for name in ("gone", "moved")]
    deactivate(seats[0].person, by=cast["admin"])
    change_account(seats[1].person, {"library": Library.objects.get(code="SD001")}, by=cast["admin"])
    told = tell_of_changes_unsaid(TODAY)
    assert {one.recipient.username for one in told} == {"chair", "office"}
    assert {one.subject.split(":")[0] for one in told} == {
        "The account is closed, the seat is not ended",
        "Has moved to another library",
    }
    assert tell_of_changes_unsaid(TODAY + timedelta(days=14)) == []
    late = TODAY + timedelta(days=15)
    assert len(tell_of_changes_unsaid(late)) == 4
    with time_machine.travel(late):
        assert rosters_kept(late).standing is Standing.AT_RISK


def test_each_unit_is_asked_once_a_quarter_and_silence_is_told(cast, person):
    day = date(2027, 1, 4)
    told = ask_each_quarter(day)
    assert {one.recipient.username for one in told} == {"office"}  # of the central library; nobody reviews for 顺德
    seat_guest(cast, "nh", code="NH001")
    told = ask_each_quarter(day)
    assert {one.recipient.username for one in told} == {"nanhai-reviewer"}
    assert ask_each_quarter(day + timedelta(days=1)) == []
    due = date(2027, 1, 18)
    assert {one.recipient.username for one in ask_each_quarter(due)} == {"office", "nanhai-reviewer"}
    late = ask_each_quarter(due + timedelta(days=1))
    assert {one.recipient.username for one in late} == {"chair", "office"}
    assert rosters_kept(due + timedelta(days=1)).standing is Standing.AT_RISK


def test_a_press_confirms_and_a_correction_waits_for_the_office(cast, signed_in, person):
    seat_guest(cast, "nh", code="NH001")
    ask_each_quarter(TODAY)
    client = signed_in("nanhai-reviewer")
    page = client.get("/members/rosters/checks/")
    [check] = [thing for thing, __ in page.context["lines"]]
    assert check.unit.code == "NH001"
    assert client.post(f"{check.get_absolute_url()}correct/", {"version": 0, "note": "号码有误"}).status_code == 302
    office = person("office")
    assert office.notices.filter(subject__startswith="To be corrected").count() == 1
    office_client = signed_in("office")
    assert office_client.post(f"{check.get_absolute_url()}settle/", {"version": 1, "note": ""}).status_code == 302
    check.refresh_from_db()
    assert (check.state, check.answered_by.username, check.settled_by.username) == (
        "confirmed",
        "nanhai-reviewer",
        "office",
    )


def test_another_district_finds_no_check_of_nanhai(cast, signed_in):
    seat_guest(cast, "nh", code="NH001")
    [check] = [one for one in _checks() if one.unit.code == "NH001"]
    assert signed_in("chancheng").get(check.get_absolute_url()).status_code == 404
    assert signed_in("nanhai-reviewer").get(check.get_absolute_url()).status_code == 200


def _checks():
    from members.rosters.quarters.actions import ask_units

    return ask_units(TODAY)


def test_a_list_of_many_editions_costs_no_more_queries(signed_in, cast, django_assert_max_num_queries):
    client = signed_in("office")
    client.get("/members/rosters/?tab=all")
    for number in range(12):
        seat_guest(cast, f"m{number}")
    assert Seat.objects.seated().count() == 15
    with django_assert_max_num_queries(20):
        assert len(client.get("/members/rosters/?tab=all").context["lines"]) == 16


@pytest.mark.parametrize("keep", ["own page", "administrator"])
def test_another_number_writes_an_edition_of_each_body_and_the_same_one_none(cast, technical, keep):
    from fsul_portal.account.actions import keep_details
    from members.people.actions import change_account

    person = User.objects.get(username="tech")

    # Masked, both numbers look alike.
    for phone, editions in ((MOBILE, 0), ("13899995678", 1)):
        facts = {"phone": phone, "email": person.email}
        if keep == "own page":
            keep_details(person, facts, by=person)
        else:
            change_account(person, facts, by=cast["admin"])
        assert Roster.objects.of(technical.body).count() - technical.number == editions
    newest = Roster.objects.of(technical.body).current().get()
    assert (newest.lines.get(person=person).phone, newest.changed) == ("13899995678", "来宾tech is reached otherwise.")
    assert technical.lines.get(person=person).phone == MOBILE


def test_who_sits_nowhere_changes_his_number_and_no_roster(cast):
    from members.people.actions import change_account

    before = Roster.objects.count()
    change_account(cast["branch"], {"phone": MOBILE}, by=cast["admin"])
    assert Roster.objects.count() == before


def test_who_has_left_a_body_reads_its_numbers_no_more_not_even_the_old_ones(cast, signed_in, technical):
    person = guest("gone", "SD001")
    membership = seated(cast, "gone")
    type(membership).objects.filter(pk=membership.pk).update(unit=Library.objects.get(code="SD001"))
    roster = Roster.objects.of(technical.body).current().get()
    person.set_password("x")
    client = signed_in("gone")
    assert MOBILE in client.get(roster.get_absolute_url()).content.decode()
    bodies.let_go(membership, by=cast["office"], until=TODAY, note="调离")
    assert MOBILE not in client.get(roster.get_absolute_url()).content.decode()


def test_a_check_shows_numbers_to_the_district_and_masks_them_to_the_office(cast, signed_in):
    User.objects.filter(pk=guest("nh", "NH001").pk).update(phone=MOBILE)
    seated(cast, "nh")
    [check] = [one for one in _checks() if one.unit.code == "NH001"]
    for username, is_shown in (("nanhai-reviewer", True), ("office", False)):
        assert (MOBILE in signed_in(username).get(check.get_absolute_url()).content.decode()) is is_shown


def test_a_number_of_an_office_is_masked_to_nobody(signed_in, technical):
    RosterLine.objects.filter(roster=technical, name="来宾tech").update(phone="0757-86000000")
    assert "0757-86000000" in numbers_on(signed_in("observer").get(technical.get_absolute_url()))
