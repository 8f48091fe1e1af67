"""Hold the institutions and rules: who reads them when, who is asked, and the set in force on a day (6.1 a)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from committee.institutions.models import Institution
from committee.institutions.room import institutions_in_force
from committee.institutions.tasks import enter_due, remind_of_institutions
from fsul_portal.grammar.evidence import NO_RECORD, Standing
from fsul_portal.letters.actions import draft
from fsul_portal.letters.offers import OFFERS
from fsul_portal.papers import actions
from fsul_portal.verdicts import Refusal
from tests.committee.institutions.stage import consulted, decided, drafted, in_force, proposed, spoken, submitted

pytestmark = pytest.mark.clause("6.1 a")
DAY = timedelta(days=1)


@pytest.mark.checklist("B9")
@pytest.mark.parametrize(("make", "readers"), [(drafted, 2), (consulted, 3), (in_force, 4)])
def test_a_draft_is_read_by_those_who_oversee_then_by_the_asked_then_by_everybody(cast, signed_in, make, readers):
    address = make(cast).get_absolute_url()
    reading = [
        name
        for name in ("office", "committee", "nanhai-reviewer", "observer")
        if signed_in(name).get(address).status_code == 200
    ]
    assert len(reading) == readers
    assert reading == ["office", "committee", "nanhai-reviewer", "observer"][:readers]


def test_the_reviewers_of_the_districts_are_asked_beside_the_committee_and_speak_for_their_library(cast):
    paper = spoken(cast)
    asked = set(paper.people_asked.values_list("username", flat=True))
    assert {"nanhai-reviewer", "committee", "office", "chair"} <= asked
    assert not {"nanhai", "branch", "observer"} & asked
    assert paper.consulted.get().unit == cast["nanhai-reviewer"].workplace.facts.name
    with pytest.raises(Refusal):
        actions.speak(paper, by=cast["nanhai"], text="同意", edition=1)


def test_a_meeting_decides_and_the_office_does_not_decide_on_its_own_text(cast):
    paper, day = submitted(cast), timezone.localdate()
    with pytest.raises(Refusal, match=r"waits for a decision"):
        actions.agree(paper, by=cast["chair"])
    with pytest.raises(Refusal):
        actions.enter_decision(paper, by=cast["office"], number="3", day=day)
    turn = actions.enter_decision(paper, by=cast["chair"], number="议定〔2026〕3号", day=day).opinions.get()
    assert (turn.decision_number, turn.decided_on, turn.given_by) == ("议定〔2026〕3号", day, cast["chair"])


def test_the_set_in_force_of_any_day_is_a_filter_of_the_list(cast, signed_in):
    today = timezone.localdate()
    old = in_force(cast)
    new = actions.issue(decided(cast, replaces=old), by=cast["office"], in_force_on=today + 30 * DAY)

    def listed(day):
        page = signed_in("observer").get("/committee/institutions/", {"tab": "all", "on": day.isoformat()})
        return [thing for thing, __ in page.context["lines"]]

    assert [listed(today + days * DAY) for days in (-1, 0, 29, 30)] == [[], [old], [old], [new]]


def test_the_rule_of_meetings_is_found_by_its_kind(cast):
    in_force(cast, kind="service", title="服务规范")
    assert list(Institution.objects.rule_of_meetings(timezone.localdate())) == []
    rule = in_force(cast)
    assert list(Institution.objects.rule_of_meetings(timezone.localdate())) == [rule]


def test_the_job_lets_enter_into_force_what_has_its_day_and_a_second_run_finds_nothing(cast):
    issued = actions.issue(decided(cast), by=cast["office"], in_force_on=timezone.localdate())
    for __ in range(2):
        enter_due()
        assert Institution.objects.get(pk=issued.pk).state == "in_force"


def test_conformity_asks_for_one_in_force_and_none_past_its_review(cast):
    today = timezone.localdate()
    assert institutions_in_force(today) == NO_RECORD
    proposed(cast)
    assert institutions_in_force(today).standing is Standing.NOT_HELD
    paper = in_force(cast)
    assert institutions_in_force(today).standing is Standing.HELD
    due = paper.review_due_on
    assert institutions_in_force(due - 30 * DAY).standing is Standing.AT_RISK
    assert institutions_in_force(due + DAY).standing is Standing.NOT_HELD
    actions.review(paper, by=cast["office"], note="仍适用", review_due_on=due + 400 * DAY)
    assert institutions_in_force(due + DAY).standing is Standing.HELD


def test_a_consultation_past_its_day_is_at_risk_and_the_office_is_told_once(cast):
    in_force(cast)
    late = consulted(cast).consult_until + DAY
    assert institutions_in_force(late).standing is Standing.AT_RISK
    assert {one.recipient.username for one in remind_of_institutions(late)} == {"office"}
    assert remind_of_institutions(late + DAY) == []


def test_the_text_and_the_opinions_go_out_on_paper_and_as_a_workbook(cast, signed_in):
    paper = spoken(cast)
    opinion = paper.consulted.get()
    actions.answer_one(paper, by=cast["office"], opinion=opinion.pk, outcome="accepted")
    table = draft(OFFERS["institution-opinions"], paper, by=cast["office"])
    assert "建议明确请假办法" in str(table.content)
    with pytest.raises(Refusal, match="has not been issued yet"):
        draft(OFFERS["institution"], paper, by=cast["office"])
    text = draft(OFFERS["institution"], in_force(cast), by=cast["office"])
    assert text.number.startswith("FSUL-ZD-")
    answer = signed_in("nanhai-reviewer").get(f"{paper.get_absolute_url()}opinions.xlsx")
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    assert signed_in("observer").get(f"{paper.get_absolute_url()}opinions.xlsx").status_code == 404
