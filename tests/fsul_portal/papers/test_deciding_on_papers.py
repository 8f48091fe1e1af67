"""Hold who decides on a paper: its stages, four eyes, deputies, recall, and the end of what is refused."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils import timezone

from fsul_portal.access.deputies.actions import name_deputy
from fsul_portal.approvals.kinds import KINDS
from fsul_portal.approvals.stages import Stage
from fsul_portal.papers import actions
from fsul_portal.verdicts import Closed, NotNow, Overtaken, Refusal
from tests.english import in_english
from tests.fsul_portal.papers.test_standing_of_papers import State, a_wednesday, consulted, drafted, hands, paper
from tests.small.paper import CHAIR, KIND

__all__ = ["a_wednesday", "consulted", "drafted", "hands", "in_english", "paper"]


def test_what_was_put_to_decision_is_recalled_by_whoever_did_until_somebody_answers(consulted, hands, monkeypatch):
    second = Stage("second", 2, "Second", "Agree", "members.oversee_libraries", "second", "those who oversee")
    monkeypatch.setitem(KINDS, KIND.key, replace(KIND, default=(*KIND.default, second)))
    paper = actions.submit(consulted, by=hands["office"])
    with pytest.raises(Refusal, match=r"Only whoever submitted it takes it back\."):
        actions.recall(paper, by=hands["chair"])
    draft = actions.recall(paper, by=hands["office"], note="漏附件")
    assert (draft.state, draft.submitted_by) == (State.DRAFT, None)
    paper = actions.agree(actions.submit(draft, by=hands["office"]), by=hands["chair"])
    with pytest.raises(Overtaken, match="梁主任 has answered already; ask for it to be returned"):
        actions.recall(paper, by=hands["office"])
    # Four eyes: the chair oversees as well, and has spoken.
    with pytest.raises(Refusal, match="You have already given your opinion at an earlier stage"):
        actions.agree(paper, by=hands["chair"])
    with pytest.raises(Refusal, match=r"Nobody reviews a matter of their own\."):
        actions.agree(paper, by=hands["committee"])
    assert actions.agree(paper, by=hands["technical-lead"]).state == State.ACCEPTED


def test_a_deputy_of_the_chair_decides_on_his_behalf_and_never_on_what_he_wrote(consulted, person, hands):
    today = timezone.localdate()
    for deputy in ("technical-lead", "office"):
        name_deputy(hands["chair"], person(deputy), first_day=today, last_day=today, by=hands["chair"])
    paper = actions.submit(consulted, by=hands["office"])
    with pytest.raises(Refusal, match=r"Nobody reviews a matter of their own\."):
        actions.agree(paper, by=person("office"))
    paper = actions.agree(paper, by=person("technical-lead"))
    turn = paper.opinions.get()
    assert (paper.state, turn.given_by, turn.on_behalf_of) == (
        State.ACCEPTED,
        hands["technical-lead"],
        hands["chair"],
    )


def test_a_stage_that_waits_for_an_opinion_takes_no_number_of_a_decision(consulted, hands):
    paper = actions.submit(consulted, by=hands["office"])
    with pytest.raises(NotNow, match="waits for an opinion, not for a decision"):
        actions.enter_decision(paper, by=hands["chair"], number="3", day=date(2026, 3, 1))
    assert CHAIR.permission == paper.open_stages()[0].permission


def test_a_refused_paper_is_closed_for_good(consulted, hands):
    paper = actions.refuse(actions.submit(consulted, by=hands["office"]), by=hands["chair"], note="不需要")
    for act in (actions.submit, actions.withdraw):
        with pytest.raises(Closed, match=r"It is refused\."):
            act(paper, by=hands["office"])
