"""Hold documents with a life: editions, opinions, decision, number, force by days, review, replacement."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from fsul_portal.acts.versions import Stale
from fsul_portal.approvals.kinds import KINDS
from fsul_portal.approvals.stages import Stage
from fsul_portal.papers import actions, letters
from fsul_portal.papers.comparisons import Paragraphs, side_by_side
from fsul_portal.records.models import Record
from fsul_portal.verdicts import Closed, NotNow, Overtaken, Unready
from members.people.models import User
from tests.english import in_english
from tests.hands import at_once, many_hands
from tests.small.paper import KIND, OFFICE, Standard

__all__ = ["in_english", "many_hands"]
State = Standard.State
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def way(monkeypatch):
    monkeypatch.setitem(KINDS, KIND.key, KIND)


@pytest.fixture
def hands(person, in_english):
    return {name: person(name) for name in ("office", "chair", "committee", "technical-lead", "nanhai")}


@pytest.fixture
def today(hands):
    return timezone.localdate()


def drafted(hands, title="编目细则", text="第一条 总则\n第二条 范围", **facts):
    paper = actions.propose(Standard(title=title, **facts), by=hands["committee"])
    return actions.write(paper, by=hands["office"], text=text)


def consulted(hands, **facts):
    return actions.consult(drafted(hands, **facts), by=hands["office"], until=timezone.localdate() + 10 * DAY)


def decided(hands, **facts):
    paper = actions.submit(consulted(hands, **facts), by=hands["office"])
    return actions.agree(paper, by=hands["chair"])


def issued(hands, day=None, **facts):
    return actions.issue(decided(hands, **facts), by=hands["office"], in_force_on=day or timezone.localdate())


def in_force(hands, **facts):
    return actions.enter_into_force(issued(hands, **facts))


def on(day):
    return [(paper.number, paper.words) for paper in Standard.objects.as_of(day).order_by("number")]


def test_a_paper_lives_from_its_proposal_until_another_one_replaces_it(hands, today):
    old = in_force(hands)
    new = issued(hands, title="编目细则（修订）", text="第一条 新总则", replaces=old, day=today + 9 * DAY)
    old.refresh_from_db()
    assert (old.state, old.ended_on, new.state) == (State.IN_FORCE, today + 9 * DAY, State.ISSUED)
    assert Standard.objects.entering(today + 8 * DAY).count() == 0
    Standard.objects.filter(pk=new.pk).update(in_force_on=today)
    assert (actions.enter_all_due(Standard, today), actions.enter_all_due(Standard, today)) == (1, 0)
    states = [Standard.objects.get(pk=paper.pk).state for paper in (old, new)]
    assert states == [State.REPLACED, State.IN_FORCE]
    assert [record.verb for record in Record.objects.of(new).order_by("pk")] == [
        "paper proposed",
        "paper written",
        "paper consulted",
        "submitted",
        "agreed",
        "paper issued",
        "paper in force",
    ]


def test_the_text_in_force_on_any_day_follows_the_days_even_if_no_job_has_run(hands, today):
    old = in_force(hands)
    issued(hands, text="第一条 新总则", replaces=old, day=today + 9 * DAY)
    first, second = f"FSUL/Z {today.year}-1", f"FSUL/Z {today.year}-2"
    assert [on(day) for day in (today - DAY, today, today + 8 * DAY, today + 9 * DAY)] == [
        [],
        [(first, "第一条 总则\n第二条 范围")],
        [(first, "第一条 总则\n第二条 范围")],
        [(second, "第一条 新总则")],
    ]


def test_editions_stand_side_by_side(hands):
    paper = actions.write(drafted(hands), by=hands["office"], text="第一条 总则\n第二条 适用范围\n第三条 职责")
    before, after = paper.editions.all()
    assert side_by_side(before.text, after.text) == [
        Paragraphs("第一条 总则", "第一条 总则"),
        Paragraphs("第二条 范围", "第二条 适用范围"),
        Paragraphs("", "第三条 职责"),
    ]


def test_every_opinion_gets_its_answer_before_it_is_put_to_decision(hands):
    paper = consulted(hands)
    opinion = actions.speak(paper, by=hands["committee"], text="范围过宽", edition=1, clause="第二条")
    with pytest.raises(NotNow, match="1 opinion has no answer yet"):
        actions.submit(paper, by=hands["office"])
    with pytest.raises(Unready, match="Say why"):
        actions.answer(opinion, by=hands["office"], outcome="partly")
    actions.answer(opinion, by=hands["office"], outcome="partly", reason="限于成员馆")
    with pytest.raises(Overtaken, match="has answered this opinion already"):
        actions.answer(opinion, by=hands["office"], outcome="accepted")
    assert actions.submit(paper, by=hands["office"]).state == State.SUBMITTED


def test_an_opinion_that_comes_late_is_taken_and_marked(hands, today):
    paper = consulted(hands)
    Standard.objects.update(consult_until=today - DAY)
    assert actions.speak(paper, by=hands["committee"], text="迟到的意见", edition=1).is_late


def test_an_opinion_on_an_edition_that_was_replaced_is_looked_at_again(hands, today):
    paper = actions.write(consulted(hands), by=hands["office"], text="新稿")
    paper = actions.consult(paper, by=hands["office"], until=today + DAY)
    with pytest.raises(Stale, match="newer edition"):
        actions.speak(paper, by=hands["committee"], text="x", edition=1)


def test_nothing_is_decided_that_nobody_was_asked_about(hands):
    with pytest.raises(NotNow, match="Nobody has been asked"):
        actions.submit(drafted(hands), by=hands["office"])
    with pytest.raises(NotNow, match="Nothing has been written"):
        actions.consult(_proposed_and_returned(hands), by=hands["office"], until=date(2099, 1, 1))


def _proposed_and_returned(hands):
    paper = drafted(hands)
    paper.editions.all().delete()
    return paper


def test_whoever_drafted_it_decides_on_none_and_a_decision_of_a_meeting_is_entered(hands, monkeypatch, person):
    stage = Stage("meeting", 1, "Meeting", "Enter", OFFICE.permission, "office", OFFICE.title, by_decision=True)
    monkeypatch.setitem(KINDS, KIND.key, replace(KIND, default=(stage,)))
    second = User.objects.create_user("second", name="副秘书")
    from fsul_portal.access.actions import grant

    grant("secretary", to=second)
    paper = actions.submit(consulted(hands), by=hands["office"])
    with pytest.raises(PermissionDenied, match="Nobody reviews a matter of their own"):
        actions.enter_decision(paper, by=hands["office"], number="3", day=date(2026, 11, 20))
    paper = actions.enter_decision(paper, by=second, number="3", day=date(2026, 11, 20))
    assert (paper.state, paper.opinions.get().decision_number) == (State.ACCEPTED, "3")


def test_what_is_returned_is_written_anew_and_what_is_refused_ends(hands):
    paper = actions.submit(consulted(hands), by=hands["office"])
    back = actions.give_back(paper, by=hands["chair"], note="第二条不清")
    assert actions.write(back, by=hands["office"], text="改稿").state == State.DRAFT
    again = actions.submit(back, by=hands["office"])
    refused = actions.refuse(again, by=hands["chair"], note="不需要")
    with pytest.raises(Closed, match="It is refused"):
        actions.write(refused, by=hands["office"], text="x")


def test_no_two_are_in_force_with_one_number_and_none_before_it_was_issued(hands, today):
    assert [issued(hands).number, issued(hands).number] == [f"FSUL/Z {today.year}-{number}" for number in (1, 2)]
    with pytest.raises(Unready, match="before it was issued"):
        actions.issue(decided(hands), by=hands["office"], in_force_on=today - DAY)


def test_what_was_to_be_replaced_stays_when_the_new_one_is_withdrawn(hands, today):
    old = in_force(hands)
    new = issued(hands, replaces=old, day=today + 9 * DAY)
    with pytest.raises(NotNow, match="replaces it already"):
        actions.repeal(old, by=hands["office"], note="x")
    actions.withdraw(new, by=hands["office"])
    assert [number for number, __ in on(today + 30 * DAY)] == [old.number]
    assert actions.repeal(old, by=hands["office"], note="x").ended_on == today
    assert on(today) == []


def test_a_review_is_due_after_years_and_leaves_it_in_force(hands, today):
    paper = in_force(hands)
    assert paper.review_due_on.year == today.year + 5
    due = paper.review_due_on
    drafters = paper.people_in("drafter").count()
    assert [len(letters.remind(Standard, day)) for day in (due - DAY, due, due)] == [0, drafters, 0]
    paper = actions.review(paper, by=hands["office"], note="继续有效", review_due_on=due + DAY)
    assert (paper.state, paper.reviewed_by, letters.remind(Standard, due)) == (State.IN_FORCE, hands["office"], [])


def test_those_who_have_not_spoken_are_reminded_once(hands, today):
    paper = consulted(hands)
    actions.speak(paper, by=hands["committee"], text="同意", edition=1)
    near = today + 8 * DAY
    told = [{one.recipient_id for one in letters.remind(Standard, near)} for __ in range(2)]
    asked = set(paper.people_in("consulted").values_list("pk", flat=True))
    assert told == [asked - {hands["committee"].pk}, set()]


def test_the_papers_of_a_day_are_read_in_one_query(hands, today, django_assert_num_queries):
    for __ in range(3):
        issued(hands)
    with django_assert_num_queries(1):
        assert len(on(today)) == 3


def test_of_many_that_replace_one_at_once_one_does(cast, many_hands):
    hands = {name: cast[name] for name in ("office", "chair", "committee")}
    old = in_force(hands)
    papers = [decided(hands, replaces=old) for __ in range(4)]
    later = timezone.localdate() + 5 * DAY

    def issue(number):
        return actions.issue(papers[number], by=User.objects.get(pk=cast["office"].pk), in_force_on=later)

    outcomes = at_once(issue, times=4)
    assert sorted(isinstance(one, Standard) for one in outcomes) == [False, False, False, True]
    assert {type(one) for one in outcomes} <= {Standard, Overtaken, NotNow}
    assert Standard.objects.filter(number__isnull=False).count() == 2
