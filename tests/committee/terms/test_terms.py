"""Hold the terms of the committee: one in office, the next one begins as a whole (5.1)."""

from datetime import date, timedelta

import pytest

from committee.seats import actions
from committee.seats.composition import composition
from committee.seats.models import Seat, Term
from committee.seats.room import committee_seated
from committee.seats.tasks import tell_of_ending_term, tell_of_vacancies
from fsul_portal.access.rules import people_in_role
from fsul_portal.grammar.evidence import NO_RECORD, Standing
from fsul_portal.verdicts import Refusal, Unready
from members.bodies import actions as bodies
from members.bodies.rights import without_a_seat
from tests.guests import guest

pytestmark = pytest.mark.clause("5.1")
TODAY = date(2026, 11, 23)
UNITS = ("FS001", "CC001", "NH001", "SD001", "GM001", "SS001")


@pytest.fixture
def next_term(cast, office):
    """The second term, from today on; the first one is cut short."""
    first = Term.objects.get(number=1)
    actions.change_term(first, first_day=first.first_day, last_day=TODAY - timedelta(days=1), by=office)
    return actions.prepare_term(number=2, first_day=TODAY, last_day=date(2031, 11, 22), by=office)


@pytest.fixture
def approved(next_term, office, cast):
    """The second term with the same secretary, another chair, and one person for each unit."""
    people = [(guest("new-chair", "FS001"), "chair"), (office, "secretary")]
    people += [(guest(f"of-{code}", code), "member") for code in UNITS[1:]]
    for person, post in people:
        actions.nominate(term=next_term, person=person, post=post, capacity="in_charge", by=office)
    return actions.record_letter(next_term, letter_number="佛图学〔2026〕9号", letter_day=TODAY, by=office)


def test_a_new_term_takes_over_as_a_whole_and_nobody_is_without_rights_in_between(approved, office, person):
    term = actions.begin_term(approved, since=TODAY, by=office)
    assert (term.state, Term.objects.get(number=1).state) == ("running", "over")
    assert [one.username for one in people_in_role("chair", "secretary")] == ["office", "new-chair"]
    assert {seat.until for seat in Seat.objects.filter(term__number=1)} == {TODAY - timedelta(days=1)}
    assert without_a_seat() == []
    assert committee_seated(TODAY).standing is Standing.HELD
    assert not person("chair").has_perm("committee.sign_minutes")


def test_the_past_is_answered_as_it_was(approved, office):
    actions.begin_term(approved, since=TODAY, by=office)
    before = composition(TODAY - timedelta(days=1))
    assert {seat.person.username for seat in before.seats} == {"chair", "office", "committee"}
    assert (before.term.number, before.chair.person.username) == (1, "chair")


def test_a_term_begins_within_its_days_and_not_ahead(approved, office):
    for since, sentence in (
        (TODAY - timedelta(days=1), "This day does not lie within the term."),
        (TODAY + timedelta(days=1), "This day is still to come; let the term begin on that day or later."),
    ):
        with pytest.raises(Unready) as refused:
            actions.begin_term(approved, since=since, by=office)
        assert [str(fault.sentence) for fault in refused.value.findings] == [sentence]
    assert Term.objects.get(number=1).state == "running"


def test_who_was_seated_today_is_not_let_go_yesterday(approved, office, cast):
    seat = actions.nominate(
        term=Term.objects.get(number=1), person=guest("late"), post="member", capacity="head", by=office
    )
    seat = bodies.approve(seat, by=office, letter_number="1", letter_day=TODAY)
    actions.seat(seat, by=office, since=TODAY)
    with pytest.raises(Unready, match="this seat was taken on that day or later"):
        actions.begin_term(approved, since=TODAY, by=office)


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ((date(2031, 1, 1), date(2031, 1, 1)), "The term ends before it begins."),
        ((date(2031, 1, 2), date(2031, 1, 1)), "The term ends before it begins."),
        ((TODAY, date(2031, 1, 1)), "terms share no day"),
    ],
)
def test_days_that_cannot_be_are_refused(cast, office, days, sentence):
    with pytest.raises(Unready, match=sentence):
        actions.prepare_term(number=2, first_day=days[0], last_day=days[1], by=office)
    assert Term.objects.count() == 1


def test_a_number_is_given_once(cast, office):
    last = Term.objects.get().last_day
    with pytest.raises(Unready, match="There is a term of this number already"):
        actions.prepare_term(number=1, first_day=last + timedelta(days=1), last_day=last + timedelta(days=9), by=office)


def test_nobody_begins_a_term_that_gives_him_another_post(next_term, office):
    actions.nominate(term=next_term, person=office, post="chair", capacity="in_charge", by=office)
    term = actions.record_letter(next_term, letter_number="1", letter_day=TODAY, by=office)
    with pytest.raises(Refusal, match="Nobody takes a post of his own hand"):
        actions.begin_term(term, since=TODAY, by=office)


def test_a_single_seat_of_a_prepared_term_waits_for_the_whole(approved, office):
    with pytest.raises(Refusal, match="The term has not begun"):
        actions.seat(approved.seats.get(post="chair"), by=office, since=TODAY)


def test_a_term_that_ends_is_told_once_at_each_step_and_goes_on(cast, office, chair):
    term = Term.objects.get()
    actions.change_term(term, first_day=term.first_day, last_day=date(2027, 1, 20), by=office)
    told = {
        day: sorted(notice.recipient.username for notice in tell_of_ending_term(day))
        for day in (date(2026, 11, 20), date(2026, 11, 23), date(2026, 11, 24), date(2026, 12, 21), date(2027, 1, 21))
    }
    both = ["chair", "office"]
    assert list(told.values()) == [[], both, [], both, both]
    assert people_in_role("chair").count() == 1


def test_a_vacancy_is_told_once_and_another_one_anew(cast, office, chair):
    assert {notice.recipient.username for notice in tell_of_vacancies(TODAY)} == {"chair", "office"}
    assert tell_of_vacancies(TODAY + timedelta(days=1)) == []
    bodies.let_go(Seat.objects.get(post="chair"), by=office, until=TODAY, note="退休")
    [notice] = tell_of_vacancies(TODAY + timedelta(days=1))
    assert "专委会暂缺主任委员。" in notice.body or "The committee has no chair." in notice.body


def test_without_a_term_nobody_is_told_and_there_is_no_record(cast):
    Seat.objects.all().delete()
    Term.objects.all().delete()
    assert (tell_of_vacancies(TODAY), tell_of_ending_term(TODAY)) == ([], [])
    assert committee_seated(TODAY) == NO_RECORD


def test_conformity_is_at_risk_near_the_end_of_a_term(approved, office):
    term = actions.begin_term(approved, since=TODAY, by=office)
    assert committee_seated(date(2031, 8, 1)).standing is Standing.HELD
    assert committee_seated(date(2031, 10, 1)).standing is Standing.AT_RISK
    assert term.is_overdue is False
