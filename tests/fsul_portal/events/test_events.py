"""Hold events: announced, signed up for, held with a roll, evaluated, hours per person."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from fsul_portal.events import actions, letters
from fsul_portal.notices.models import Notice
from fsul_portal.records.models import Record
from fsul_portal.verdicts import Closed, NotNow, Overtaken, Unready
from members.people.models import User
from tests.english import in_english
from tests.hands import at_once, many_hands
from tests.small.event import Course, CourseLine
from tests.small.situations import course

__all__ = ["in_english", "many_hands"]
State = Course.State
DAY = timedelta(days=1)


@pytest.fixture
def hands(person, in_english):
    return {name: person(name) for name in ("office", "chair", "committee", "technical-lead", "branch")}


def announced(hands, days=-1, **facts):
    return actions.announce(course(hands["office"], days, **facts), by=hands["office"])


def line_of(event, who):
    return event.roll.get(person=who)


def held(hands):
    """A course to which the chair came, and the committee's member did not."""
    event = announced(hands)
    lines = {name: actions.sign_up(event, by=hands[name]).pk for name in ("chair", "committee")}
    said = {lines["chair"]: "present", lines["committee"]: "excused"}
    return actions.hold(actions.write_roll(event, by=hands["office"], presences=said), by=hands["office"])


def test_an_event_lives_from_the_plan_to_its_evaluation(hands):
    event = actions.evaluate(held(hands), by=hands["office"], evaluation="增加实操")
    closed = actions.close(event, by=hands["office"])
    assert (closed.state, closed.held_by, closed.evaluation) == (State.CLOSED, hands["office"], "增加实操")
    assert [record.verb for record in Record.objects.of(closed).order_by("pk")] == [
        f"event {verb}"
        for verb in ("planned", "announced", "signed up", "signed up", "roll", "held", "evaluated", "closed")
    ]


def test_nobody_is_present_until_somebody_has_said_so(hands):
    event = announced(hands)
    line = actions.sign_up(event, by=hands["chair"])
    assert (line.presence, line.hours, event.roll.present().count()) == ("", 0, 0)
    with pytest.raises(NotNow, match="1 line says nothing yet"):
        actions.hold(event, by=hands["office"])
    with pytest.raises(IntegrityError), transaction.atomic():
        CourseLine.objects.update(hours=3)


def test_a_roll_without_anybody_is_not_signed_and_none_before_it_has_begun(hands):
    with pytest.raises(NotNow, match="Nobody is on the roll"):
        actions.hold(announced(hands), by=hands["office"])
    with pytest.raises(NotNow, match="has not begun"):
        actions.write_roll(announced(hands, days=2), by=hands["office"], presences={})


def test_hours_are_summed_by_person_in_one_query(hands, django_assert_num_queries):
    held(hands)
    today = timezone.localdate()
    other = announced(hands)
    line = actions.sign_up(other, by=hands["chair"])
    actions.write_roll(other, by=hands["office"], presences={line.pk: "present"}, hours={line.pk: Decimal("1.5")})
    not_signed = CourseLine.objects.hours_by_person(today - 9 * DAY, today)
    assert not_signed == {hands["chair"].pk: Decimal("3.0")}
    actions.hold(other, by=hands["office"])
    with django_assert_num_queries(1):
        assert CourseLine.objects.hours_by_person(today - 9 * DAY, today) == {hands["chair"].pk: Decimal("4.5")}
    assert CourseLine.objects.hours_by_person(today + DAY, today + 9 * DAY) == {}


def test_places_run_out_and_become_free_again(hands):
    event = announced(hands, days=5, places=1)
    actions.sign_up(event, by=hands["chair"])
    with pytest.raises(NotNow, match="All 1 places are taken"):
        actions.sign_up(event, by=hands["committee"])
    actions.sign_off(event, by=hands["chair"])
    assert actions.sign_up(event, by=hands["committee"]).person == hands["committee"]
    actions.sign_off(event, by=hands["committee"])
    again = actions.sign_up(event, by=hands["chair"])
    assert (again.signed_off_at, event.roll.count()) == (None, 2)


