"""Hold remarks against those who would break them: fields, empty and hostile texts, strangers, two at once."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from committee.meetings.actions import call_meeting
from fsul_portal.assignments.actions import assign
from fsul_portal.records.models import Record
from fsul_portal.remarks import rules
from fsul_portal.remarks.actions import answer, close, remark
from fsul_portal.remarks.models import Remark
from fsul_portal.verdicts import Kind
from members.people.models import User
from tests.hands import at_once

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def task(cast, library):
    return assign("Lease", thing=library("NH002"), by=cast["office"], to=cast["nanhai"])


@pytest.fixture
def made(task, cast):
    return remark(task, "Which lease?", by=cast["nanhai"])


@pytest.fixture
def make(task, signed_in):
    def send(username="nanhai", **said):
        return signed_in(username).post(f"/remarks/fsul_portal.assignment/{task.pk}/make/", said, follow=True)

    return send


def said(answer):
    return [str(message) for message in answer.context["messages"]]


def test_the_same_remark_sent_twice_is_made_once_until_it_is_answered(task, made, cast):
    assert remark(task, "Which lease?", by=cast["nanhai"]) == made
    assert remark(task, "Which lease?", by=cast["nanhai"], field="due_on") != made
    assert remark(task, "Which lease?", by=cast["office"]) != made
    answer(made, "That of 2026", by=cast["office"])
    assert remark(task, "Which lease?", by=cast["nanhai"]) != made
    assert Record.objects.of(task).filter(verb="remarked").count() == 4


def test_a_remark_and_its_answer_stand_on_the_record_of_the_thing(task, cast):
    made = remark(task, "Which lease?", by=cast["nanhai"], field="due_on")
    answer(made, "That of 2026", by=cast["office"])
    close(made, by=cast["nanhai"])
    acts = Record.objects.of(task).order_by("pk").values_list("verb", "by__username", "note", "after")
    assert list(acts) == [
        ("remarked", "nanhai", "Which lease?", {"field": "due_on"}),
        ("remark answered", "office", "That of 2026", {}),
        ("remark closed", "nanhai", "", {}),
    ]


def test_a_long_remark_is_called_by_its_beginning(task, cast):
    assert str(remark(task, "问" * 100, by=cast["nanhai"])) == "问" * 80


def test_controls_are_stripped_and_every_character_has_one_spelling(task, cast):
    assert remark(task, "Cafe\u0301\x00\u202e\nb", by=cast["nanhai"]).text == "Caf\u00e9\nb"


@pytest.mark.parametrize("field", ["", "title", "due_on", "person"])
def test_a_remark_on_a_field_names_it_on_the_page(field, task, cast, make):
    page = make(text="Why?", field=field)
    named = Remark.objects.get().field_in_words
    assert (page.status_code, named) == (200, {"title": "Task", "due_on": "Due on", "person": "Person"}.get(field, ""))


@pytest.mark.parametrize("field", ["nothing", "thing", "title__length", "Title", "../title", "pk"])
def test_what_is_no_field_of_its_own_is_refused_and_the_page_goes_on(field, task, make):
    page = make(text="Why?", field=field)
    assert (page.status_code, said(page), Remark.objects.count()) == (200, ["There is no such field."], 0)


def test_what_other_records_say_of_a_meeting_is_no_field_to_remark_on(cast, signed_in):
    """The roll has no words of its own; a remark on it once broke the page of the meeting for everybody."""
    meeting = call_meeting(
        kind="joint", starts_at=timezone.now() + timedelta(days=20), place="五楼", agenda="年报", by=cast["office"]
    )
    address = f"/remarks/committee.meeting/{meeting.pk}/make/"
    page = signed_in("office").post(address, {"text": "Why?", "field": "roll"}, follow=True)
    assert (page.status_code, said(page), Remark.objects.count()) == (200, ["There is no such field."], 0)


def test_a_remark_on_a_field_of_before_is_shown_without_its_name(task, made, signed_in):
    Remark.objects.update(field="rent")
    page = signed_in("office").get(f"/tasks/{task.pk}/")
    assert (page.status_code, Remark.objects.get().field_in_words) == (200, "")


@pytest.mark.parametrize("text", ["", "   \n\t", "\x00\u202e", "x" * 2001])
def test_a_remark_says_a_few_words(text, make):
    page = make(text=text)
    assert (said(page), Remark.objects.count()) == (["Write a few words, at most 2,000 characters."], 0)


def test_the_longest_remark_and_the_longest_field_are_taken_or_refused_whole(make):
    assert said(make(text="问" * 2000)) == ["The remark is made."]
    assert said(make(text="x", field="f" * 61)) == ["Write a few words, at most 2,000 characters."]
    assert Remark.objects.count() == 1


def test_an_empty_answer_changes_nothing(made, signed_in):
    page = signed_in("office").post(f"/remarks/{made.pk}/answer/", {"text": " "}, follow=True)
    made.refresh_from_db()
    assert (said(page), made.answered_at) == (["Write a few words, at most 2,000 characters."], None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Remark.objects.update(answered_at=made.remarked_at, answered_by=made.remarked_by)


def test_nobody_remarks_on_answers_or_closes_what_is_over(made, cast):
    close(made, by=cast["nanhai"])
    made.refresh_from_db()
    verdicts = [rules.may_answer(cast["office"], made), rules.may_close(cast["nanhai"], made)]
    assert [(verdict.kind, verdict.sentence) for verdict in verdicts] == [
        (Kind.OVERTAKEN, "This remark has been answered or closed."),
        (Kind.OVERTAKEN, "This remark is closed."),
    ]


@pytest.mark.parametrize(("username", "status"), [("nanhai", 403), ("office", 302), ("chancheng", 404)])
def test_a_remark_is_answered_by_a_reader_who_did_not_make_it(username, status, made, signed_in):
    sent = signed_in(username).post(f"/remarks/{made.pk}/answer/", {"text": "That of 2026"})
    assert (sent.status_code, Remark.objects.filter(answer="").exists()) == (status, status != 302)


def test_an_answer_that_comes_second_is_told_so(made, signed_in):
    client, address = signed_in("office"), f"/remarks/{made.pk}/answer/"
    assert [client.post(address, {"text": text}).status_code for text in ("First", "Second")] == [302, 409]
    assert Remark.objects.get().answer == "First"


def test_a_close_that_comes_second_is_told_so(made, signed_in):
    client, address = signed_in("nanhai"), f"/remarks/{made.pk}/close/"
    assert [client.post(address).status_code for __ in range(2)] == [302, 409]


@pytest.mark.parametrize("kind", ["fsul_portal.nothing", "nothing", "fsul_portal.remark", "auth.permission", "a.b.c"])
def test_of_what_is_no_record_to_remark_on_nothing_is_known(kind, task, signed_in):
    assert signed_in("office").post(f"/remarks/{kind}/{task.pk}/make/", {"text": "x"}).status_code == 404


def test_remarks_are_taken_in_by_post_alone(task, made, signed_in):
    addresses = (f"/remarks/fsul_portal.assignment/{task.pk}/make/", f"/remarks/{made.pk}/answer/")
    assert [signed_in("office").get(address).status_code for address in addresses] == [405, 405]


def test_of_many_who_send_one_form_at_once_one_remark_is_made(cast, many_hands):
    from members.libraries.models import Library

    task = assign("Lease", thing=Library.objects.get(code="NH002"), by=cast["office"], to=cast["nanhai"])
    nanhai = cast["nanhai"].pk
    outcomes = at_once(lambda __: remark(task, "Which?", by=User.objects.get(pk=nanhai)).pk, times=4)
    assert (len(set(outcomes)), Remark.objects.count()) == (1, 1)


def test_of_two_answers_at_once_one_is_kept(cast, many_hands):
    from members.libraries.models import Library

    task = assign("Lease", thing=Library.objects.get(code="NH002"), by=cast["office"], to=cast["nanhai"])
    made, office = remark(task, "Which?", by=cast["nanhai"]), cast["office"].pk
    outcomes = at_once(lambda number: answer(made, str(number), by=User.objects.get(pk=office)), times=3)
    assert sorted(type(one).__name__ for one in outcomes) == ["Overtaken", "Overtaken", "Remark"]
