"""Hold what makes a decision, who votes, and what follows from it (6.2.1 b)."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from committee.decisions import actions
from committee.decisions.models import Ballot, Decision
from committee.decisions.tasks import close_votes
from committee.meetings.models import Meeting
from committee.meetings.rolls.quorum import Quorum, quorum
from committee.proposals.suggestions import gather
from fsul_portal.access.actions import grant
from fsul_portal.assignments.actions import mark_done
from fsul_portal.assignments.models import Assignment
from fsul_portal.assignments.tasks import remind_of_tasks
from fsul_portal.links.actions import link, links_of
from fsul_portal.notices.models import Notice
from fsul_portal.verdicts import Unready
from members.libraries.models import Library
from tests.committee.decisions.stage import FACTS, asked, noted, standing
from tests.committee.items.stage import ROLL, hold, last
from tests.minutes import signed

pytestmark = pytest.mark.clause("6.2.1 b")
ABSENT = [*ROLL[:1], *({"name": name, "unit": name, "presence": "absent"} for name in "甲乙丙")]


def test_a_decision_has_its_number_and_stands_from_the_signature_on(cast):
    decision = noted(cast)
    assert (decision.state, decision.number) == ("noted", None)
    signed(decision.meeting, office=cast["office"], chair=cast["chair"])
    decision.refresh_from_db()
    year = decision.meeting.year
    assert (decision.state, decision.number) == ("in_force", f"FSUL-JY-{year}-001")
    assert decision.decided_on == timezone.localdate(decision.meeting.starts_at)


def test_numbers_have_no_gap_where_something_was_struck(cast):
    actions.strike(noted(cast), by=cast["office"], note="记错")
    assert [standing(cast).number[-3:], standing(cast).number[-3:]] == ["001", "002"]


@pytest.mark.clause("7.1")
def test_a_decision_without_quorum_is_kept_and_not_in_force_and_the_meeting_does_not_count(cast):
    decision = standing(cast, roll=ABSENT)
    assert (decision.state, decision.is_quorate, decision.there, decision.due) == ("void", False, 1, 4)
    assert decision.number is not None
    assert Meeting.objects.counting().count() == 0
    assert list(Decision.objects.in_force()) == []


def test_a_vote_by_numbers_carries_with_more_for_than_against(cast):
    won = standing(cast, method="vote", counts={"for": 2, "against": 0, "abstained": 0})
    lost = standing(cast, method="vote", counts={"for": 1, "against": 1, "abstained": 0})
    assert [(one.state, one.votes_for, one.votes_against) for one in (won, lost)] == [
        ("in_force", 2, 0),
        ("lost", 1, 1),
    ]


def test_more_votes_than_people_are_refused_with_the_numbers(cast):
    with pytest.raises(Unready) as refused:
        noted(cast, method="vote", counts={"for": 3, "against": 0, "abstained": 0})
    assert [str(one.sentence) for one in refused.value.findings] == [
        "3 votes, but only 2 with a vote were there at this item."
    ]
    assert Decision.objects.count() == 0


@pytest.mark.parametrize("more", [{"votes": False}, {"presence": "absent"}, {"presence": "excused"}])
def test_a_vote_of_somebody_without_one_or_who_was_not_there_is_refused(cast, more):
    item = last(hold(cast, roll=[*ROLL, {"name": "关", "unit": "高明区总馆", "presence": "present"} | more]))
    entry = item.meeting.roll.get(name="关")
    with pytest.raises(Unready):
        actions.note(item, **FACTS, method="vote", names={entry.pk: "for"}, by=cast["office"])
    assert Decision.objects.count() == 0


def test_whoever_came_later_or_had_left_counts_at_no_item_outside_his_time(cast):
    meeting = hold(cast)
    first, __, second = meeting.items.order_by("sort")
    meeting.roll.filter(name="黄委员").update(came_with=second)
    decision = actions.note(first, **FACTS, by=cast["office"])
    later = actions.note(second, **FACTS, by=cast["office"])
    assert [(one.there, one.due) for one in (decision, later)] == [(1, 2), (2, 2)]
    entry = meeting.roll.get(name="黄委员")
    with pytest.raises(Unready):
        actions.note(first, **FACTS, method="vote", names={entry.pk: "for"}, by=cast["office"])


def test_votes_by_name_are_counted_and_kept(cast):
    item = last(hold(cast))
    one, other = item.meeting.roll.order_by("pk")
    names = {one.pk: "for", other.pk: "abstained"}
    decision = actions.note(item, **FACTS, method="vote", names=names, by=cast["office"])
    assert (decision.votes_for, decision.votes_against, decision.abstained) == (1, 0, 1)
    assert [(str(ballot), ballot.choice) for ballot in decision.ballots.all()] == [
        ("梁主任", "for"),
        ("黄委员", "abstained"),
    ]


@pytest.mark.parametrize(
    ("rule", "reached"),
    [
        (("half", "none"), True),
        (("majority", "none"), False),
        (("two_thirds", "none"), False),
        (("none", "half"), True),
    ],
)
def test_quorum_is_by_heads_and_by_units_as_the_office_sets_it(rule, reached):
    assert Quorum(due=4, there=2, units_due=2, units_there=1, rule=rule).is_reached is reached
    assert Quorum(due=0, there=0, units_due=0, units_there=0, rule=rule).is_reached is False


def test_who_attends_without_a_vote_makes_no_quorum(cast):
    meeting = hold(cast, roll=[*ROLL, {"name": "列席", "unit": "x", "presence": "present", "votes": False}])
    reached = quorum(meeting.body, list(meeting.roll.all()))
    assert (reached.due, reached.there) == (2, 2)


def test_a_decision_is_read_from_what_its_item_was_about(cast):
    item, library = last(hold(cast)), Library.objects.get(code="NH002")
    link(item, library, "talked-of", by=cast["office"])
    decision = actions.note(item, **FACTS, by=cast["office"])
    assert [one.thing for one in links_of(library, to=cast["office"]) if one.link.relation == "decides"] == [decision]


def test_everybody_with_a_vote_is_asked_in_writing_and_the_last_one_closes_it(cast):
    decision = asked(cast)
    told = Notice.objects.filter(key__startswith=f"decision:{decision.pk}:vote").values_list(
        "recipient__username", flat=True
    )
    assert sorted(told) == sorted(person.username for person in actions.voters(timezone.localdate()))
    decision = actions.vote(decision, choice=Ballot.Choice.FOR, by=cast["committee"])
    assert decision.state == "open"
    decision = actions.vote(decision, choice=Ballot.Choice.AGAINST, by=cast["chair"])
    assert (decision.state, decision.votes_for, decision.votes_against, decision.due) == ("lost", 1, 1, 2)


def test_nobody_votes_twice_nor_without_a_seat_nor_after_the_day(cast):
    decision = actions.vote(asked(cast), choice=Ballot.Choice.FOR, by=cast["committee"])
    for person in ("committee", "office", "nanhai"):
        with pytest.raises(PermissionDenied):
            actions.vote(decision, choice=Ballot.Choice.FOR, by=cast[person])
    with time_machine.travel(timezone.now() + timedelta(days=6)), pytest.raises(PermissionDenied, match="closed on"):
        actions.vote(decision, choice=Ballot.Choice.FOR, by=cast["chair"])
    assert decision.ballots.count() == 1


def test_the_vote_closes_after_its_day_and_the_missing_are_reminded_before(cast):
    decision = actions.vote(asked(cast), choice=Ballot.Choice.FOR, by=cast["committee"])
    last_day = decision.closes_on
    assert [one.recipient.username for one in close_votes(last_day - timedelta(days=1))] == ["chair"]
    assert close_votes(last_day - timedelta(days=1)) == []
    with time_machine.travel(timezone.now() + timedelta(days=7)):
        close_votes(last_day + timedelta(days=1))
        close_votes(last_day + timedelta(days=1))
    decision.refresh_from_db()
    assert (decision.state, decision.decided_on, decision.there) == ("in_force", last_day, 1)


def test_a_task_is_given_reminded_escalated_and_comes_back_on_an_agenda(cast):
    decision = standing(cast)
    task = actions.give_task(
        decision, title="印发通知", to=cast["coordination-lead"], days=3, helpers="各区总馆", by=cast["office"]
    )
    late = task.due_on + timedelta(days=7)
    told = [(one.recipient.username, one.subject) for one in remind_of_tasks(late)]
    assert ("chair", f"Overdue, and nobody has done it: {task.title}") in told
    with time_machine.travel(timezone.now() + timedelta(days=20)):
        titles = [one.title for one in gather() if one.source.startswith("fsul_portal.assignment")]
        assert (titles, gather()) == (["已逾期：印发通知"], [])
    mark_done(task, by=cast["coordination-lead"], note="已印发")
    assert Assignment.objects.of(decision).get().state == "done"


def test_a_later_decision_replaces_an_earlier_one_and_both_say_so(cast):
    first, second = standing(cast), standing(cast, title="新的考评安排")
    first = actions.repeal(first, by=cast["office"], note="由新的安排替代", by_decision=second)
    assert (first.state, first.successor, list(second.replaces.all())) == ("replaced", second, [first])


def test_a_right_to_vote_comes_with_the_seat_alone(cast):
    grant("committee-member", to=cast["observer"])
    with pytest.raises(PermissionDenied, match="sits on the committee with a vote"):
        actions.vote(asked(cast), choice=Ballot.Choice.FOR, by=type(cast["observer"]).objects.get(username="observer"))


def test_nobody_is_led_to_a_task_that_is_not_open_to_him(cast, signed_in):
    decision = standing(cast)
    task = actions.give_task(decision, title="印发通知", to=cast["coordination-lead"], days=3, by=cast["office"])
    for name in ("chair", "committee", "office", "coordination-lead"):
        pages = [
            signed_in(name).get(url).content.decode() for url in (decision.get_absolute_url(), "/committee/follow-up/")
        ]
        leads = task.get_absolute_url() in "".join(pages)
        opens = signed_in(name).get(task.get_absolute_url()).status_code == 200
        assert (leads and not opens, [task.title in page for page in pages]) == (False, [True, True]), name