def test_one_signs_up_for_himself_once_and_the_keeper_for_others(hands):
    event = announced(hands, days=5)
    actions.sign_up(event, by=hands["office"], person=hands["branch"], unit="NH002")
    with pytest.raises(Overtaken, match="冯分馆 is on the list already"):
        actions.sign_up(event, by=hands["office"], person=hands["branch"])
    with pytest.raises(PermissionDenied, match="You sign up for yourself"):
        actions.sign_up(event, by=hands["chair"], person=hands["committee"])
    with pytest.raises(PermissionDenied, match="This is for"):
        actions.sign_up(event, by=hands["branch"])


def test_who_signs_up_late_is_taken_and_marked(hands):
    event = announced(hands, days=5, sign_up_until=timezone.localdate() - DAY)
    assert actions.sign_up(event, by=hands["chair"]).is_late


def test_a_guest_stands_on_the_roll_once(hands):
    event = announced(hands)
    lines = {actions.add_guest(event, by=hands["office"], name="来宾", unit="市文化部门").pk for __ in range(2)}
    assert len(lines) == 1


def test_a_signed_roll_does_not_change(hands):
    event = held(hands)
    with pytest.raises(Overtaken, match="It is held"):
        actions.write_roll(event, by=hands["office"], presences={})
    with pytest.raises(Overtaken, match="It is held"):
        actions.change(event, by=hands["office"], starts_at=timezone.now())


def test_nothing_is_closed_that_was_not_evaluated_and_nothing_changes_afterwards(hands):
    event = held(hands)
    with pytest.raises(NotNow, match="has not been evaluated"):
        actions.close(event, by=hands["office"])
    actions.evaluate(event, by=hands["office"], evaluation="好")
    actions.close(event, by=hands["office"])
    with pytest.raises(Closed, match="It is closed"):
        actions.evaluate(event, by=hands["office"], evaluation="更好")


def test_times_that_cannot_be_are_refused_at_their_field(hands):
    begins = timezone.now() + 5 * DAY
    for facts, field in (
        ({"ends_at": begins - DAY}, "ends_at"),
        ({"sign_up_until": timezone.localdate() + 9 * DAY}, "sign_up_until"),
    ):
        with pytest.raises(Unready) as refused:
            course(hands["office"], 5, **facts)
        assert [fault.field for fault in refused.value.findings] == [field]


def test_material_is_attached_by_the_keeper_until_it_is_closed(hands):
    event = announced(hands)
    assert [bool(event.may_attach(hands[name])) for name in ("office", "chair")] == [True, False]
    assert not actions.cancel(event, by=hands["office"], note="x").may_attach(hands["office"])


def test_those_expected_are_told_of_changes_and_the_keepers_of_what_is_missing(hands):
    today = timezone.localdate()
    event = announced(hands, days=7)
    actions.sign_up(event, by=hands["chair"])
    actions.change(event, by=hands["office"], place="报告厅")
    told = [[one.subject for one in letters.remind(Course, day)] for day in (today, today, today + 6 * DAY)]
    assert told == [["Takes place soon: 编目培训"], [], ["Takes place soon: 编目培训"]]
    keepers = event.people_in("keeper").count()
    over = today + 9 * DAY
    assert [len(letters.remind(Course, day)) for day in (over, over)] == [keepers, 0]
    actions.cancel(event, by=hands["office"], note="台风")
    subjects = Notice.objects.filter(recipient=hands["chair"]).order_by("pk").values_list("subject", flat=True)
    assert list(subjects) == [
        f"{word}: 编目培训"
        for word in ("You are invited", "Changed", "Takes place soon", "Takes place soon", "Cancelled")
    ]


def test_of_many_who_want_the_last_place_one_gets_it(cast, many_hands):
    names = ("chair", "committee", "technical-lead", "resources-lead")
    event = actions.announce(course(cast["office"], 5, places=1), by=cast["office"])

    def sign_up(number):
        return actions.sign_up(event, by=User.objects.get(username=names[number]))

    outcomes = at_once(sign_up, times=4)
    assert sorted(type(one).__name__ for one in outcomes) == ["CourseLine", "NotNow", "NotNow", "NotNow"]
    assert event.signed_up().count() == 1
