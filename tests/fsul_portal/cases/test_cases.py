"""Hold cases: clocks, hands, steps, solution, review, closing, opening again."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from fsul_portal.assignments.actions import mark_done
from fsul_portal.calendar import add_working_days
from fsul_portal.cases import actions, letters
from fsul_portal.cases.models import CAUSED
from fsul_portal.links.actions import link, links_of
from fsul_portal.notices.models import Notice
from fsul_portal.records.models import Record
from fsul_portal.verdicts import NotNow, Unready
from members.people.models import User
from tests.english import in_english
from tests.hands import at_once, many_hands
from tests.small.case import Problem

__all__ = ["in_english", "many_hands"]
State = Problem.State


@pytest.fixture
def hands(person, in_english):
    return {name: person(name) for name in ("nanhai", "chancheng", "office", "technical-lead", "branch")}


@pytest.fixture
def case(hands, library):
    return raise_problem(hands["nanhai"], library("NH001").district)


def raise_problem(by, district, title="自助机经常离线"):
    return actions.open_case(Problem(title=title, district=district), by=by)


@pytest.fixture
def given(case, hands):
    return actions.give_to(case, to=hands["technical-lead"], by=hands["office"])


@pytest.fixture
def solved(given, hands):
    return actions.solve(given, by=hands["technical-lead"], solution="更换网络模块", cause="模块老化")


def test_a_case_lives_until_it_is_closed_and_is_opened_again(solved, hands):
    reviewed = actions.review(solved, by=hands["office"], finding="采购时要求备件")
    closed = actions.close(reviewed, by=hands["nanhai"])
    assert (closed.state, closed.closed_by, closed.solved_by) == (
        State.CLOSED,
        hands["nanhai"],
        hands["technical-lead"],
    )
    again = actions.reopen(closed, by=hands["nanhai"], note="又离线了")
    assert (again.state, again.closed_at, again.solved_by, again.reviewed_by) == (State.OPEN, None, None, None)
    assert [record.verb for record in Record.objects.of(again).order_by("pk")] == [
        f"case {verb}" for verb in ("opened", "assigned", "solved", "reviewed", "closed", "reopened")
    ]


def test_its_clocks_are_working_days_and_begin_anew_when_it_is_opened_again(case, hands):
    today = timezone.localdate()
    assert (case.answer_due_on, case.solution_due_on) == tuple(add_working_days(today, days).day for days in (2, 15))
    Problem.objects.update(answer_due_on=today - timedelta(days=9), solution_due_on=today - timedelta(days=1))
    case = actions.close(Problem.objects.get(), by=hands["office"], note="重复提出")
    assert (case.is_late, list(Problem.objects.overdue(today))) == (False, [])
    assert actions.reopen(case, by=hands["office"], note="x").solution_due_on == add_working_days(today, 15).day


def test_what_comes_late_is_taken_and_marked(given, hands):
    Problem.objects.update(solution_due_on=timezone.localdate() - timedelta(days=1))
    assert list(Problem.objects.overdue(timezone.localdate())) == [given]
    assert actions.solve(given, by=hands["technical-lead"], solution="x").is_late


def test_a_case_is_not_solved_before_its_steps_are_done(given, hands):
    task = actions.give_step(given, title="现场检查", to=hands["branch"], by=hands["technical-lead"])
    assert list(Problem.objects.visible_to(hands["branch"])) == [given]
    with pytest.raises(NotNow, match="1 task of it is not done yet"):
        actions.solve(given, by=hands["technical-lead"], solution="x")
    mark_done(task, by=hands["branch"])
    assert actions.solve(given, by=hands["technical-lead"], solution="x").state == State.SOLVED


def test_nobody_reviews_a_solution_of_his_own(given, hands):
    solved = actions.solve(given, by=hands["office"], solution="x")
    with pytest.raises(PermissionDenied, match="Nobody reviews a solution of his own"):
        actions.review(solved, by=hands["office"], finding="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        Problem.objects.update(reviewed_by=hands["office"], reviewed_at=timezone.now())


def test_a_solution_is_reviewed_before_it_is_closed(solved, hands):
    with pytest.raises(NotNow, match="reviews the solution first"):
        actions.close(solved, by=hands["nanhai"])


def test_what_is_not_solved_goes_back_and_its_day_stays(solved, hands):
    day = solved.solution_due_on
    back = actions.send_back(solved, by=hands["nanhai"], note="仍然离线")
    assert (back.state, back.assignee, back.solved_at, back.solution_due_on) == (
        State.ASSIGNED,
        hands["technical-lead"],
        None,
        day,
    )
    with pytest.raises(NotNow, match="It is being worked on"):
        actions.review(back, by=hands["office"], finding="x")


def test_only_those_who_work_on_such_cases_are_given_one(case, hands):
    with pytest.raises(Unready, match="does not work on such cases"):
        actions.give_to(case, to=hands["branch"], by=hands["office"])


def test_whoever_is_drawn_in_sees_it_and_no_stranger_does(case, hands):
    assert [Problem.objects.visible_to(hands[name]).count() for name in ("nanhai", "office", "chancheng")] == [1, 1, 0]
    actions.draw_in(case, people=[hands["chancheng"]], by=hands["nanhai"])
    assert Problem.objects.visible_to(hands["chancheng"]).count() == 1
    assert actions.report_progress(case, by=hands["chancheng"], note="我馆也有").moved_on == timezone.localdate()


def test_cases_of_one_cause_are_shown_together(case, solved, hands, library):
    other = raise_problem(hands["nanhai"], library("NH001").district, "还书箱离线")
    link(solved, other, CAUSED, by=hands["office"])
    ends = [(case, other), (other, case)]
    assert [[str(one.words) for one in links_of(here, to=hands["office"])] for here, __ in ends] == [
        ["Has led to"],
        ["Was caused by"],
    ]


def test_each_hand_is_told_when_it_is_its_turn(solved, hands):
    subjects = {name: [one.subject for one in Notice.objects.filter(recipient=who)] for name, who in hands.items()}
    words = "自助机经常离线"
    assert subjects == {
        "nanhai": [f"Solved: {words}"],
        "chancheng": [],
        "office": [f"Solved: {words}", f"To be sorted: {words}"],
        "technical-lead": [f"In your hands: {words}"],
        "branch": [],
    }


def test_clocks_and_standing_still_are_told_once(case, hands):
    keepers = case.people_in("keeper").count()
    assert letters.remind(Problem, case.answer_due_on - timedelta(days=1)) == []
    told = [len(letters.remind(Problem, case.answer_due_on)) for __ in range(2)]
    assert told == [keepers, 0]
    told = [len(letters.remind(Problem, case.solution_due_on)) for __ in range(2)]
    assert told == [2 * keepers, 0]


def test_reminding_of_nothing_costs_the_same_however_many_cases_there_are(hands, library, django_assert_num_queries):
    district = library("NH001").district
    for number in range(5):
        raise_problem(hands["nanhai"], district, str(number))
    case = Problem.objects.first()
    case.due("answer")
    with django_assert_num_queries(1):
        letters.remind(Problem, timezone.localdate())


def test_of_many_who_close_at_once_one_does(cast, many_hands):
    from members.libraries.models import Library

    district = Library.objects.get(code="NH001").district
    case = raise_problem(cast["nanhai"], district)
    outcomes = at_once(lambda __: actions.close(case, by=User.objects.get(pk=cast["nanhai"].pk)), times=4)
    assert sorted(type(one).__name__ for one in outcomes) == ["Overtaken", "Overtaken", "Overtaken", "Problem"]
