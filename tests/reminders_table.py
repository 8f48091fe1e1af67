"""Bring about what each reminder tells of, once and once more; a reminder without an entry here fails a test.

An entry is `(cast, again) -> days`: the days, at least two apart, on each of which somebody is to be told something.
`again` asks for the next one of the kind: another thing, another year.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from fsul_portal.notices.reminders import REMINDERS

DAY = timedelta(days=1)
SITUATIONS = {}


def situation(name, remind=None):
    """Register what brings a reminder about; one of a grammar brings its function along."""

    def register(function):
        # The tasks of the rooms are read when a test runs, not yet.
        SITUATIONS.setdefault(name, []).append((function, remind or (lambda day: REMINDERS[name](day))))
        return function

    return register


@situation("7.1 warn_of_too_few_meetings")
def a_year_without_a_meeting(cast, again):
    year = 2027 if again else 2026
    return [date(year, 5, 31), date(year, 6, 30), date(year, 10, 1), date(year, 10, 31)]


@situation("6.2.1 b invite_who_came_later")
def a_member_after_the_call(cast, again):
    from committee.meetings.actions import call_meeting
    from tests.committee.seats.stage import seat_guest

    day = 20 if again else 10
    begins = datetime(2026, 4, day, 14, tzinfo=ZoneInfo("Asia/Shanghai"))
    call_meeting(kind="joint", starts_at=begins, place="五楼会议室", by=cast["office"])
    seat_guest(cast, "later" if again else "new")
    return [timezone.localdate()]


@situation("6.2.1 b remind_of_meetings")
def a_meeting_to_come(cast, again):
    from committee.meetings.actions import call_meeting

    begins = timezone.now() + (30 if again else 20) * DAY
    call_meeting(kind="joint", starts_at=begins, place="五楼会议室", by=cast["office"])
    held_on = timezone.localdate(begins)
    return [held_on - 7 * DAY, held_on - DAY]


@situation("6.2.1 b remind_of_planned_meetings")
def a_planned_meeting(cast, again):
    from committee.bodies.actions import plan
    from committee.bodies.models import Body

    day = timezone.localdate() + (70 if again else 60) * DAY
    plan(Body.objects.committee(), lines=[(day, "年度计划")], by=cast["office"])
    return [day - 30 * DAY, day - 14 * DAY, day + DAY]


@situation("7.1 ask_the_chair_for_a_date")
def a_warning_that_brought_no_date(cast, again):
    from committee.meetings.tasks import warn_of_too_few_meetings

    year = 2027 if again else 2026
    warn_of_too_few_meetings(date(year, 6, 30))
    return [date(2027, 6, 30) if again else timezone.localdate() + 30 * DAY]


@situation("6.1 d ask_for_the_plan")
def a_report_that_nobody_plans(cast, again):
    year = 2027 if again else 2026
    return [date(year, 12, 1), date(year, 12, 20)]


@situation("7.2 ask_each_quarter")
def units_with_people_on_a_roster(cast, again):
    # Ten working days on, over the holiday of early April.
    return [date(2026, 7, 1), date(2026, 7, 15)] if again else [date(2026, 4, 1), date(2026, 4, 16)]


@situation("7.2 tell_of_changes_unsaid")
def an_account_that_is_closed(cast, again):
    from members.people.actions import deactivate
    from tests.committee.seats.stage import seat_guest

    seat = seat_guest(cast, "second" if again else "one")
    deactivate(seat.person, by=cast["admin"])
    return [timezone.localdate(), timezone.localdate() + 20 * DAY]


@situation("6.2.1 b close_votes")
def a_vote_in_writing(cast, again):
    from tests.committee.decisions.stage import asked

    closes_on = asked(cast, days=40 if again else 20).closes_on
    return [closes_on - DAY, closes_on + 3 * DAY]


@situation("6.1 f remind_of_problems")
def a_problem_that_nobody_sorts(cast, again):
    from tests.committee.problems.stage import raised

    problem = raised(cast)
    return [problem.answer_due_on, problem.solution_due_on]


@situation("6.1 a remind_of_institutions")
def an_institution_on_which_nobody_speaks(cast, again):
    from tests.committee.institutions.stage import consulted

    paper = consulted(cast, days=60 if again else 30)
    return [paper.consult_until - 3 * DAY, paper.consult_until + DAY]


@situation("6.1 b remind_of_plans")
def a_plan_on_which_nobody_speaks(cast, again):
    from tests.committee.plans.stage import consulted

    plan = consulted(cast, days=60 if again else 30)
    return [plan.consult_until - 3 * DAY, plan.consult_until + DAY]


@situation("6.1 b remind_of_values")
def a_plan_without_the_values_of_last_year(cast, again):
    from tests.committee.plans.stage import in_force

    year = timezone.localdate().year + (2 if again else 1)
    if not again:
        in_force(cast)
    return [date(year, 3, 1), date(year, 3, 24), date(year, 4, 1)]


@situation("6.1 c escalate_milestones")
def a_milestone_that_is_not_reached(cast, again):
    from tests.committee.projects.stage import under_way

    due = under_way(cast, due=20).milestones.get().due_on
    return [due + DAY, due + 20 * DAY, due + 40 * DAY]


@situation("6.2.1 f remind_of_updates")
def a_project_that_nobody_updates(cast, again):
    from tests.committee.projects.stage import under_way

    under_way(cast)
    year = timezone.localdate().year
    # The month in which it begins asks for none.
    return [date(year, 6, 25), date(year, 7, 2)] if again else [date(year, 4, 25), date(year, 5, 2)]


@situation("6.2.1 f remind_of_bulletin")
def a_quarter_without_its_bulletin(cast, again):
    from tests.committee.projects.stage import under_way

    under_way(cast)
    year = timezone.localdate().year
    return [date(year, 7, 1), date(year, 8, 3)] if again else [date(year, 4, 1), date(year, 5, 8)]


@situation("7.3 tell_of_waiting_questions")
def a_question_that_nobody_answers(cast, again):
    from tests.workgroups.channels.questions.stage import ask

    ask(cast)
    return [timezone.localdate() + 2 * DAY]


@situation("7.3 tell_of_uncovered_libraries")
def libraries_in_no_channel(cast, again):
    from tests.workgroups.channels.stage import channel_of

    channel_of(cast, "")
    return [timezone.localdate() + (31 if again else 0) * DAY]


@situation("5.1 tell_of_ending_term")
def a_term_that_ends(cast, again):
    from committee.seats.actions import change_term
    from committee.seats.models import Term

    term, last = Term.objects.get(), date(2027, 12, 31) if again else date(2026, 12, 31)
    change_term(term, first_day=term.first_day, last_day=last, by=cast["office"])
    return [last - 60 * DAY, last - 30 * DAY, last]


@situation("5.1 tell_of_vacancies")
def a_committee_without_some_units(cast, again):
    from tests.committee.seats.stage import seat_guest

    if again:
        seat_guest(cast, "of-a-unit", code="CC001")
    return [timezone.localdate()]


@situation("5.2 tell_of_gaps_in_groups")
def groups_without_some_districts(cast, again):
    from tests.workgroups.memberships.stage import seated

    if again:
        seated(cast, "of-a-district")
    return [timezone.localdate()]


@situation("6.2.1 j reopened_figures")
def figures_that_nobody_corrects(cast, again):
    from members.libraries.models import Library
    from members.months.actions import lock
    from members.periods.models import Period
    from reports.corrections.actions import reopen

    month, due_on = ("2025-12", date(2026, 5, 20)) if again else ("2025-11", date(2026, 3, 20))
    lock(month, by=cast["office"], acknowledged=99)
    library, period = Library.objects.get(code="NH002"), Period.objects.get(code=month)
    reopen(library, period, by=cast["office"], codes=["V01"], reason="核对", due_on=due_on)
    return [due_on - 2 * DAY, due_on, due_on + 2 * DAY]


@situation("6.2.1 j returns_that_are_due")
def returns_that_nobody_hands_in(cast, again):
    from members.periods.models import period_named
    from members.returns.due.days import deadline

    end = deadline(period_named("2026-04" if again else "2026-02")).day
    return [end - 2 * DAY, end]


@situation("6.2.1 e remind_of_turns")
def a_filing_that_nobody_signs(cast, again):
    from fsul_portal.calendar import add_working_days
    from members.libraries.models import Library
    from tests.workgroups.coordination.filings.filings import answers_of
    from workgroups.coordination.filings import actions

    library = Library.objects.get(code="NH003" if again else "NH002")
    filing = actions.begin("move", library, by=cast["nanhai"], asked=answers_of("move"))
    due = actions.submit(filing, by=cast["nanhai"], checked=True).turns.get(step=1).due_on
    return [due, add_working_days(due, 3).day]


@situation("5.2 remind_of_tasks")
def a_task_that_nobody_does(cast, again):
    from fsul_portal.assignments.actions import assign
    from fsul_portal.calendar import add_working_days
    from members.libraries.models import Library

    library = Library.objects.get(code="NH002")
    due = assign("Send the lease", thing=library, by=cast["office"], to=cast["nanhai"], days=5).due_on
    return [due, add_working_days(due, 3).day]


def of_agreements(day):
    from fsul_portal.ledgers import letters
    from tests.small.ledger import Agreement

    return letters.remind(Agreement, day)


def agreement_until(cast, until):
    from fsul_portal.ledgers import actions
    from tests.small.ledger import Agreement

    actions.enter(Agreement(title="合作协议", since=date(2026, 1, 1), until=until), by=cast["office"])


@situation("grammar: ledgers", of_agreements)
def an_agreement_that_runs_out(cast, again):
    last = date(2027 if again else 2026, 12, 31)
    agreement_until(cast, last)
    return [last - 90 * DAY, last - 30 * DAY, last - 7 * DAY, last]


@situation("grammar: ledgers", of_agreements)
def an_agreement_that_is_over(cast, again):
    last = date(2027 if again else 2026, 12, 31)
    agreement_until(cast, last)
    return [last + DAY]


def of_courses(day):
    from fsul_portal.events import letters
    from tests.small.event import Course

    return letters.remind(Course, day)


@situation("grammar: events", of_courses)
def a_course_to_come(cast, again):
    from fsul_portal.events import actions
    from tests.small.situations import course

    event = actions.announce(course(cast["office"], 60 if again else 30), by=cast["office"])
    actions.sign_up(event, by=cast["chair"])
    begins = timezone.localdate(event.starts_at)
    return [begins - 7 * DAY, begins - DAY]


@situation("grammar: events", of_courses)
def a_course_without_a_roll(cast, again):
    from fsul_portal.events import actions
    from tests.small.situations import course

    event = actions.announce(course(cast["office"], 60 if again else 30), by=cast["office"])
    return [timezone.localdate(event.ends_at) + DAY]


def of_standards(day):
    from fsul_portal.papers import letters
    from tests.small.paper import Standard

    return letters.remind(Standard, day)


@situation("grammar: papers", of_standards)
def a_draft_on_which_nobody_speaks(cast, again):
    from fsul_portal.papers import actions
    from tests.small.paper import Standard

    until = timezone.localdate() + (60 if again else 30) * DAY
    paper = actions.propose(Standard(title="细则"), by=cast["committee"])
    actions.consult(actions.write(paper, by=cast["office"], text="第一条"), by=cast["office"], until=until)
    return [until - 3 * DAY]


def of_problems(day):
    from fsul_portal.cases import letters
    from tests.small.case import Problem

    return letters.remind(Problem, day)


@situation("grammar: cases", of_problems)
def a_problem_that_nobody_takes_up(cast, again):
    from fsul_portal.cases import actions
    from members.divisions.models import Division
    from tests.small.case import Problem

    problem = Problem(title="离线", district=Division.objects.get(code="440605"))
    case = actions.open_case(problem, by=cast["nanhai"])
    return [case.answer_due_on]


def of_bulletins(day):
    from members.circulars import letters
    from tests.small.circular import Bulletin

    return letters.remind(Bulletin, day)


@situation("grammar: circulars", of_bulletins)
def a_circular_that_nobody_does(cast, again):
    from members.circulars import actions
    from tests.small.situations import bulletin

    due = timezone.localdate() + (60 if again else 30) * DAY
    actions.send(bulletin(cast["office"], due_on=due), by=cast["office"])
    return [due - 2 * DAY, due + DAY]
