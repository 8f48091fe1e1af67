"""Give tasks, do them, check them, and remind of them."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from fsul_portal.access.deputies.actions import hand_over
from fsul_portal.assignments.actions import assign, assign_all, check, mark_done, send_back, withdraw
from fsul_portal.assignments.checklists import Checklist, Item
from fsul_portal.assignments.models import Assignment
from fsul_portal.assignments.tasks import NEXT_UP, next_up, remind_of_tasks
from fsul_portal.files.actions import attach
from fsul_portal.notices.models import Notice
from fsul_portal.verdicts import Overtaken
from members.libraries.models import Library

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture(autouse=True)
def a_wednesday(time_machine):
    time_machine.move_to("2026-03-04T09:00:00+08:00", tick=False)


@pytest.fixture
def given(cast, library):
    """A task which the office gave the editor of Nanhai and looks at afterwards."""
    return assign(
        "Send the lease",
        thing=library("NH002"),
        by=cast["office"],
        to=cast["nanhai"],
        days=3,
        checker=cast["office"],
        evidence="note",
    )


def subjects(person):
    return list(Notice.objects.filter(recipient=person).order_by("pk").values_list("subject", flat=True))


def reloaded(task):
    return Assignment.objects.get(pk=task.pk)


def test_a_task_goes_to_the_person_is_done_and_checked(given, cast):
    assert (given.due_on, subjects(cast["nanhai"])) == (date(2026, 3, 9), ["A task for you: Send the lease"])
    assert list(Assignment.objects.open_to(cast["nanhai"])) == [given]
    done = mark_done(given, by=cast["nanhai"], note="Sent today")
    assert (list(Assignment.objects.open_to(cast["nanhai"])), done.state) == ([], "done")
    assert list(Assignment.objects.awaiting_check_of(cast["office"])) == [given]
    assert subjects(cast["office"]) == ["To check: Send the lease"]
    assert check(done, by=cast["office"]).state == "checked"


def test_a_task_for_a_seat_is_open_to_whoever_holds_it(cast, library):
    district = library("NH002").district
    one = assign("Visit", thing=library("NH002"), by=cast["office"], permission="members.sign_changes", place=district)
    open_to = {name for name, person in cast.items() if Assignment.objects.open_to(person).exists()}
    assert open_to == {"nanhai-reviewer"}
    assert [person.username for person in one.people()] == ["nanhai-reviewer"]
    assert mark_done(one, by=cast["nanhai-reviewer"]).done_by == cast["nanhai-reviewer"]


def test_the_same_person_never_checks(given, cast):
    given.checker = cast["nanhai"]
    given.save()
    mark_done(given, by=cast["nanhai"], note="Sent")
    with pytest.raises(PermissionDenied, match=r"Nobody checks what he has done himself\."):
        check(given, by=cast["nanhai"])


def test_nobody_does_the_task_of_another_nor_twice(given, cast):
    with pytest.raises(PermissionDenied, match=r"This task is for somebody else\."):
        mark_done(given, by=cast["chancheng"], note="x")
    mark_done(given, by=cast["nanhai"], note="Sent")
    with pytest.raises(Overtaken, match=r"This task is done already"):
        mark_done(given, by=cast["nanhai"], note="Sent")


def test_what_is_not_good_comes_back_with_the_reason(given, cast):
    for time in (1, 2):
        mark_done(given, by=cast["nanhai"], note=f"Sent {time}")
        assert send_back(given, by=cast["office"], note="Page 3 is missing").state == "open"
    assert subjects(cast["nanhai"])[1:] == ["To be done again: Send the lease"] * 2
    assert subjects(cast["office"]) == ["To check: Send the lease"] * 2


def test_whoever_gave_it_takes_it_back(given, cast):
    with pytest.raises(PermissionDenied, match=r"Only the person who gave this task"):
        withdraw(given, by=cast["nanhai"])
    assert withdraw(given, by=cast["office"]).state == "withdrawn"
    with pytest.raises(Overtaken):
        mark_done(given, by=cast["nanhai"], note="x")


@pytest.mark.clause("5.2")
def test_whoever_leaves_hands_his_tasks_over_in_the_one_act(given, cast, person, library):
    office, here = cast["office"], library("NH002")
    for_the_seat = assign("Visit", thing=here, by=office, permission="members.sign_changes", place=here.district)
    looked_at = assign("Count", thing=here, by=office, to=cast["branch"], checker=cast["nanhai"])
    mark_done(looked_at, by=cast["branch"])
    long_done = assign("Old", thing=here, by=office, to=cast["nanhai"])
    mark_done(long_done, by=cast["nanhai"])
    assert hand_over(cast["nanhai"], cast["chancheng"], by=cast["admin"]) == 2
    successor = person("chancheng")
    assert set(Assignment.objects.open_to(successor)) == {given}
    assert set(Assignment.objects.awaiting_check_of(successor)) == {looked_at}
    assert not Assignment.objects.open_to(person("nanhai")).exists()
    assert subjects(successor) == ["Handed over to you: Send the lease", "Handed over to you: Count"]
    assert (reloaded(long_done).person, reloaded(for_the_seat).person) == (cast["nanhai"], None)
    assert mark_done(given, by=successor, note="Sent").done_by == successor
    hand_over(person("nanhai-reviewer"), successor, by=cast["admin"])
    assert set(Assignment.objects.open_to(person("chancheng"))) == {for_the_seat}


def test_who_takes_over_a_task_which_he_had_to_check_checks_it_no_more(cast, person, library):
    by_giver = assign("A", thing=library("NH002"), by=cast["office"], to=cast["nanhai"], checker=cast["chancheng"])
    by_himself = assign("B", thing=library("NH002"), by=cast["chancheng"], to=cast["nanhai"], checker=cast["chancheng"])
    hand_over(cast["nanhai"], cast["chancheng"], by=cast["admin"])
    assert [reloaded(task).checker for task in (by_giver, by_himself)] == [cast["office"], cast["admin"]]
    done = mark_done(by_himself, by=person("chancheng"))
    assert check(done, by=person("admin")).state == "checked"


def test_evidence_is_asked_for(given, cast, library):
    with pytest.raises(ValidationError, match=r"Say in a note what was done\."):
        mark_done(given, by=cast["nanhai"], note="  ")
    scan = assign("Scan", thing=library("NH002"), by=cast["office"], to=cast["nanhai"], evidence="file")
    with pytest.raises(ValidationError, match=r"Attach the file that shows it first\."):
        mark_done(scan, by=cast["nanhai"])
    attach(scan, SimpleUploadedFile("scan.pdf", b"%PDF-1.7 x"), by=cast["nanhai"])
    assert mark_done(scan, by=cast["nanhai"]).state == "done"


def test_a_checklist_gives_several_at_once(cast, library):
    opening = Checklist(
        "Opening", (Item("Lease", 2), Item("Sign", 10, permission="members.sign_changes", evidence="note"))
    )
    lease, sign = assign_all(
        opening, thing=library("NH002"), by=cast["office"], to=cast["nanhai"], place=library("NH002").district
    )
    assert (lease.person, lease.due_on) == (cast["nanhai"], date(2026, 3, 6))
    assert (sign.person, sign.permission, sign.due_on) == (None, "members.sign_changes", date(2026, 3, 18))


def test_reminders_come_on_the_day_after_it_and_then_to_the_next_person_up(given, cast):
    assert remind_of_tasks(date(2026, 3, 6)) == []
    on_the_day = remind_of_tasks(date(2026, 3, 9))
    after = remind_of_tasks(date(2026, 3, 10))
    assert [one.subject for one in [*on_the_day, *after]] == ["Due today: Send the lease", "Overdue: Send the lease"]
    assert remind_of_tasks(date(2026, 3, 11)) == []
    up = remind_of_tasks(date(2026, 3, 12))
    assert [(one.recipient, one.subject) for one in up] == [
        (cast["office"], "Overdue, and nobody has done it: Send the lease")
    ]
    assert remind_of_tasks(date(2026, 3, 12)) == []


def test_a_room_names_the_next_person_up(given, cast, monkeypatch):
    monkeypatch.setattr("fsul_portal.assignments.tasks.NEXT_UP", NEXT_UP)
    next_up("members.library")(lambda assignment: [cast["coordination-lead"]])
    try:
        told = {one.recipient.username for one in remind_of_tasks(date(2026, 3, 16))}
    finally:
        del NEXT_UP["members.library"]
    assert told == {"nanhai", "coordination-lead"}


def test_a_person_does_the_task_on_its_page(given, signed_in):
    client = signed_in("nanhai")
    assert "Send the lease" in client.get("/tasks/").content.decode()
    refused = client.post(f"/tasks/{given.pk}/done/", {"note": ""})
    assert "Say in a note what was done." in refused.content.decode()
    client.post(f"/tasks/{given.pk}/done/", {"note": "Sent"})
    client = signed_in("office")
    assert "Send the lease" in client.get("/tasks/").content.decode()
    client.post(f"/tasks/{given.pk}/send-back/", {"note": ""})
    assert Assignment.objects.get().state == "done"
    client.post(f"/tasks/{given.pk}/check/", {"note": ""})
    assert Assignment.objects.get().state == "checked"


def test_a_stranger_finds_no_task(given, signed_in):
    assert signed_in("chancheng").get(f"/tasks/{given.pk}/").status_code == 404
    assert signed_in("chancheng").post(f"/tasks/{given.pk}/done/").status_code == 404


def test_a_due_day_in_an_unknown_year_says_so(given, signed_in):
    Assignment.objects.update(due_on=date(2030, 1, 4))
    assert "check this day" in signed_in("nanhai").get(f"/tasks/{given.pk}/").content.decode()


def test_the_list_costs_the_same_for_many_tasks(given, cast, signed_in, django_assert_max_num_queries):
    client = signed_in("nanhai")
    client.get("/tasks/")
    with django_assert_max_num_queries(20) as few:
        client.get("/tasks/")
    for library in Library.objects.all():
        assign("More", thing=library, by=cast["office"], to=cast["nanhai"])
    with django_assert_max_num_queries(20) as many:
        client.get("/tasks/")
    assert len(few) == len(many)
