"""Hold who may do what with a case and why not, and what is told to whom."""

from datetime import date

import pytest

from fsul_portal.assignments.actions import check, mark_done, withdraw
from fsul_portal.cases import actions, letters, rules
from fsul_portal.cases.forms import FindingForm, GiveForm, SolveForm
from fsul_portal.notices.models import Notice
from fsul_portal.records.models import Record
from fsul_portal.verdicts import Closed, Kind, NotNow, Overtaken, Refusal, Unready
from tests.english import in_english
from tests.small.case import Problem

__all__ = ["in_english"]
State = Problem.State
NAMES = ("nanhai", "chancheng", "office", "chair", "technical-lead", "resources-lead", "branch")


@pytest.fixture(autouse=True)
def a_wednesday(time_machine):
    time_machine.move_to("2026-03-04T09:00:00+08:00", tick=False)


@pytest.fixture
def hands(person, in_english):
    return {name: person(name) for name in NAMES}


@pytest.fixture
def case(hands, library):
    return actions.open_case(Problem(title="离线", district=library("NH001").district), by=hands["nanhai"], token="t")


@pytest.fixture
def given(case, hands):
    return actions.give_to(case, to=hands["technical-lead"], by=hands["office"])


@pytest.fixture
def solved(given, hands):
    return actions.solve(given, by=hands["technical-lead"], solution="已换")


@pytest.fixture
def closed(solved, hands):
    return actions.close(actions.review(solved, by=hands["office"], finding="备件"), by=hands["nanhai"])


def told(person):
    return list(Notice.objects.filter(recipient=person).order_by("pk").values_list("subject", flat=True))


def as_it_is(case):
    return Problem.objects.get(pk=case.pk)


@pytest.mark.parametrize("who", ["chancheng", "chair", "branch"])
def test_a_problem_of_a_district_is_raised_by_its_own_editor(who, hands, library):
    verdict = rules.may_open(hands[who], Problem(title="x", district=library("NH001").district))
    assert (verdict.kind, verdict.sentence) == (Kind.NO_RIGHT, "This is for: editor of the district library.")


def test_a_problem_without_a_district_is_raised_by_nobody_of_a_district(hands):
    assert not rules.may_open(hands["nanhai"], Problem(title="x"))


@pytest.mark.parametrize(
    ("rule", "who", "sentence"),
    [
        ("assign", "nanhai", "This is for: secretary of the coordination office."),
        ("review", "nanhai", "This is for: secretary of the coordination office."),
        ("progress", "chancheng", "This is for those who work on it."),
        ("solve", "resources-lead", "It is in the hands of 张技术."),
        ("solve", "nanhai", "It is in the hands of 张技术."),
        ("send_back", "technical-lead", "This is for: secretary of the coordination office."),
        ("close", "technical-lead", "This is for: secretary of the coordination office."),
        ("reopen", "technical-lead", "This is for: secretary of the coordination office."),
    ],
)
def test_whoever_has_no_right_reads_whose_it_is(rule, who, sentence, given, hands):
    verdict = getattr(rules, f"may_{rule}")(hands[who], given)
    assert (verdict.kind, verdict.sentence) == (Kind.NO_RIGHT, sentence)


def test_what_nobody_has_yet_is_in_nobodys_hands(case, hands):
    assert rules.may_solve(hands["technical-lead"], case).sentence == "It is in the hands of —."


@pytest.mark.parametrize(
    ("rule", "kind"),
    [
        ("assign", Kind.OVERTAKEN),
        ("progress", Kind.OVERTAKEN),
        ("solve", Kind.OVERTAKEN),
        ("review", Kind.OVERTAKEN),
        ("send_back", Kind.OVERTAKEN),
        ("close", Kind.OVERTAKEN),
    ],
)
def test_what_is_closed_can_be_opened_again_so_nothing_is_refused_for_good(rule, kind, closed, hands):
    verdict = getattr(rules, f"may_{rule}")(hands["office"], closed)
    assert (verdict.kind, verdict.sentence) == (kind, "It is closed.")
    assert rules.may_reopen(hands["office"], closed)


