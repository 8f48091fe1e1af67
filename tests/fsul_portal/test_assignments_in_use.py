"""Hold who may do what with a task and why not, who is told of what is handed over, seats, clocks and pages."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from fsul_portal.access.actions import grant
from fsul_portal.access.deputies.actions import hand_over
from fsul_portal.assignments import rules
from fsul_portal.assignments.actions import assign, assign_all, check, mark_done, send_back, withdraw
from fsul_portal.assignments.checklists import Checklist, Item
from fsul_portal.assignments.models import Assignment
from fsul_portal.assignments.tasks import remind_of_tasks
from fsul_portal.notices.models import Notice
from fsul_portal.records.models import Record
from fsul_portal.verdicts import Kind
from members.people.models import User
from tests.hands import at_once

pytestmark = pytest.mark.usefixtures("in_english")
SIGN = "members.sign_changes"


@pytest.fixture(autouse=True)
def a_wednesday(time_machine):
    time_machine.move_to("2026-03-04T09:00:00+08:00", tick=False)


@pytest.fixture
def give(cast, library):
    """Give a task of the office to somebody: `give("Lease", to="nanhai", checker="office")`."""

    def task(title="Lease", *, by="office", to="nanhai", checker=None, **more):
        people = {"to": cast.get(to), "checker": cast.get(checker)}
        return assign(title, thing=library("NH002"), by=cast[by], **people, **more)

    return task


def told(person):
    return list(Notice.objects.filter(recipient=person).order_by("pk").values_list("subject", flat=True))


def reloaded(task):
    return Assignment.objects.get(pk=task.pk)


def refused(verdict):
    return verdict.kind, verdict.sentence


def test_every_refusal_says_who_or_where_it_stands(give, cast):
    plain, checked = give(), give(checker="office")
    assert refused(rules.may_check(cast["office"], plain)) == (Kind.NO_RIGHT, "Nobody has to check this task.")
    assert refused(rules.may_check(cast["office"], checked)) == (Kind.OVERTAKEN, "This task is to do.")
    assert refused(rules.may_withdraw(cast["nanhai"], plain)) == (
        Kind.NO_RIGHT,
        "Only the person who gave this task takes it back.",
    )
    done = mark_done(checked, by=cast["nanhai"])
    already = "This task is done already, by 关南海."
    assert refused(rules.may_do(cast["nanhai"], done)) == (Kind.OVERTAKEN, already)
    assert refused(rules.may_withdraw(cast["office"], done)) == (Kind.OVERTAKEN, already)
    assert refused(rules.may_check(cast["chair"], done)) == (Kind.NO_RIGHT, "This task is checked by 何秘书.")
    over = check(done, by=cast["office"])
    assert refused(rules.may_check(cast["office"], over)) == (
        Kind.OVERTAKEN,
        "This task is checked already, by 何秘书.",
    )


def test_whoever_gave_it_checks_it_beside_the_checker(give, cast):
    for who in ("office", "chair"):
        done = mark_done(give(by="office", checker="chair"), by=cast["nanhai"])
        assert check(done, by=cast[who]).checked_by == cast[who]


def test_whoever_gave_a_task_to_his_own_seat_does_not_check_it_himself(give, cast, library):
    place = library("NH002").district
    task = give(by="nanhai-reviewer", to=None, permission=SIGN, place=place, checker="office")
    done = mark_done(task, by=cast["nanhai-reviewer"])
    assert refused(rules.may_check(cast["nanhai-reviewer"], done)) == (
        Kind.NO_RIGHT,
        "Nobody checks what he has done himself.",
    )
    assert list(Assignment.objects.awaiting_check_of(cast["nanhai-reviewer"])) == []
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.update(checked_at=done.done_at, checked_by=done.done_by)


def test_a_task_is_for_a_person_or_a_seat_and_never_for_both_or_nobody(give):
    task = give()
    for facts in ({"permission": SIGN}, {"person": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Assignment.objects.filter(pk=task.pk).update(**facts)


def test_a_seat_on_the_whole_portal_sees_its_tasks_and_another_place_does_not(give, cast, library, person):
    task = give(to=None, permission="committee.keep_meetings")
    elsewhere = give("Sign", to=None, permission=SIGN, place=library("CC001").district)
    assert [person.username for person in task.people()] == ["office"]
    assert set(Assignment.objects.open_to(person("office"))) == {task}
    assert set(Assignment.objects.open_to(person("nanhai-reviewer"))) == set()
    grant("district-reviewer", to=person("nanhai-reviewer"), on=library("CC001").district)
    assert set(Assignment.objects.open_to(person("nanhai-reviewer"))) == {elsewhere}


def test_one_task_and_all_of_them_give_the_same_answer_to_everybody(give, cast, library, person):
    tasks = [
        give(checker="office"),
        give(by="chair", to="branch"),
        give(to=None, permission=SIGN, place=library("NH002").district),
        mark_done(give(to=None, permission="committee.keep_meetings"), by=cast["office"]),
    ]
    for username in cast:
        who = person(username)
        assert set(Assignment.objects.visible_to(who)) == {task for task in tasks if task.concerns(who)}


def test_files_are_attached_by_whoever_does_it_while_it_is_open(give, cast):
    task = give()
    assert {name for name, person in cast.items() if task.may_attach(person)} == {"nanhai"}
    verdict = mark_done(task, by=cast["nanhai"]).may_attach(cast["nanhai"])
    assert verdict.sentence == "Files are attached by whoever does the task, while it is open."


def test_a_task_and_its_course_stand_on_record(give, cast):
    task = give(checker="office", text="See\x00 annex")
    send_back(mark_done(task, by=cast["nanhai"], note="Sent"), by=cast["office"], note="Page 3")
    assert (task.text, list(Record.objects.of(task).order_by("pk").values_list("verb", "before", "after", "note"))) == (
        "See annex",
        [
            ("task done", {"state": "open"}, {"state": "done"}, "Sent"),
            ("task open", {"state": "done"}, {"state": "open"}, "Page 3"),
        ],
    )
    assert (reloaded(task).done_by, reloaded(task).done_note) == (None, "Sent")


def test_a_title_is_cut_to_what_a_row_holds(give):
    assert give("题" * 300).title == "题" * 200


def test_a_checklist_hands_each_line_to_its_seat_with_explanation_and_checker(cast, library):
    place = library("NH002").district
    opening = Checklist("Opening", (Item("Lease", 2, text="Signed"), Item("Sign", 3, permission=SIGN)))
    given = assign_all(
        opening, thing=library("NH002"), by=cast["office"], to=cast["nanhai"], place=place, checker=cast["chair"]
    )
    assert [(one.person, one.place, one.text, one.checker) for one in given] == [
        (cast["nanhai"], None, "Signed", cast["chair"]),
        (None, place, "", cast["chair"]),
    ]
    assert (told(cast["nanhai"]), told(cast["nanhai-reviewer"])) == (
        ["A task for you: Lease"],
        ["A task for you: Sign"],
    )


@pytest.mark.parametrize(
    ("now", "days", "due"),
    [
        ("2026-02-13T09:00:00+08:00", 1, date(2026, 2, 14)),
        ("2026-02-13T09:00:00+08:00", 2, date(2026, 2, 24)),
        ("2026-09-30T09:00:00+08:00", 1, date(2026, 10, 8)),
        ("2026-03-04T09:00:00+08:00", 0, date(2026, 3, 4)),
    ],
)
def test_its_days_are_working_days_over_holidays(now, days, due, give, time_machine):
    time_machine.move_to(now, tick=False)
    assert give(days=days).due_on == due


@pytest.mark.parametrize(("day", "late"), [("2026-03-11T23:59:00", False), ("2026-03-12T00:00:00", True)])
def test_a_task_is_overdue_from_the_day_after_its_day_and_not_once_it_is_done(day, late, give, cast, time_machine):
    task = give()
    time_machine.move_to(f"{day}+08:00", tick=False)
    assert task.is_overdue == late
    assert not mark_done(task, by=cast["nanhai"]).is_overdue


def test_a_day_that_was_missed_is_told_as_overdue_and_a_task_in_hand_of_a_seat_to_all_of_it(give, cast, library):
    give("Sign", to=None, permission=SIGN, place=library("NH002").district)
    late = date(2026, 3, 12)
    assert [(one.recipient.username, one.subject) for one in remind_of_tasks(late)] == [
        ("nanhai-reviewer", "Overdue: Sign")
    ]
    assert remind_of_tasks(late + timedelta(days=1)) == []


@pytest.mark.parametrize("end", ["done", "withdrawn"])
def test_nobody_is_reminded_of_what_is_over(end, give, cast):
    task = give()
    mark_done(task, by=cast["nanhai"]) if end == "done" else withdraw(task, by=cast["office"])
    assert remind_of_tasks(date(2026, 6, 1)) == []


def test_whoever_has_to_check_from_now_on_is_told_and_whoever_got_nothing_is_not(give, cast, person):
    kept = give("Kept", by="nanhai-reviewer", to="chancheng", checker="nanhai")
    hand_over(cast["nanhai"], cast["chancheng"], by=cast["admin"])
    assert (reloaded(kept).person, reloaded(kept).checker) == (cast["chancheng"], cast["nanhai-reviewer"])
    assert told(cast["nanhai-reviewer"]) == ["Handed over to you: Kept"]
    assert told(cast["chancheng"]) == ["A task for you: Kept"]


def test_of_a_task_whose_checker_takes_it_over_both_new_hands_are_told(give, cast):
    task = give("Both", by="office", to="nanhai", checker="chancheng")
    hand_over(cast["nanhai"], cast["chancheng"], by=cast["admin"])
    assert (reloaded(task).person, reloaded(task).checker) == (cast["chancheng"], cast["office"])
    assert told(cast["chancheng"]) == ["Handed over to you: Both"]
    assert told(cast["office"]) == ["Handed over to you: Both"]
    handed = Record.objects.of(task).get(verb="handed over")
    assert (handed.before, handed.after) == (
        {"person": "关南海", "checker": "霍禅城"},
        {"person": "霍禅城", "checker": "何秘书"},
    )


def test_whoever_has_left_is_not_named_to_check(give, cast, person):
    task = give(by="nanhai-reviewer", to="chancheng", checker="nanhai")
    User.objects.filter(username="nanhai-reviewer").update(is_active=False)
    hand_over(cast["nanhai"], cast["chancheng"], by=cast["admin"])
    assert reloaded(task).checker == cast["admin"]


@pytest.mark.parametrize(
    ("username", "verb", "status"),
    [
        ("nanhai", "check", 409),
        ("nanhai", "withdraw", 403),
        ("nanhai", "send-back", 409),
        ("office", "done", 403),
        ("office", "check", 409),
        ("chair", "done", 404),
        ("branch", "withdraw", 404),
    ],
)
def test_the_page_refuses_by_its_kind_and_changes_nothing(username, verb, status, give, signed_in):
    task = give(checker="office")
    answer = signed_in(username).post(f"/tasks/{task.pk}/{verb}/", {"note": "x"})
    assert (answer.status_code, reloaded(task).state) == (status, "open")


def test_what_was_typed_stays_when_it_cannot_be_taken(give, signed_in):
    task = give(evidence="file")
    page = signed_in("nanhai").post(f"/tasks/{task.pk}/done/", {"note": "<i>Scan sent</i>"})
    text = page.content.decode()
    assert (page.status_code, text.count("&lt;i&gt;Scan sent&lt;/i&gt;"), text.count("<i>Scan")) == (200, 1, 0)
    assert page.context["forms"]["done"].errors == {"note": ["Attach the file that shows it first."]}
    too_long = signed_in("nanhai").post(f"/tasks/{task.pk}/done/", {"note": "x" * 2001})
    assert (list(too_long.context["forms"]["done"].errors), reloaded(task).state) == (["note"], "open")


def test_a_task_is_taken_back_on_its_page_and_then_no_more(give, signed_in):
    task = give()
    client = signed_in("office")
    codes = [client.post(f"/tasks/{task.pk}/withdraw/", {"note": "Not needed"}).status_code for __ in range(2)]
    assert (codes, reloaded(task).state) == ([302, 409], "withdrawn")


@pytest.mark.parametrize("page", ["0", "-1", "99", "x", "\u0661"])
def test_a_page_that_is_none_shows_one_that_is(page, give, signed_in):
    give()
    assert signed_in("nanhai").get("/tasks/", {"page": page}).status_code == 200


@pytest.mark.parametrize(
    ("language", "words"), [("en", "This task is for somebody else."), ("zh-hans", "这项任务由他人承办。")]
)
def test_a_refusal_is_read_in_the_language_of_its_reader(language, words, give, signed_in, settings):
    task, client = give(), signed_in("office")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    answer = client.post(f"/tasks/{task.pk}/done/", {"note": ""})
    assert (answer.status_code, answer.content.decode().count(words)) == (403, 1)


def test_of_many_who_say_at_once_that_it_is_done_one_does(cast, many_hands):
    from members.libraries.models import Library

    here, nanhai = Library.objects.get(code="NH002"), cast["nanhai"].pk
    task = assign("Lease", thing=here, by=cast["office"], to=cast["nanhai"], checker=cast["office"])
    outcomes = at_once(lambda __: mark_done(task, by=User.objects.get(pk=nanhai)), times=4)
    assert sorted(type(one).__name__ for one in outcomes) == ["Assignment", "Overtaken", "Overtaken", "Overtaken"]
    assert told(cast["office"]) == ["To check: Lease"]


def test_whoever_takes_it_back_in_vain_reads_who_did_it(give, cast):
    task = give()
    mark_done(task, by=cast["nanhai"])
    with pytest.raises(PermissionDenied, match=r"This task is done already, by 关南海\."):
        withdraw(task, by=cast["office"])
