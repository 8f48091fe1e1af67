"""Hold who may do what with a paper and why not, what is told to whom, what stands on record, and its days."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from fsul_portal.acts.versions import Stale
from fsul_portal.approvals.kinds import KINDS
from fsul_portal.notices.models import Notice
from fsul_portal.papers import actions, letters, rules
from fsul_portal.papers.comparisons import Paragraphs, side_by_side
from fsul_portal.records.models import Record
from fsul_portal.verdicts import Kind, NotNow, Overtaken, Refusal, Unready
from tests.english import in_english
from tests.small.paper import KIND, Standard, StandardEdition, StandardOpinion

__all__ = ["in_english"]
State = Standard.State
DAY = timedelta(days=1)
SEATS_OF = {
    "proposer": "those who oversee the libraries",
    "drafter": "secretary of the coordination office",
}


@pytest.fixture(autouse=True)
def a_wednesday(monkeypatch, time_machine):
    time_machine.move_to("2026-03-04T09:00:00+08:00", tick=False)
    monkeypatch.setitem(KINDS, KIND.key, KIND)


@pytest.fixture
def hands(person, in_english):
    return {name: person(name) for name in ("office", "chair", "committee", "technical-lead", "nanhai")}


@pytest.fixture
def paper(hands):
    """A paper as it was proposed."""
    return actions.propose(Standard(title="细则"), by=hands["committee"])


@pytest.fixture
def drafted(paper, hands):
    return actions.write(paper, by=hands["office"], text="第一条")


@pytest.fixture
def consulted(drafted, hands):
    return actions.consult(drafted, by=hands["office"], until=timezone.localdate() + 10 * DAY)


@pytest.fixture
def decide(hands):
    def to_the_end(**facts):
        one = actions.propose(Standard(title="细则", **facts), by=hands["committee"])
        one = actions.write(one, by=hands["office"], text="第一条")
        one = actions.consult(one, by=hands["office"], until=timezone.localdate())
        return actions.agree(actions.submit(one, by=hands["office"]), by=hands["chair"])

    return to_the_end


@pytest.fixture
def issue(decide, hands):
    def from_day(day, **facts):
        return actions.issue(decide(**facts), by=hands["office"], in_force_on=day)

    return from_day


def told(person):
    return list(Notice.objects.filter(recipient=person).order_by("pk").values_list("subject", flat=True))


def as_it_is(paper):
    return Standard.objects.get(pk=paper.pk)


def test_only_those_who_oversee_propose_and_nothing_is_kept_of_a_refusal(hands):
    verdict = rules.may_propose(hands["nanhai"], Standard(title="x"))
    assert (verdict.kind, verdict.sentence) == (Kind.NO_RIGHT, f"This is for: {SEATS_OF['proposer']}.")
    with pytest.raises(Refusal):
        actions.propose(Standard(title="x"), by=hands["nanhai"])
    assert (Standard.objects.count(), Record.objects.filter(verb="paper proposed").count()) == (0, 0)


@pytest.mark.parametrize("rule", ["write", "consult", "submit", "issue", "review", "repeal", "withdraw"])
def test_whoever_oversees_reads_a_paper_and_drives_none(rule, paper, hands):
    verdict = getattr(rules, f"may_{rule}")(hands["committee"], paper)
    seats = SEATS_OF["drafter"]
    both = rule in ("review", "withdraw")
    assert (verdict.kind, verdict.sentence) == (
        Kind.NO_RIGHT,
        f"This is for: {seats}, {seats}." if both else f"This is for: {seats}.",
    )


@pytest.mark.parametrize(
    ("rule", "kind"),
    [
        ("write", None),
        ("consult", Kind.NOT_NOW),
        ("submit", Kind.NOT_NOW),
        ("issue", Kind.NOT_NOW),
        ("review", Kind.NOT_NOW),
        ("repeal", Kind.NOT_NOW),
        ("withdraw", None),
        ("enter_into_force", Kind.NOT_NOW),
    ],
)
def test_what_comes_later_in_a_life_is_not_possible_yet_and_says_where_it_stands(rule, kind, paper, hands):
    verdict = getattr(rules, f"may_{rule}")(hands["office"], paper)
    if kind is None:
        assert verdict
    else:
        assert (verdict.kind, verdict.sentence) == (kind, "It is proposed.")


def test_one_form_of_a_proposal_sent_twice_makes_one_with_one_record(hands):
    made = [actions.propose(Standard(title="细则"), by=hands["committee"], token="t") for __ in range(2)]
    assert made[0] == made[1]
    assert Record.objects.of(made[0]).count() == 1
    assert actions.propose(Standard(title="细则"), by=hands["chair"], token="t") != made[0]


def test_each_edition_counts_on_and_one_written_during_a_consultation_ends_it(consulted, hands):
    again = actions.write(consulted, by=hands["office"], text="第一条 新", note="采纳意见")
    assert (again.state, again.edition.number, again.edition.written_by) == (State.DRAFT, 2, hands["office"])
    third = actions.write(again, by=hands["office"], text="第一条 再新")
    assert [(one.number, one.text) for one in third.editions.all()] == [
        (1, "第一条"),
        (2, "第一条 新"),
        (3, "第一条 再新"),
    ]
    assert list(Record.objects.of(third).order_by("pk").values_list("verb", "note")) == [
        ("paper proposed", ""),
        ("paper written", ""),
        ("paper consulted", ""),
        ("paper written", "采纳意见"),
        ("paper written", ""),
    ]


def test_an_edition_written_on_an_older_page_is_refused_and_none_is_kept(drafted, hands):
    seen = drafted.version
    actions.write(drafted, by=hands["office"], text="第一条 甲", version=seen)
    with pytest.raises(Stale, match="何秘书 changed this at 2026-03-04 09:00, while you had the page open"):
        actions.write(drafted, by=hands["office"], text="第一条 乙", version=seen)
    assert StandardEdition.objects.order_by("number").last().text == "第一条 甲"


def test_no_two_editions_of_a_paper_have_one_number(drafted):
    with pytest.raises(IntegrityError), transaction.atomic():
        StandardEdition.objects.create(paper=drafted, number=1, text="x", written_by=drafted.started_by)


def test_a_consultation_begins_at_the_earliest_to_end_today(drafted, hands):
    today = timezone.localdate()
    with pytest.raises(Unready) as refused:
        actions.consult(drafted, by=hands["office"], until=today - DAY)
    assert [(one.field, one.sentence) for one in refused.value.findings] == [("until", "This day is over.")]
    assert (as_it_is(drafted).state, told(hands["technical-lead"])) == (State.DRAFT, [])
    assert actions.consult(drafted, by=hands["office"], until=today).consult_until == today


def test_those_who_oversee_are_asked_anew_for_each_edition(consulted, hands):
    again = actions.write(consulted, by=hands["office"], text="第一条 新")
    actions.consult(again, by=hands["office"], until=timezone.localdate())
    assert told(hands["technical-lead"]) == ["Your opinion is asked for: 细则"] * 2
    assert told(hands["nanhai"]) == []


def test_whoever_spoke_of_an_older_edition_is_reminded_of_the_new_one(consulted, hands):
    actions.speak(consulted, by=hands["committee"], text="过宽", edition=1)
    again = actions.write(consulted, by=hands["office"], text="第一条 窄")
    actions.consult(again, by=hands["office"], until=timezone.localdate() + 3 * DAY)
    actions.speak(again, by=hands["chair"], text="同意", edition=2)
    reminded = {one.recipient for one in letters.remind(Standard, timezone.localdate())}
    assert (hands["committee"] in reminded, hands["chair"] in reminded) == (True, False)


@pytest.mark.parametrize(
    ("days", "told"), [(4, ""), (3, "Opinions until"), (0, "Opinions until"), (-1, "Opinions were due by")]
)
def test_a_consultation_is_reminded_of_from_three_days_before_its_end_and_once_it_is_over(days, told, consulted):
    subjects = {one.subject for one in letters.remind(Standard, consulted.consult_until - days * DAY)}
    assert subjects == ({f"{told} 14 March 2026: 细则"} if told else set())


def test_an_opinion_stands_on_record_with_its_clause_and_whose_it_is(consulted, hands):
    given = actions.speak(
        consulted, by=hands["committee"], text="“第一条”\n<b>过宽</b>", edition=1, clause="1", unit="顺德"
    )
    last = Record.objects.of(consulted).first()
    assert (given.text, given.given_by, given.is_late) == ("“第一条”\n<b>过宽</b>", hands["committee"], False)
    assert (last.verb, last.by, last.note, last.after) == (
        "paper opinion",
        hands["committee"],
        given.text,
        {"clause": "1", "unit": "顺德"},
    )


def test_nobody_speaks_before_he_is_asked_nor_after_the_text_has_gone_on(drafted, hands):
    with pytest.raises(NotNow, match=r"It is being drafted\."):
        actions.speak(drafted, by=hands["committee"], text="x", edition=1)
    asked = actions.consult(drafted, by=hands["office"], until=timezone.localdate())
    with pytest.raises(Refusal, match="This is for: those who oversee the libraries"):
        actions.speak(asked, by=hands["nanhai"], text="x", edition=1)
    actions.submit(asked, by=hands["office"])
    with pytest.raises(Overtaken, match=r"It is put to decision\."):
        actions.speak(asked, by=hands["committee"], text="x", edition=1)


@pytest.mark.parametrize("reason", ["", "  \n"])
@pytest.mark.parametrize("outcome", ["partly", "not"])
def test_what_is_not_accepted_as_it_stands_has_a_reason(outcome, reason, consulted, hands):
    opinion = actions.speak(consulted, by=hands["committee"], text="过宽", edition=1)
    with pytest.raises(Unready) as refused:
        actions.answer(opinion, by=hands["office"], outcome=outcome, reason=reason)
    assert [one.field for one in refused.value.findings] == ["reason"]
    assert (StandardOpinion.objects.get().outcome, consulted.unanswered().count()) == ("", 1)


def test_answers_to_opinions_are_those_of_the_drafters_and_count_down(consulted, hands):
    given = [actions.speak(consulted, by=hands["committee"], text=text, edition=1) for text in ("甲", "乙")]
    with pytest.raises(Refusal, match="This is for: secretary"):
        actions.answer(given[0], by=hands["committee"], outcome="accepted")
    assert rules.may_submit(hands["office"], consulted).sentence == "2 opinions have no answer yet."
    answered = actions.answer(given[0], by=hands["office"], outcome="accepted")
    assert (answered.answered_by, answered.reason) == (hands["office"], "")
    assert rules.may_submit(hands["office"], consulted).sentence == "1 opinion has no answer yet."
    verdict = rules.may_answer(hands["office"], answered)
    assert (verdict.kind, verdict.sentence) == (Kind.OVERTAKEN, "何秘书 has answered this opinion already.")


def test_an_opinion_on_an_older_edition_is_still_answered_before_the_decision(consulted, hands):
    opinion = actions.speak(consulted, by=hands["committee"], text="过宽", edition=1)
    again = actions.write(consulted, by=hands["office"], text="第一条 窄")
    with pytest.raises(NotNow, match=r"1 opinion has no answer yet\."):
        actions.submit(again, by=hands["office"])
    actions.answer(opinion, by=hands["office"], outcome="accepted")
    assert actions.submit(again, by=hands["office"]).state == State.SUBMITTED


def test_a_text_is_there_before_it_is_put_to_decision(drafted, hands):
    StandardEdition.objects.all().delete()
    verdict = rules.may_submit(hands["office"], drafted)
    assert (verdict.kind, verdict.sentence) == (Kind.NOT_NOW, "Nothing has been written yet.")


def test_paragraphs_say_whether_they_changed_and_empty_texts_stand_beside_nothing():
    rows = side_by_side("甲\n\n 乙 \n丙", "甲\n丙\r\n丁")
    assert rows == [Paragraphs("甲", "甲"), Paragraphs("乙", ""), Paragraphs("丙", "丙"), Paragraphs("", "丁")]
    assert [row.has_changed for row in rows] == [False, True, False, True]
    assert (side_by_side("", " \n"), side_by_side("", "甲")) == ([], [Paragraphs("", "甲")])