def test_nothing_is_opened_again_that_is_open(case, hands):
    verdict = rules.may_reopen(hands["nanhai"], case)
    assert (verdict.kind, verdict.sentence) == (Kind.NOT_NOW, "It is open.")


def test_one_form_sent_again_after_the_case_went_on_tells_nobody_anew(case, hands, library):
    actions.give_to(case, to=hands["technical-lead"], by=hands["office"])
    before = Notice.objects.count()
    again = actions.open_case(Problem(title="离线", district=library("NH001").district), by=hands["nanhai"], token="t")
    assert (again, Problem.objects.count(), Notice.objects.count()) == (case, 1, before)
    assert told(hands["office"]) == ["To be sorted: 离线"]


def test_whoever_gets_it_next_is_told_and_whoever_had_it_keeps_nothing(given, hands):
    other = actions.give_to(given, to=hands["resources-lead"], by=hands["office"], note="属资源")
    assert (other.state, other.assignee, other.assigned_by) == (
        State.ASSIGNED,
        hands["resources-lead"],
        hands["office"],
    )
    assert told(hands["resources-lead"]) == ["In your hands: 离线"]
    assert rules.may_solve(hands["technical-lead"], other).sentence == "It is in the hands of 吴资源."
    assert not rules.may_progress(hands["technical-lead"], other)
    last = Record.objects.of(other).first()
    assert (last.before["assignee"], last.after["assignee"], last.note) == ("张技术", "吴资源", "属资源")


def test_a_form_drawn_before_somebody_else_acted_changes_nothing(case, hands):
    seen = case.version
    actions.report_progress(case, by=hands["nanhai"], note="已断电重启", version=seen)
    with pytest.raises(Overtaken, match="关南海 changed this at 2026-03-04 09:00"):
        actions.give_to(case, to=hands["technical-lead"], by=hands["office"], version=seen)
    assert (as_it_is(case).state, told(hands["technical-lead"])) == (State.OPEN, [])


def test_others_are_drawn_in_each_by_name_however_they_are_handed_over(case, hands):
    drawn = (hands[name] for name in ("chancheng", "branch"))
    actions.draw_in(case, people=drawn, by=hands["nanhai"])
    assert Record.objects.of(case).first().note == "霍禅城, 冯分馆"
    assert [told(hands[name]) for name in ("chancheng", "branch")] == [["Your help is asked for: 离线"]] * 2
    actions.draw_in(case, people=[hands["branch"]], by=hands["chancheng"])
    assert (case.people.count(), told(hands["branch"])) == (2, ["Your help is asked for: 离线"])


def test_whoever_solves_it_looks_at_the_steps_which_others_did(given, hands):
    step = actions.give_step(given, title="检查", to=hands["branch"], by=hands["technical-lead"], days=2)
    assert (step.checker, step.due_on, step.assigned_by) == (
        hands["technical-lead"],
        date(2026, 3, 6),
        hands["technical-lead"],
    )
    assert (Record.objects.of(given).first().verb, Record.objects.of(given).first().note) == ("case step given", "检查")


@pytest.mark.parametrize(("by", "checker"), [("technical-lead", None), ("office", "office")])
def test_nobody_is_left_to_check_the_step_that_he_does_himself(by, checker, given, hands):
    step = actions.give_step(given, title="检查", to=hands["technical-lead"], by=hands[by])
    assert step.checker == (hands[checker] if checker else None)
    done = mark_done(step, by=hands["technical-lead"])
    if checker:
        assert check(done, by=hands[checker]).state == "checked"
    assert told(hands["technical-lead"]) == ["In your hands: 离线", "A task for you: 检查"]


