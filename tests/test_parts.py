"""Hold who attaches, remarks and sees what hangs on the pages of filings and meetings."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from committee.meetings.actions import call_meeting, cancel_meeting
from fsul_portal.assignments.actions import assign
from fsul_portal.assignments.models import Assignment
from fsul_portal.files.actions import attach
from fsul_portal.files.models import Attachment
from fsul_portal.files.rules import may_attach
from fsul_portal.grammar.things import kind_of
from fsul_portal.links.actions import link
from fsul_portal.remarks.models import Remark
from fsul_portal.remarks.rules import may_remark
from reports.demo.cast import PEOPLE
from workgroups.coordination.filings import actions as filings

EVERYBODY = [one.username for one in PEOPLE]
OVERSEE = {"chair", "committee", "office", "coordination-lead", "technical-lead", "resources-lead"}


@pytest.fixture
def filing(cast, library):
    requested = {"town": "440605125", "address": "大沥新路1号", "longitude": "", "latitude": "", "crs": ""}
    asked = {"effective_on": timezone.localdate() + timedelta(days=30), "reason": "x", "requested": requested}
    draft = filings.begin("move", library("NH002"), by=cast["nanhai"], asked=asked)
    return filings.submit(draft, by=cast["nanhai"], checked=True)


@pytest.fixture
def meeting(cast):
    at = timezone.now() + timedelta(days=5)
    return call_meeting(kind="joint", starts_at=at, place="x", by=cast["office"])


def pdf():
    return SimpleUploadedFile("grounds.pdf", b"%PDF-1.7 x")


def allowed(rule, thing, person):
    return {name for name in EVERYBODY if rule(person(name), type(thing).objects.get(pk=thing.pk))}


@pytest.mark.clause("6.2.1 e")
def test_the_side_of_the_library_and_whoever_has_the_turn_attach_to_a_filing(filing, cast, person):
    assert allowed(may_attach, filing, person) == {"nanhai", "branch", "nanhai-reviewer"}
    filings.agree(filing, by=cast["nanhai-reviewer"])
    assert allowed(may_attach, filing, person) == {"nanhai", "branch", "coordination-lead"}
    filings.agree(filing, by=cast["coordination-lead"])
    assert allowed(may_attach, filing, person) == set()
    with pytest.raises(PermissionDenied):
        attach(type(filing).objects.get(pk=filing.pk), pdf(), by=person("nanhai"))


@pytest.mark.clause("6.2.1 e")
def test_whoever_reads_a_filing_remarks_on_it(filing, person):
    assert allowed(may_remark, filing, person) == OVERSEE | {"nanhai", "branch", "nanhai-reviewer"}


@pytest.mark.clause("6.2.1 b")
def test_the_secretary_attaches_to_a_meeting_and_its_readers_remark(meeting, person):
    assert (allowed(may_attach, meeting, person), allowed(may_remark, meeting, person)) == ({"office"}, OVERSEE)
    cancel_meeting(meeting, by=person("office"), reason="x")
    assert allowed(may_attach, meeting, person) == set()


@pytest.mark.parametrize(("of", "username"), [("filing", "nanhai"), ("meeting", "office")])
def test_a_page_takes_files_and_remarks_and_shows_links_and_tasks(of, username, request, signed_in, cast, library):
    thing, by = request.getfixturevalue(of), cast[username]
    assign("Look at the lease", thing=thing, by=cast["office"], to=by)
    link(thing, library("NH003"), by=by)
    client, key = signed_in(username), [kind_of(thing), thing.pk]
    assert client.post(reverse("file-attach", args=key), {"file": pdf()}).status_code == 302
    assert client.post(reverse("remark-make", args=key), {"text": "Is the lease signed?"}).status_code == 302
    page = client.get(thing.get_absolute_url()).content.decode()
    shown = ("grounds.pdf", "Is the lease signed?", "大沥分馆（演示）", "Look at the lease")
    assert [words for words in shown if words not in page] == []
    assert (Attachment.objects.of(thing).count(), Remark.objects.of(thing).count()) == (1, 1)


def test_who_may_not_attach_is_offered_no_form(filing, signed_in):
    action = reverse("file-attach", args=[kind_of(filing), filing.pk])
    offered = {
        name: action in signed_in(name).get(filing.get_absolute_url()).content.decode()
        for name in ("nanhai", "nanhai-reviewer", "office", "coordination-lead")
    }
    assert offered == {"nanhai": True, "nanhai-reviewer": True, "office": False, "coordination-lead": False}


def test_a_stranger_finds_neither_the_page_nor_what_hangs_on_it(filing, signed_in, cast):
    file = attach(filing, pdf(), by=cast["nanhai"])
    client, key = signed_in("chancheng"), [kind_of(filing), filing.pk]
    doors = (reverse("file-attach", args=key), reverse("remark-make", args=key))
    assert [client.post(door).status_code for door in doors] == [404, 404]
    assert client.get(file.get_absolute_url()).status_code == 404


def test_many_remarks_cost_a_page_no_more_than_one(filing, signed_in, cast, django_assert_max_num_queries):
    def say(*texts):
        for text in texts:
            Remark.objects.create(thing=filing, text=text, remarked_by=cast["office"])

    client = signed_in("nanhai")
    say("1")
    client.get(filing.get_absolute_url())
    with django_assert_max_num_queries(20) as few:
        client.get(filing.get_absolute_url())
    say("2", "3", "4")
    with django_assert_max_num_queries(20) as many:
        client.get(filing.get_absolute_url())
    assert len(few) == len(many)


def test_a_task_concerns_the_same_people_wherever_it_is_asked(filing, person, library):
    one = assign("A", thing=filing, by=person("office"), to=person("nanhai"), checker=person("chair"))
    district = library("NH002").district
    two = assign("B", thing=filing, by=person("office"), permission="members.sign_changes", place=district)
    for task in (one, two):
        seen = {name for name in EVERYBODY if Assignment.objects.visible_to(person(name)).filter(pk=task.pk).exists()}
        assert {name for name in EVERYBODY if task.concerns(person(name))} == seen
