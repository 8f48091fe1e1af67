"""Hold the clocks of turns: due, overdue, the next person up, and the page of who waits for whom."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from fsul_portal.access.deputies.models import Deputy
from fsul_portal.approvals.clocks.tasks import ladder, place_turns_again, remind_of_turns
from fsul_portal.approvals.clocks.waits import stretches
from fsul_portal.approvals.models import Turn
from fsul_portal.calendar import add_working_days
from tests.workgroups.conftest import draft, submitted
from workgroups.coordination.filings import actions

__all__ = ["draft", "submitted"]


def told(notices):
    return sorted(notice.recipient.username for notice in notices)


def day_after(turn, working_days):
    return add_working_days(turn.due_on, working_days).day


@pytest.mark.clause("6.2.1 e")
def test_the_seat_is_reminded_on_the_due_day_and_once(submitted):
    turn = submitted().turns.get(step=1)
    assert remind_of_turns(turn.due_on - timedelta(days=1)) == []
    assert told(remind_of_turns(turn.due_on)) == ["nanhai-reviewer"]
    assert remind_of_turns(turn.due_on) == []


@pytest.mark.clause("6.2.1 e")
def test_the_next_person_up_is_the_deputy_then_the_lead_then_the_chair(submitted, person):
    turn = submitted().turns.get(step=1)
    absent = person("nanhai-reviewer")
    days = {"first_day": timezone.localdate(), "last_day": timezone.localdate() + timedelta(days=60)}
    Deputy.objects.create(absent=absent, deputy=person("committee"), word_of=absent, named_by=absent, **days)
    remind_of_turns(turn.due_on)
    up = [told(remind_of_turns(day_after(turn, days))) for days in settings.TURN_PASSED_ON_AFTER]
    assert up == [["committee"], ["coordination-lead"], ["chair"]]
    assert remind_of_turns(day_after(turn, 20)) == []


def test_a_step_of_the_ladder_without_anybody_is_left_out(submitted):
    turn = submitted().turns.get(step=1)
    assert [[one.username for one in step] for step in ladder(turn)] == [["coordination-lead"], ["chair"]]


def test_days_on_which_nobody_looked_are_made_up_for_in_one_notice_a_person(submitted):
    turns = [submitted(code).turns.get(step=1) for code in ("NH002", "NH003")]
    notices = remind_of_turns(day_after(turns[0], 20))
    assert told(notices) == ["chair", "coordination-lead", "nanhai-reviewer"]
    assert {notice.body.count("NH00") for notice in notices} == {2}


@pytest.mark.clause("6.2.1 e")
def test_what_comes_late_is_taken_and_marked(submitted, person):
    filing = submitted()
    Turn.objects.filter(step=1).update(due_on=timezone.localdate() - timedelta(days=1))
    actions.agree(filing, by=person("nanhai-reviewer"))
    assert filing.turns.get(step=1).is_late


def test_a_calendar_that_moves_a_library_moves_its_turn(submitted, person, library):
    turn = submitted().turns.get(step=1)
    Turn.objects.filter(pk=turn.pk).update(place_id=None, place_type=None)
    place_turns_again()
    turn.refresh_from_db()
    assert turn.placed_on == library("NH003").district


def test_the_page_tells_since_when_and_how_long_on_the_median(submitted, person, signed_in):
    for code, days in (("NH002", 1), ("NH003", 3), ("NH004", 8)):
        filing = submitted(code)
        Turn.objects.of(filing).filter(step=1).update(opened_at=timezone.now() - timedelta(days=days))
        actions.agree(filing, by=person("nanhai-reviewer"))
    with translation.override("en"):
        signature = next(one for one in stretches() if "Signature" in one.title)
    assert (signature.waiting, signature.answered, signature.days) == (0, 3, 3.0)
    assert signed_in("office").get("/waits/").status_code == 200


@pytest.mark.parametrize("username", ["admin", "committee", "coordination-lead", "nanhai", "observer"])
def test_only_office_and_chair_see_who_waits_for_whom(username, cast, signed_in):
    assert signed_in(username).get("/waits/").status_code == 403
    assert signed_in("chair").get("/waits/").status_code == 200


def test_the_page_costs_the_same_with_one_and_with_many(submitted, signed_in):
    client = signed_in("office")
    submitted("NH002")
    client.get("/waits/")
    with CaptureQueriesContext(connection) as first:
        client.get("/waits/")
    for code in ("NH001", "NH003", "NH004"):
        submitted(code)
    with CaptureQueriesContext(connection) as second:
        client.get("/waits/")
    assert len(second) == len(first)
