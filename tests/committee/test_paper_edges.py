"""Break papers and notices of meetings: typed codes, refusals, twice and at once, who is told in which language."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from committee.meetings import actions as meetings
from committee.meetings.models import Meeting
from committee.meetings.wording.papers import MINUTES as MINUTES_OFFER
from committee.meetings.wording.papers import NOTICE
from fsul_portal.letters import actions
from fsul_portal.letters.models import Document
from fsul_portal.letters.rules import may_draft, may_issue, may_stamp, may_withdraw
from fsul_portal.notices.actions import tell
from fsul_portal.notices.models import Notice, Reader
from fsul_portal.records.models import Record
from fsul_portal.verdicts import Kind
from members.people.models import User
from tests.committee.test_meeting_papers import called, draft, issued, scan, stamped
from tests.hands import at_once
from tests.minutes import signed

__all__ = ["called", "draft", "issued", "stamped"]
pytestmark = pytest.mark.clause("6.2.1 b")
KEPT_BY = "Only the secretary of the coordination office calls and keeps the meetings."


def said(verdict):
    return verdict.sentence, verdict.kind


def wide(text):
    """Return the text as an input method for Chinese types it."""
    return "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text)


@pytest.mark.checklist("A1", "C1")
@pytest.mark.parametrize(
    "typed", ["a/b", "/", "..", ".", "佛联〔2026〕3号", "a b", "%2e%2e", "?x=1", "#", "//evil.example/"]
)
def test_whatever_is_typed_as_a_code_is_answered(typed, cast):
    answer = Client().get(reverse("check"), {"code": typed}, follow=True)
    assert (answer.status_code, answer.context["document"]) == (404, None)
    assert answer.context["form"].initial["code"] == typed


@pytest.mark.parametrize(
    "spelled",
    [
        str,
        str.lower,
        lambda code: code.replace("-", ""),
        lambda code: code.replace("-", " "),
        wide,
        lambda code: f"{code}。",
    ],
    ids=["printed", "small", "without strokes", "blanks", "wide", "with a stop"],
)
def test_a_code_is_found_however_it_is_typed(spelled, issued):
    answer = Client().get(reverse("check"), {"code": spelled(issued.code)}, follow=True)
    assert (answer.status_code, answer.context["document"]) == (200, issued)


@pytest.mark.parametrize(
    ("language", "words"), [("zh-hans", "由本系统签发，现行有效"), ("en", "issued here and stands")]
)
def test_whoever_checks_a_paper_reads_his_own_language_and_nothing_of_its_makers(language, words, issued, office):
    client = Client()
    client.cookies["django_language"] = language
    page = client.get(reverse("check-code", args=[issued.code])).content.decode()
    assert (page.count(str(office)), page.count(issued.title), page.count(f'lang="{language}"')) == (0, 1, 1)
    assert (page.count(words) == 1) == (language == "en")


@pytest.mark.parametrize(
    ("state", "issue", "stamp", "withdraw"),
    [
        ("draft", None, ("It is a draft; it has to be issued first.", Kind.NOT_NOW), None),
        ("issued", ("This paper has been issued already.", Kind.OVERTAKEN), None, None),
        ("stamped", ("This paper has been issued already.", Kind.OVERTAKEN), None, None),
        ("withdrawn", *[("This paper was withdrawn; nothing is done with it any more.", Kind.CLOSED)] * 3),
    ],
)
def test_each_step_of_a_paper_says_why_it_is_not_taken(state, issue, stamp, withdraw, draft, office):
    if state != "draft":
        draft = actions.issue(draft, by=office)
    if state == "stamped":
        draft = actions.attach_scan(draft, scan(), by=office)
    if state == "withdrawn":
        draft = actions.withdraw(draft, by=office, reason="x")
    verdicts = [rule(office, draft) for rule in (may_issue, may_stamp, may_withdraw)]
    assert [None if verdict else said(verdict) for verdict in verdicts] == [issue, stamp, withdraw]


@pytest.mark.parametrize("username", ["chair", "committee", "coordination-lead", "admin"])
def test_who_reads_the_meetings_and_keeps_none_is_told_who_does(username, draft, called, person):
    user = person(username)
    assert said(may_draft(user, NOTICE, called)) == (KEPT_BY, Kind.NO_RIGHT)
    assert [said(rule(user, draft)) for rule in (may_issue, may_withdraw)] == [(KEPT_BY, Kind.NO_RIGHT)] * 2


@pytest.mark.checklist("D4")
def test_of_many_who_issue_at_once_one_does_under_one_code(many_hands, draft, office):
    outcomes = at_once(lambda number: actions.issue(draft, by=office), times=3)
    assert sorted(type(one).__name__ for one in outcomes) == ["Document", "Overtaken", "Overtaken"]
    assert Record.objects.of(draft).filter(verb="issued").count() == 1


@pytest.mark.checklist("D3", "D4")
def test_many_who_draft_at_once_write_one_draft(many_hands, called, office):
    outcomes = at_once(lambda number: actions.draft(NOTICE, called, by=office), times=3)
    assert {one.pk for one in outcomes} == {Document.objects.get().pk}


def test_another_secretary_goes_on_with_a_draft_and_then_it_is_his(draft, called, second_secretary, office):
    again = actions.draft(NOTICE, called, by=second_secretary)
    assert (again.pk, again.drafted_by) == (draft.pk, second_secretary)
    assert [list(Document.objects.visible_to(one)) for one in (office, second_secretary)] == [[], [draft]]


def test_a_withdrawn_draft_makes_room_for_another(draft, called, office):
    actions.withdraw(draft, by=office, reason="错字")
    assert actions.draft(NOTICE, called, by=office).pk != draft.pk


def test_minutes_and_notice_of_one_meeting_do_not_stand_in_each_others_way(meeting_in, issued, called, office, chair):
    meetings.write_roll(called, [{"name": "梁主任", "unit": "", "position": "", "presence": "present"}], by=office)
    meeting = meetings.sign_roll(called, by=office)
    meetings.write_minutes(meeting, "纪要", by=office)
    meeting = signed(meeting, office=office, chair=chair)
    assert actions.issue(actions.draft(MINUTES_OFFER, meeting, by=office), by=office).is_standing
    assert said(may_draft(office, NOTICE, meeting))[1] == Kind.OVERTAKEN


def test_every_act_on_a_paper_stands_in_its_course(stamped, office, signed_in):
    actions.withdraw(stamped, by=office, reason="作废")
    page = signed_in("office").get(stamped.get_absolute_url())
    assert page.context["course"][0]["note"] == "作废"
    assert len(page.context["course"]) == Record.objects.of(stamped).count()


def test_the_committee_is_told_each_in_his_own_language_once_for_each_change(office, person):
    Reader.objects.create(person=person("chair"), language="en")
    Reader.objects.create(person=person("committee"), language="zh-hans")
    starts_at = timezone.now() + timedelta(days=9)
    meeting = meetings.call_meeting(kind="joint", starts_at=starts_at, place="五楼", by=office, title="甲会")
    facts = {"title": "甲会", "starts_at": starts_at}
    for place in ("六楼", "六楼", "五楼"):
        meeting = meetings.revise_meeting(Meeting.objects.get(), **facts, place=place, by=office)
    meetings.cancel_meeting(meeting, by=office, reason="台风")
    told = {
        name: list(person(name).notices.order_by("pk").values_list("subject", flat=True))
        for name in ("chair", "committee")
    }
    with translation.override("zh-hans"):
        words = [
            translation.gettext(f"Meeting {what}: %(title)s") % {"title": "甲会"}
            for what in ("called", "changed", "cancelled")
        ]
    assert told == {
        "chair": [f"Meeting {what}: 甲会" for what in ("called", "changed", "changed", "cancelled")],
        "committee": [words[0], words[1], words[1], words[2]],
    }


@pytest.mark.checklist("C1")
def test_words_of_any_length_are_told_and_cut_where_the_column_ends(cast):
    (notice,) = tell([cast["office"]], key="k", subject="长" * 999 + "\n\x00", body="b\x00\u202eb" * 9)
    kept = Notice.objects.get(pk=notice.pk)
    assert (kept.subject, kept.body) == ("长" * 200, "bb" * 9)


def test_nobody_is_told_where_nobody_is_there(cast):
    User.objects.update(is_active=False)
    assert tell(User.objects.all(), key="k", subject="s") == []
    assert tell([], key="k", subject="s") == []
