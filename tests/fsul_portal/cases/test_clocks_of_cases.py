"""Hold the clocks of cases over holidays and the year's end, and what is told when they run out."""

from datetime import date

import pytest
from django.utils import timezone

from fsul_portal.cases import actions, letters
from tests.english import in_english
from tests.fsul_portal.cases.test_hands_of_cases import a_wednesday, as_it_is, case, given, hands
from tests.small.case import Problem

__all__ = ["a_wednesday", "case", "given", "hands", "in_english"]


@pytest.mark.parametrize(
    ("raised", "answer", "solution"),
    [
        # The spring festival of 2026 is from the 15th to the 23rd of February; the 14th and the 28th are worked.
        ("2026-02-13T09:00:00+08:00", date(2026, 2, 24), date(2026, 3, 12)),
        # The National Day: from the 1st to the 7th of October; the 10th is worked.
        ("2026-09-30T17:00:00+08:00", date(2026, 10, 9), date(2026, 10, 27)),
        # Past midnight in Foshan it is the next day, whatever the clock of the machine says.
        ("2026-03-03T16:30:00+00:00", date(2026, 3, 6), date(2026, 3, 25)),
    ],
)
def test_its_clocks_leave_out_the_days_off_and_count_the_days_made_up(
    raised, answer, solution, hands, library, time_machine
):
    time_machine.move_to(raised, tick=False)
    case = actions.open_case(Problem(title="x", district=library("NH001").district), by=hands["nanhai"])
    assert (case.answer_due_on, case.solution_due_on, case.due_is_known) == (answer, solution, True)


def test_a_clock_that_runs_into_a_year_without_published_days_says_that_it_is_not_sure(hands, library, time_machine):
    time_machine.move_to("2026-12-21T09:00:00+08:00", tick=False)
    case = actions.open_case(Problem(title="x", district=library("NH001").district), by=hands["nanhai"])
    assert (case.due_is_known, case.answer_due_on) == (False, date(2026, 12, 23))


@pytest.mark.parametrize(("days", "late"), [(0, False), (1, True)])
def test_a_case_is_late_from_the_day_after_its_day(days, late, given, hands, time_machine):
    time_machine.move_to(f"2026-03-{25 + days}T23:59:00+08:00", tick=False)
    assert (as_it_is(given).is_late, given in Problem.objects.overdue(timezone.localdate())) == (late, late)
    assert actions.solve(given, by=hands["technical-lead"], solution="x").is_late == late


def test_each_clock_is_told_with_the_day_of_its_own(case, hands):
    told_of = {(one.subject, one.body) for one in letters.remind(Problem, date(2026, 3, 6))}
    assert told_of == {("An answer is due: 离线", "Due on: 6 March 2026")}
    given = actions.give_to(case, to=hands["technical-lead"], by=hands["office"])
    told_of = {(one.subject, one.body) for one in letters.remind(Problem, date(2026, 3, 25))}
    assert ("A solution is due: 离线", "Due on: 25 March 2026") in told_of
    actions.solve(given, by=hands["technical-lead"], solution="x")
    told_of = {(one.subject, one.body) for one in letters.remind(Problem, date(2026, 3, 26))}
    assert told_of == {("The solution is to be reviewed: 离线", "Due on: 11 March 2026")}


def test_standing_still_is_told_after_fifteen_working_days_and_again_only_after_it_moved(given, hands, time_machine):
    Problem.objects.update(solution_due_on=date(2026, 12, 1), answer_due_on=date(2026, 12, 1))
    days = (date(2026, 3, 24), date(2026, 3, 25), date(2026, 3, 26))
    assert [{one.subject for one in letters.remind(Problem, day)} for day in days] == [
        set(),
        {"Nothing has happened: 离线"},
        set(),
    ]
    time_machine.move_to("2026-03-30T09:00:00+08:00", tick=False)
    actions.report_progress(given, by=hands["technical-lead"], note="等备件")
    assert letters.remind(Problem, date(2026, 4, 1)) == []
    assert {one.subject for one in letters.remind(Problem, date(2026, 4, 30))} == {"Nothing has happened: 离线"}