def test_a_step_that_was_taken_back_no_longer_stands_in_the_way(given, hands):
    steps = [actions.give_step(given, title=name, to=hands["branch"], by=hands["technical-lead"]) for name in "甲乙"]
    with pytest.raises(NotNow, match=r"2 tasks of it are not done yet\."):
        actions.solve(given, by=hands["technical-lead"], solution="x")
    for step in steps:
        withdraw(step, by=hands["technical-lead"])
    assert actions.solve(given, by=hands["technical-lead"], solution="x").state == State.SOLVED


def test_a_solution_stands_with_its_cause_and_when_it_is_to_be_reviewed(given, hands):
    case = actions.solve(given, by=hands["technical-lead"], solution="已换", cause="老化", note="两小时")
    assert (case.solution, case.cause, case.review_due_on) == ("已换", "老化", date(2026, 3, 11))
    assert told(hands["nanhai"]) == ["Solved: 离线"]
    with pytest.raises(Overtaken, match=r"It is solved\."):
        actions.solve(given, by=hands["technical-lead"], solution="x")


def test_what_is_sent_back_goes_to_whoever_worked_on_it_with_what_is_missing(solved, hands):
    reviewed = actions.review(solved, by=hands["office"], finding="备件")
    back = actions.send_back(reviewed, by=hands["nanhai"], note="仍离线")
    assert (back.state, back.reviewed_by, back.solved_by, back.review_due_on) == (State.ASSIGNED, None, None, None)
    last = Notice.objects.filter(recipient=hands["technical-lead"]).order_by("pk").last()
    assert (last.subject, last.body) == ("Not solved yet: 离线", "Due on: 25 March 2026\n仍离线")
    again = actions.solve(back, by=hands["technical-lead"], solution="已换新机")
    assert told(hands["nanhai"]) == ["Solved: 离线"] * 2
    assert actions.review(again, by=hands["office"], finding="x").reviewed_by == hands["office"]


def test_a_case_that_needs_no_solution_is_closed_at_once_and_nobody_is_reminded(case, hands):
    actions.close(case, by=hands["office"], note="重复")
    assert letters.remind(Problem, date(2026, 12, 31)) == []


def test_files_are_attached_by_those_who_work_on_it_until_it_is_closed(solved, hands):
    allowed = {name for name, who in hands.items() if solved.may_attach(who)}
    assert allowed == {"nanhai", "office", "technical-lead"}
    closed = actions.close(actions.review(solved, by=hands["office"], finding="x"), by=hands["office"])
    verdict = closed.may_attach(hands["office"])
    assert verdict.sentence == "Files are attached by those who work on it, until it is closed."
    assert closed.may_remark(hands["branch"])


def test_the_forms_ask_for_people_who_work_on_such_cases_and_for_words(case, hands):
    form = GiveForm(case, {"to": hands["branch"].pk, "version": case.version})
    assert list(form.errors) == ["to"]
    assert {person.username for person in form.fields["to"].queryset} == {
        person.username for person in case.people_in("worker")
    }
    for asks, field in ((SolveForm, "solution"), (FindingForm, "finding")):
        assert list(asks(case, {field: " \n ", "version": case.version}).errors) == [field]


def test_only_workers_are_given_it_and_the_refusal_stands_at_its_field(case, hands):
    with pytest.raises(Unready) as refused:
        actions.give_to(case, to=hands["nanhai"], by=hands["office"])
    assert [(one.field, one.sentence) for one in refused.value.findings] == [
        ("to", "关南海 does not work on such cases.")
    ]
    with pytest.raises(Refusal):
        actions.give_to(case, to=hands["technical-lead"], by=hands["nanhai"])


def test_nobody_makes_a_closed_case_move(closed, hands):
    for act, said in (
        (actions.report_progress, {"note": "x"}),
        (actions.draw_in, {"people": [hands["branch"]]}),
        (actions.give_step, {"title": "x", "to": hands["branch"]}),
        (actions.send_back, {"note": "x"}),
        (actions.close, {}),
    ):
        with pytest.raises(Overtaken) as refused:
            act(closed, by=hands["office"], **said)
        assert (isinstance(refused.value, Closed), str(refused.value)) == (False, "It is closed.")
    assert closed.people.count() == 0
