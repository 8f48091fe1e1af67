"""Hold the days of a paper: issued, in force, replaced, repealed, withdrawn, looked at again; with its numbers."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from fsul_portal.notices.models import Notice
from fsul_portal.papers import actions, letters, rules
from fsul_portal.records.models import Record
from fsul_portal.verdicts import Closed, Kind, NotNow, Overtaken, Refusal, Unready
from tests.english import in_english
from tests.fsul_portal.papers.test_standing_of_papers import (
    DAY,
    State,
    a_wednesday,
    as_it_is,
    decide,
    hands,
    issue,
    told,
)
from tests.small.paper import Standard

__all__ = ["a_wednesday", "decide", "hands", "in_english", "issue"]
TODAY = date(2026, 3, 4)


def findings(act, *args, **said):
    with pytest.raises(Unready) as refused:
        act(*args, **said)
    return [(one.field, one.sentence) for one in refused.value.findings]


def in_force_on(day):
    return set(Standard.objects.as_of(day))


def test_it_gets_its_number_and_days_and_those_asked_are_told_once(decide, hands):
    paper = actions.issue(decide(), by=hands["office"], in_force_on=TODAY + 7 * DAY, note="印发")
    assert (paper.number, paper.in_force_on, paper.review_due_on, paper.issued_by) == (
        "FSUL/Z 2026-1",
        date(2026, 3, 11),
        date(2031, 3, 11),
        hands["office"],
    )
    assert str(paper) == "FSUL/Z 2026-1 细则"
    assert told(hands["technical-lead"])[-1] == "Issued: FSUL/Z 2026-1 细则"
    with pytest.raises(Overtaken, match=r"It is issued\."):
        actions.issue(paper, by=hands["office"], in_force_on=TODAY)
    assert (Record.objects.of(paper).first().note, Notice.objects.filter(subject__startswith="Issued").count()) == (
        "印发",
        paper.people_in("consulted").count(),
    )


def test_what_is_refused_takes_no_number(decide, hands):
    paper = decide()
    assert findings(actions.issue, paper, by=hands["office"], in_force_on=TODAY - DAY) == [
        ("in_force_on", "Nothing is in force before it was issued.")
    ]
    with pytest.raises(Refusal, match="This is for"):
        actions.issue(paper, by=hands["chair"], in_force_on=TODAY)
    assert actions.issue(paper, by=hands["office"], in_force_on=TODAY).number == "FSUL/Z 2026-1"


def test_numbers_begin_anew_with_the_year_of_foshan(issue, time_machine):
    # Still the old year in Foshan, then the new one there, while the clock of the machine says the old one.
    time_machine.move_to("2026-12-31T23:59:00+08:00", tick=False)
    old = [issue(date(2027, 1, 1)).number for __ in range(2)]
    time_machine.move_to("2026-12-31T16:01:00+00:00", tick=False)
    assert [*old, issue(date(2027, 1, 1)).number] == ["FSUL/Z 2026-1", "FSUL/Z 2026-2", "FSUL/Z 2027-1"]


def test_a_review_after_a_leap_day_is_due_on_a_day_that_is_there(issue, time_machine):
    time_machine.move_to("2028-02-01T09:00:00+08:00", tick=False)
    assert issue(date(2028, 2, 29)).review_due_on == date(2033, 2, 28)


def test_a_paper_enters_into_force_on_its_day_and_not_before(issue, hands, time_machine):
    paper = issue(TODAY + DAY)
    assert actions.enter_all_due(Standard, TODAY) == 0
    with pytest.raises(NotNow, match=r"Its day has not come yet\."):
        actions.enter_into_force(paper)
    time_machine.move_to("2026-03-05T00:00:00+08:00", tick=False)
    with pytest.raises(Refusal, match="This is for"):
        actions.enter_into_force(paper, by=hands["chair"])
    assert actions.enter_all_due(Standard, TODAY + DAY) == 1
    assert (as_it_is(paper).state, Record.objects.of(paper).first().by) == (State.IN_FORCE, None)
    with pytest.raises(Overtaken, match=r"It is in force\."):
        actions.enter_into_force(paper, by=hands["office"])


def test_a_chain_that_no_job_has_moved_for_days_comes_right_in_one_run(issue, time_machine):
    first = issue(TODAY + DAY)
    second = issue(TODAY + 2 * DAY, replaces=first)
    third = issue(TODAY + 3 * DAY, replaces=second)
    time_machine.move_to("2026-03-20T09:00:00+08:00", tick=False)
    assert actions.enter_all_due(Standard, timezone.localdate()) == 3
    assert [as_it_is(one).state for one in (first, second, third)] == [State.REPLACED, State.REPLACED, State.IN_FORCE]
    assert [in_force_on(TODAY + days * DAY) for days in range(4)] == [set(), {first}, {second}, {third}]


def test_what_replaces_enters_first_and_takes_along_what_it_replaces(issue, time_machine):
    first = issue(TODAY + DAY)
    second = issue(TODAY + 2 * DAY, replaces=first)
    time_machine.move_to("2026-03-06T09:00:00+08:00", tick=False)
    actions.enter_into_force(second)
    assert [record.verb for record in Record.objects.of(first).order_by("pk")][-3:] == [
        "paper ends",
        "paper in force",
        "paper replaced",
    ]
    assert actions.enter_all_due(Standard, timezone.localdate()) == 0


@pytest.mark.parametrize("before", [DAY, 0 * DAY])
def test_nothing_replaces_what_is_not_in_force_before_it(before, issue, decide, hands):
    old = issue(TODAY + 5 * DAY)
    new = decide(replaces=old)
    assert findings(actions.issue, new, by=hands["office"], in_force_on=old.in_force_on - before) == [
        ("in_force_on", "It cannot replace what is not in force before it.")
    ]
    assert (as_it_is(old).ended_on, as_it_is(new).number) == (None, None)


def test_nothing_replaces_what_was_never_issued(decide, hands):
    new = decide(replaces=decide())
    assert findings(actions.issue, new, by=hands["office"], in_force_on=TODAY) == [
        ("in_force_on", "It cannot replace what is not in force before it.")
    ]


def test_of_two_that_replace_one_the_second_reads_that_it_is_replaced(issue, decide, hands):
    old = issue(TODAY)
    new, other = issue(TODAY + DAY, replaces=old), decide(replaces=old)
    verdict = rules.may_issue(hands["office"], other)
    assert (verdict.kind, verdict.sentence) == (
        Kind.NOT_NOW,
        "What it replaces has been replaced or repealed already.",
    )
    # Not for ever: once the first one is withdrawn, the second may.
    actions.withdraw(new, by=hands["office"])
    assert actions.issue(other, by=hands["office"], in_force_on=TODAY + DAY).state == State.ISSUED


def test_the_database_itself_knows_one_successor_alone(issue, decide):
    old = issue(TODAY)
    issue(TODAY + DAY, replaces=old)
    other = decide(replaces=old)
    with pytest.raises(IntegrityError), transaction.atomic():
        Standard.objects.filter(pk=other.pk).update(state=State.REPEALED)


def test_a_paper_is_withdrawn_until_its_day_and_its_number_stays_taken(issue, hands):
    paper = issue(TODAY + DAY)
    withdrawn = actions.withdraw(paper, by=hands["office"], note="有误")
    assert (withdrawn.state, in_force_on(TODAY + DAY)) == (State.WITHDRAWN, set())
    assert issue(TODAY).number == "FSUL/Z 2026-2"
    with pytest.raises(Closed, match=r"It is withdrawn\."):
        actions.withdraw(paper, by=hands["office"])


def test_from_its_day_on_nobody_withdraws_it_though_no_job_has_run(issue, hands, time_machine):
    old = issue(TODAY)
    paper = issue(TODAY + DAY, replaces=old)
    time_machine.move_to("2026-03-05T00:00:00+08:00", tick=False)
    verdict = rules.may_withdraw(hands["office"], as_it_is(paper))
    assert (verdict.kind, verdict.sentence) == (Kind.OVERTAKEN, "Its day has come; it is in force.")
    with pytest.raises(Overtaken):
        actions.withdraw(paper, by=hands["office"])
    assert (in_force_on(TODAY), in_force_on(TODAY + DAY)) == ({old}, {paper})


def test_what_was_decided_is_withdrawn_without_touching_what_it_would_replace(issue, decide, hands):
    old = issue(TODAY)
    actions.withdraw(decide(replaces=old), by=hands["office"])
    assert (as_it_is(old).ended_on, Record.objects.of(old).filter(verb="paper stays").count()) == (None, 0)


def test_a_paper_repealed_on_a_day_is_not_in_force_on_it(issue, hands, time_machine):
    paper = actions.enter_into_force(issue(TODAY))
    time_machine.move_to("2026-03-09T09:00:00+08:00", tick=False)
    repealed = actions.repeal(paper, by=hands["office"], note="已无必要")
    assert (repealed.state, repealed.ended_on) == (State.REPEALED, date(2026, 3, 9))
    assert [in_force_on(date(2026, 3, day)) for day in (3, 4, 8, 9)] == [set(), {paper}, {paper}, set()]
    assert Record.objects.of(paper).first().note == "已无必要"
    with pytest.raises(Closed, match=r"It is repealed\."):
        actions.review(paper, by=hands["office"], note="x", review_due_on=date(2030, 1, 1))


def test_what_is_issued_and_not_yet_in_force_is_neither_repealed_nor_looked_at_again(issue, hands):
    paper = issue(TODAY + DAY)
    for rule in (rules.may_repeal, rules.may_review):
        verdict = rule(hands["office"], paper)
        assert (verdict.kind, verdict.sentence) == (Kind.NOT_NOW, "It is issued.")


@pytest.mark.parametrize("days", [-1, 0])
def test_the_next_review_lies_ahead(days, issue, hands):
    paper = actions.enter_into_force(issue(TODAY))
    day = TODAY + timedelta(days=days)
    assert findings(actions.review, paper, by=hands["office"], note="x", review_due_on=day) == [
        ("review_due_on", "The next review lies ahead.")
    ]
    assert as_it_is(paper).reviewed_at is None


def test_a_review_that_was_missed_is_told_of_late_and_once(issue):
    actions.enter_into_force(issue(TODAY))
    late = date(2031, 6, 1)
    reminded = [{one.subject for one in letters.remind(Standard, late)} for __ in range(2)]
    assert reminded == [{"A review is due: FSUL/Z 2026-1 细则"}, set()]


def test_what_somebody_has_in_hand_is_found_for_whoever_takes_over(decide, hands):
    mine = actions.propose(Standard(title="甲"), by=hands["committee"])
    kept = actions.propose(Standard(title="乙"), by=hands["committee"])
    Standard.objects.filter(pk=kept.pk).update(keeper=hands["chair"])
    decide()
    assert list(Standard.objects.in_hand_of(hands["committee"])) == [mine]
    assert list(Standard.objects.in_hand_of(hands["chair"])) == [kept]
