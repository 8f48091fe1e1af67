"""Break turns and clocks: every refusal with its kind, two at once, holidays, the year's end, what nobody knows."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from fsul_portal.access.actions import grant
from fsul_portal.approvals import actions
from fsul_portal.approvals.clocks.tasks import ladder, remind_of_turns
from fsul_portal.approvals.clocks.waits import stretches
from fsul_portal.approvals.kinds import KINDS
from fsul_portal.approvals.models import Matter, Turn
from fsul_portal.approvals.room import turns as on_the_desk
from fsul_portal.approvals.rounds import NoStage, open_rounds
from fsul_portal.approvals.rules import (
    look_up_stages,
    may_enter_decision,
    may_give_opinion,
    may_recall,
    may_turn_down,
    may_write_again,
)
from fsul_portal.approvals.verbs import consent
from fsul_portal.notices.models import Notice, Reader
from fsul_portal.records.models import Record
from fsul_portal.verdicts import Closed, Kind
from members.people.models import User
from tests.fsul_portal.test_approvals import fresh, groups, lay_way, leads, open_keys, stand_in, submit
from tests.fsul_portal.test_clocks import day_after, told
from tests.hands import at_once, many_hands
from workgroups.coordination.filings.models import Filing
from workgroups.groups.models import Group

__all__ = ["leads", "many_hands", "submit"]

State = Matter.State
SHANGHAI = ZoneInfo("Asia/Shanghai")
TWO = groups("technical 1", "coordination 2")


@pytest.fixture
def matter(submit):
    """A matter for two groups, one after the other."""
    lay_way(*TWO)
    return submit()


def said(verdict):
    return getattr(verdict, "sentence", ""), getattr(verdict, "kind", None)


def second_lead(key):
    user = User.objects.create_user(f"second-{key}", name="宋副组")
    grant("group-lead", to=user, on=Group.objects.get(key=key))
    return User.objects.get(pk=user.pk)


@pytest.mark.parametrize("rule", [may_give_opinion, may_turn_down, may_enter_decision])
@pytest.mark.parametrize(
    ("by", "sentence", "kind"),
    [
        ("nanhai", "Nobody reviews a matter of their own.", Kind.NO_RIGHT),
        ("coordination-lead", "It is the turn of: lead of technical.", Kind.NOT_NOW),
        ("resources-lead", "It is the turn of: lead of technical.", Kind.NO_RIGHT),
        ("observer", "It is the turn of: lead of technical.", Kind.NO_RIGHT),
    ],
)
def test_whoever_has_no_turn_reads_whose_it_is_and_whether_his_comes(rule, by, sentence, kind, matter, person):
    with translation.override("en"):
        assert said(rule(person(by), matter)) == (sentence, kind)


@pytest.mark.parametrize(
    ("by_decision", "rule", "sentence"),
    [
        (True, may_give_opinion, "This stage waits for a decision: enter its number and day."),
        (False, may_enter_decision, "This stage waits for an opinion, not for a decision."),
    ],
)
def test_a_turn_says_what_it_waits_for_and_is_turned_down_either_way(by_decision, rule, sentence, submit, person):
    lay_way(("office", 1, "office", {"by_decision": by_decision}))
    matter, office = submit(), person("office")
    with translation.override("en"):
        assert said(rule(office, matter)) == (sentence, Kind.NOT_NOW)
    assert may_turn_down(office, matter)


def test_the_same_button_pressed_twice_says_whose_turn_it_is_now(matter, leads):
    actions.agree(matter, by=leads["technical"])
    with translation.override("en"):
        verdict = may_give_opinion(leads["technical"], fresh(matter))
    assert said(verdict) == ("It is the turn of: lead of coordination.", Kind.OVERTAKEN)


@pytest.mark.parametrize(
    ("act", "sentence", "kind"),
    [
        ("give_back", "张技术 has returned it for correction; it is with those who wrote it.", Kind.OVERTAKEN),
        ("refuse", "This is no longer awaiting review: 张技术 has decided; it is refused.", Kind.CLOSED),
        ("withdraw", "关南海 has withdrawn it.", Kind.CLOSED),
        ("recall", "It has not been submitted yet.", Kind.NOT_NOW),
    ],
)
def test_whoever_comes_too_late_reads_what_has_become_of_it(act, sentence, kind, matter, leads, person):
    by = leads["technical"] if act in ("give_back", "refuse") else person("nanhai")
    getattr(actions, act)(matter, by=by, note="说明")
    with translation.override("en"):
        assert said(may_give_opinion(second_lead("technical"), fresh(matter))) == (sentence, kind)
        assert said(may_give_opinion(leads["coordination"], fresh(matter))) == (sentence, kind)


def test_an_accepted_matter_may_still_take_effect_and_so_is_not_closed(matter, leads):
    for key in ("technical", "coordination"):
        actions.agree(matter, by=leads[key])
    with translation.override("en"):
        verdict = may_give_opinion(leads["technical"], fresh(matter))
    assert verdict.kind == Kind.OVERTAKEN
    assert said(may_write_again(leads["technical"], fresh(matter)))[1] == Kind.OVERTAKEN


@pytest.mark.parametrize(
    ("by", "sentence", "kind"),
    [
        ("nanhai", "", None),
        ("nanhai-reviewer", "Only whoever submitted it takes it back.", Kind.NO_RIGHT),
        ("technical-lead", "Only whoever submitted it takes it back.", Kind.NO_RIGHT),
    ],
)
def test_a_submission_is_recalled_by_nobody_else(by, sentence, kind, matter, person):
    with translation.override("en"):
        assert said(may_recall(person(by), matter)) == (sentence, kind)


def test_what_is_no_longer_submitted_is_not_recalled(matter, person):
    actions.recall(matter, by=person("nanhai"))
    with translation.override("en"):
        verdict = may_recall(person("nanhai"), fresh(matter))
    assert said(verdict) == ("It is draft; there is nothing to recall.", Kind.OVERTAKEN)


@pytest.mark.checklist("D4")
def test_of_two_of_one_seat_who_answer_at_once_one_is_heard(many_hands, matter, leads):
    people = [leads["technical"], second_lead("technical")]

    def answer(number):
        with transaction.atomic():
            locked = actions.lock(Filing.objects.get(pk=matter.pk))
            return actions.agree(locked, by=User.objects.get(pk=people[number].pk))

    outcomes = at_once(answer, times=2)
    assert sorted(type(one).__name__ for one in outcomes) == ["Filing", "Overtaken"]
    assert (fresh(matter).step, fresh(matter).opinions.count(), open_keys(matter)) == (2, 1, ["coordination"])


def test_a_way_on_which_nothing_would_be_asked_leaves_the_matter_as_it_was(person, library):
    lay_way(("technical", 1, "technical", {"condition": "upper_level"}))
    facts = {"kind": "move", "effective_on": "2027-05-10", "reason": "x", "started_by": person("nanhai")}
    row = Filing.objects.create(library=library("NH003"), form_token="x", **facts)
    with pytest.raises(NoStage):
        actions.submit(row, by=person("nanhai"))
    assert (fresh(row).state, row.state, Turn.objects.count()) == (State.DRAFT, State.DRAFT, 0)


def test_nothing_to_do_is_done_without_a_word(cast):
    assert actions.agree_to_all([], by=cast["office"]) == []
    assert (open_rounds([]), look_up_stages(cast["office"], []), Turn.objects.count()) == (None, None, 0)


def test_many_are_agreed_to_as_one_and_one_that_is_refused_stops_all(submit, leads):
    lay_way(*groups("technical 1"))
    first, second, gone = (submit(code) for code in ("NH003", "NH004", "NH002"))
    actions.refuse(gone, by=leads["technical"], note="x")
    with pytest.raises(Closed):
        actions.agree_to_all([first, gone], by=leads["technical"])
    assert fresh(first).state == State.SUBMITTED
    agreed = actions.agree_to_all([first, second], by=leads["technical"])
    assert [one.state for one in agreed] == [State.ACCEPTED] * 2
    assert [Record.objects.of(one)[0].verb for one in agreed] == ["agreed"] * 2


def test_the_button_is_called_what_it_is_at_the_stage_of_the_reader(matter, leads, person):
    with translation.override("zh-hans"):
        assert [str(consent(one, matter)) for one in (leads["technical"], person("observer"))] == ["同意", "同意"]
    Turn.objects.update(verb_en="Countersign")
    with translation.override("en"):
        said = [str(consent(one, fresh(matter))) for one in (leads["technical"], person("observer"))]
    assert said == ["Countersign", "Agree"]


@pytest.mark.checklist("B9")
def test_a_deputy_who_answered_reads_it_on_and_is_told_whose_turn_it_is(matter, leads, person):
    stand_in(person("committee"), leads["technical"])
    actions.agree(matter, by=person("committee"))
    assert list(Filing.objects.filter(Filing.objects.in_turns_of(person("committee")))) == [matter]
    with translation.override("en"):
        verdict = may_give_opinion(person("committee"), fresh(matter))
        absent = may_give_opinion(leads["technical"], fresh(matter))
    due = ("It is the turn of: lead of coordination.", Kind.OVERTAKEN)
    assert (said(verdict), said(absent)) == (due, due)


@pytest.mark.parametrize(
    ("opened", "days", "due", "known"),
    [
        (datetime(2026, 9, 30, 23, 50, tzinfo=SHANGHAI), 1, date(2026, 10, 8), True),
        (datetime(2026, 9, 30, 16, 10, tzinfo=ZoneInfo("UTC")), 1, date(2026, 10, 8), True),
        (datetime(2026, 10, 9, 9, tzinfo=SHANGHAI), 1, date(2026, 10, 10), True),  # a Saturday that is worked
        (datetime(2026, 12, 31, 9, tzinfo=SHANGHAI), 1, date(2027, 1, 1), False),
        (datetime(2026, 12, 30, 9, tzinfo=SHANGHAI), 1, date(2026, 12, 31), True),
    ],
    ids=str,
)
def test_a_turn_is_due_by_working_days_over_holidays_and_the_year(opened, days, due, known, submit):
    with time_machine.travel(opened):
        lay_way(("technical", 1, "technical", {"days": days}))
        turn = submit().turns.get()
    assert (turn.due_on, turn.due_is_known) == (due, known)


def test_nobody_above_is_told_during_the_holidays(submit):
    with time_machine.travel(datetime(2026, 9, 29, 9, tzinfo=SHANGHAI)):
        lay_way(("technical", 1, "technical", {"days": 1}))
        turn = submit().turns.get()
        days = {day: told(remind_of_turns(date(2026, 10, day))) for day in (1, 7, 8, 9, 10, 12)}
    assert turn.due_on == date(2026, 9, 30)
    assert days == {1: ["technical-lead"], 7: [], 8: ["coordination-lead"], 9: [], 10: ["chair"], 12: []}


def test_an_answer_on_the_last_minute_of_its_day_is_in_time_and_a_minute_later_is_late(matter, leads):
    turn = matter.turns.get(key="technical")
    last = datetime.combine(turn.due_on, datetime.max.time(), SHANGHAI)
    late = {}
    for number, moment in enumerate((last, last + timedelta(minutes=1))):
        with time_machine.travel(moment, tick=False):
            turn.given_at = timezone.now() if number else None
            late[number] = turn.is_late
    turn.given_at = last
    assert (late, turn.is_late) == ({0: False, 1: True}, False)


def test_the_seat_that_leads_and_sits_at_once_is_told_once(submit):
    lay_way(*groups("coordination 1"))
    turn = submit().turns.get()
    assert [[one.username for one in step] for step in ladder(turn)] == [["chair"]]
    assert told(remind_of_turns(turn.due_on)) == ["coordination-lead"]
    assert told(remind_of_turns(day_after(turn, settings.TURN_PASSED_ON_AFTER[-1]))) == ["chair"]


def test_a_reminder_speaks_the_language_of_each_and_leads_to_the_matter(matter, leads):
    Reader.objects.create(person=leads["technical"], language="en")
    turn = matter.turns.get(key="technical")
    (notice,) = remind_of_turns(turn.due_on)
    assert (notice.subject, notice.link) == ("1 answer of yours is due", matter.get_absolute_url())
    with translation.override("en"):
        assert notice.body == f"{matter}: Opinion of technical, lead of technical, due {turn.due_on:%Y-%m-%d}"


def test_several_that_are_due_come_in_one_notice_that_leads_to_their_list(submit):
    lay_way(*groups("technical 1"))
    turns = [submit(code).turns.get() for code in ("NH003", "NH004")]
    (notice,) = remind_of_turns(turns[0].due_on)
    assert (notice.link, notice.body.count("\n")) == (KINDS["filing-move"].listed(), 1)


def test_what_nobody_can_answer_is_passed_on_and_breaks_no_clock(matter, leads):
    User.objects.filter(username="technical-lead").update(is_active=False)
    turn = matter.turns.get(key="technical")
    assert told(remind_of_turns(turn.due_on)) == []
    assert told(remind_of_turns(day_after(turn, 1))) == ["coordination-lead"]


def test_a_kind_that_the_code_no_longer_knows_breaks_no_page_and_no_clock(matter, leads, signed_in):
    Turn.objects.update(kind="gone", due_on=timezone.localdate() - timedelta(days=30))
    assert list(on_the_desk(leads["technical"])) == []
    assert told(remind_of_turns(timezone.localdate())) == ["chair", "technical-lead"]
    assert [str(one.kind) for one in stretches()] == ["gone"]
    assert [
        signed_in(name).get(page).status_code for name, page in (("chair", "/waits/"), ("technical-lead", "/"))
    ] == [
        200,
        200,
    ]


def test_the_desk_counts_a_matter_with_two_open_turns_once(submit, leads):
    lay_way(*groups("technical 1", "resources 1"))
    grant("group-lead", to=leads["technical"], on=Group.objects.get(key="resources"))
    submit()
    both = User.objects.get(username="technical-lead")
    (waiting,) = on_the_desk(both)
    assert (waiting.count, Filing.objects.open_to(both).count(), Notice.objects.count()) == (1, 1, 0)
