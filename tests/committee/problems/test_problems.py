"""Hold the problems of the system: who raises and reads them, which are alike, and when they stand still (6.1 f)."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from committee.agendas.models import Item
from committee.meetings.actions import call_meeting
from committee.problems.likeness import like, likeness
from committee.problems.models import Problem
from committee.problems.register import ACTS
from committee.problems.room import problems_settled
from committee.problems.tasks import remind_of_problems
from committee.proposals.actions import leave, take
from committee.proposals.suggestions import gather
from fsul_portal.cases import actions
from fsul_portal.grammar.evidence import NO_RECORD, Standing
from fsul_portal.links.actions import links_of
from fsul_portal.verdicts import Refusal
from tests.committee.problems.stage import given, raised, solved

pytestmark = pytest.mark.clause("6.1 f")
TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("by", "code"), [("branch", "NH002"), ("nanhai", "NH002"), ("nanhai", "NH003"), ("office", "NH002"), ("office", "")]
)
def test_a_problem_is_raised_for_ones_own_library_district_or_the_whole(cast, by, code):
    assert raised(cast, by=by, code=code).state == "open"


@pytest.mark.checklist("B9")
@pytest.mark.parametrize(
    ("by", "code"), [("branch", "NH003"), ("branch", ""), ("chancheng", "NH002"), ("nanhai", ""), ("observer", "NH002")]
)
def test_nobody_raises_one_for_others(cast, by, code):
    with pytest.raises(Refusal):
        raised(cast, by=by, code=code)
    assert not Problem.objects.exists()


def test_a_branch_walks_its_problem_to_the_end(cast):
    problem = solved(cast)
    with pytest.raises(Refusal, match="Somebody else reviews the solution first"):
        actions.close(problem, by=cast["branch"])
    problem = actions.send_back(problem, by=cast["branch"], note="仍然离线")
    problem = actions.solve(problem, by=cast["technical-lead"], solution="更换主板")
    problem = actions.review(problem, by=cast["office"], finding="统一巡检")
    assert actions.close(problem, by=cast["branch"]).state == "closed"


@pytest.mark.checklist("B9")
@pytest.mark.parametrize(
    ("username", "reads"),
    [
        ("branch", True),
        ("nanhai", True),
        ("nanhai-reviewer", True),
        ("committee", True),
        ("office", True),
        ("chancheng", False),
        ("observer", False),
    ],
)
def test_a_problem_is_read_by_its_library_its_district_and_those_who_oversee(cast, signed_in, username, reads):
    problem = raised(cast)
    assert signed_in(username).get(problem.get_absolute_url()).status_code == (200 if reads else 404)


@pytest.mark.parametrize(
    ("first", "second", "alike"),
    [
        ("自助机夜间离线", "自助机夜间离线", 1),
        ("自助机夜间离线", "夜间自助机离线", 0.5),
        ("自助机夜间离线", "物流车迟到", 0),
        ("Self check offline", "self-check OFFLINE", 1),
        ("", "", 1),
    ],
)
def test_titles_are_alike_by_their_pairs_of_characters(first, second, alike):
    assert likeness(first, second) == alike


def test_repeated_problems_are_shown_beside_one_as_far_as_one_may_read_them(cast, signed_in):
    same_kind = raised(cast, title="读卡器故障")
    same_words = raised(cast, title="自助机夜间常离线", code="CC002", by="chancheng", kind="other")
    raised(cast, title="物流车迟到", code="CC002", by="chancheng", kind="delivery")
    problem = raised(cast)
    assert like(problem, cast["office"]) == [same_kind, same_words]
    assert like(problem, cast["branch"]) == [same_kind]
    page = signed_in("office").get(problem.get_absolute_url()).content.decode()
    assert "读卡器故障" in page
    Problem.objects.filter(pk=same_kind.pk).update(started_at=timezone.now() - timedelta(days=800))
    assert like(problem, cast["office"]) == [same_words]


def test_fifteen_working_days_of_nothing_are_told_and_at_risk(cast):
    assert problems_settled(TODAY) == NO_RECORD
    given(cast)
    assert problems_settled(TODAY).standing is Standing.HELD
    later = TODAY + timedelta(days=28)
    assert problems_settled(later).standing is Standing.AT_RISK
    assert {one.recipient.username for one in remind_of_problems(later)} == {"technical-lead", "office"}


def test_the_page_takes_a_problem_of_a_library_by_its_code(cast, signed_in):
    client = signed_in("branch")
    facts = {"title": "离线", "kind": "system", "text": "两天", "token": "t"}
    page = client.post("/committee/problems/new/", facts | {"library": "XX999"})
    assert "There is no library of this code." in page.content.decode()
    problem = client.post("/committee/problems/new/", facts | {"library": "nh002"}, follow=True).context["thing"]
    assert (problem.library.code, problem.started_by.username) == ("NH002", "branch")
    assert client.post("/committee/problems/new/", facts | {"library": ""}).status_code == 403


def test_a_problem_is_put_to_the_committee_once_until_it_is_dealt_with(cast):
    office, problem, put = cast["office"], raised(cast), ACTS["propose"].act
    with pytest.raises(Refusal):
        put(problem, by=cast["branch"], note="请专委会定")
    proposal = put(problem, by=office, note="请专委会定")
    # Nobody proposes it a second time, the portal neither, although it stands still.
    Problem.objects.update(moved_on=timezone.localdate() - timedelta(days=60))
    with pytest.raises(Refusal, match="proposed already"):
        put(problem, by=office, note="请专委会定")
    assert not [one for one in gather() if one.title == problem.title]
    meeting = call_meeting(kind="joint", starts_at=timezone.now() + timedelta(days=9), place="五楼", by=office)
    take(proposal, meeting=meeting, by=office)
    with pytest.raises(Refusal, match="on the agenda"):
        put(problem, by=office, note="请专委会定")
    assert [one.thing for one in links_of(Item.objects.get(meeting=meeting), to=office)] == [problem]


def test_what_was_left_can_be_put_to_the_committee_again_but_not_what_is_solved(cast):
    office, put = cast["office"], ACTS["propose"].act
    problem = raised(cast)
    leave(put(problem, by=office, note="请专委会定"), by=office, note="先由小组研究")
    assert put(problem, by=office, note="小组未能解决").state == "proposed"
    with pytest.raises(Refusal):
        put(solved(cast), by=office, note="请专委会定")
