"""Hold what all duties share: begun once, claimed as it is now, taken a step on with one record, seats and moments."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from fsul_portal.access.actions import grant
from fsul_portal.acts.versions import Stale
from fsul_portal.cases.models import Case
from fsul_portal.events.models import Event
from fsul_portal.ledgers.models import LedgerEntry
from fsul_portal.lives.actions import begin, claim, lock, step
from fsul_portal.lives.models import Fault
from fsul_portal.lives.rules import in_state, may_as, sits
from fsul_portal.papers.models import Paper
from fsul_portal.records.models import Record
from fsul_portal.verdicts import Allowed, Denied, Kind, Overtaken, Unready
from members.circulars.models import Circular
from members.divisions.models import Division
from members.people.models import User
from tests.english import in_english
from tests.hands import at_once, many_hands
from tests.small.case import Problem
from tests.small.ledger import Agreement
from tests.small.paper import Standard

__all__ = ["in_english", "many_hands"]
pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def office(person):
    return person("office")


def agreement(title="协议", **facts):
    return Agreement(**({"title": title, "since": "2026-01-01"} | facts))


@pytest.fixture
def begun(office):
    return lock(begin(agreement(), "ledger entered", by=office, token="t"))


def yes(user, thing):
    return Allowed()


def no(user, thing):
    return Denied("No.")


def test_a_thing_is_begun_once_for_a_form_and_a_person_with_one_record(begun, office, person):
    again = begin(agreement("另写"), "ledger entered", by=office, token="t")
    assert (again, again.title, Record.objects.of(begun).count()) == (begun, "协议", 1)
    others = [
        begin(agreement(), "ledger entered", by=who, token=token)
        for who, token in ((person("chair"), "t"), (office, "u"), (office, ""), (office, ""))
    ]
    assert len({begun.pk, *(one.pk for one in others)}) == 5


def test_what_is_faulty_is_not_begun(office):
    faulty = agreement()
    faulty.faults = lambda: [Fault("title", "Wrong."), Fault("", "All of it.")]
    with pytest.raises(Unready, match=r"Wrong\. All of it\.") as refused:
        begin(faulty, "ledger entered", by=office)
    assert [one.field for one in refused.value.findings] == ["title", ""]
    assert (Agreement.objects.count(), Record.objects.filter(verb="ledger entered").count()) == (0, 0)


def test_another_fault_of_the_database_is_not_taken_for_a_form_sent_twice(office):
    unfit = agreement(title=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        begin(unfit, "ledger entered", by=office)


def test_of_many_who_send_one_form_at_once_one_begins(cast, many_hands):
    office = cast["office"].pk
    made = at_once(
        lambda __: begin(agreement(), "ledger entered", by=User.objects.get(pk=office), token="t").pk, times=4
    )
    assert (len(set(made)), Agreement.objects.count()) == (1, 1)
    assert Record.objects.filter(verb="ledger entered").count() == 1


def test_whoever_may_not_reads_that_first_and_nothing_of_the_version(begun, office):
    with pytest.raises(PermissionDenied, match=r"No\."), transaction.atomic():
        claim(begun, no, by=office, version=99)
    with pytest.raises(Stale), transaction.atomic():
        claim(begun, yes, by=office, version=99)
    with transaction.atomic():
        assert claim(begun, yes, by=office) == begun


def test_the_rule_is_asked_of_the_thing_as_it_is_now(begun, office):
    Agreement.objects.update(title="已改")
    seen = []
    with transaction.atomic():
        claim(begun, lambda user, thing: seen.append(thing.title) or Allowed(), by=office)
    assert (seen, begun.title) == (["已改"], "协议")


def test_a_step_keeps_state_pair_facts_and_version_in_one_record(begun, office):
    done = step(begun, "ledger ended", to="ended", pair="ended", by=office, note="n", ended_on=begun.since)
    kept = Agreement.objects.get()
    assert (kept.state, kept.version, kept.ended_by, kept.ended_at) == ("ended", 1, office, done.ended_at)
    last = Record.objects.of(begun).first()
    assert (last.verb, last.by, last.note) == ("ledger ended", office, "n")
    assert (last.before, last.after) == (
        {"state": "standing", "ended_on": None},
        {"state": "ended", "ended_on": "2026-01-01"},
    )


def test_a_step_that_no_move_allows_or_that_leaves_a_fault_keeps_nothing(begun, office):
    with pytest.raises(Overtaken):
        step(begun, "ledger renewed", to="standing", by=office)
    begun.faults = lambda: [Fault("title", "Wrong.")]
    with pytest.raises(Unready):
        step(begun, "ledger corrected", by=office, title="x")
    kept = Agreement.objects.get()
    assert (kept.title, kept.version, Record.objects.of(kept).count()) == ("协议", 0, 1)


def test_a_record_tells_people_by_name(office, person, library):
    problem = begin(
        Problem(
            title="x", district=library("NH001").district, answer_due_on="2026-03-04", solution_due_on="2026-03-04"
        ),
        "case opened",
        by=office,
    )
    step(problem, "case assigned", by=office, assignee=person("technical-lead"))
    last = Record.objects.of(problem).first()
    assert (last.before["assignee"], last.after["assignee"]) == (None, "张技术")


def test_a_seat_is_held_on_the_place_of_the_thing(person, library):
    nanhai, foreign = (Problem(district=library(code).district) for code in ("NH001", "CC001"))
    editor = person("nanhai")
    assert [sits(editor, one, "opener") for one in (nanhai, foreign)] == [True, False]
    assert (nanhai.place_of("opener"), nanhai.place_of("keeper")) == (Division.objects.get(code="440605"), None)
    assert [one.username for one in nanhai.people_in("opener")] == ["nanhai"]
    grant("district-editor", to=editor, on=library("CC001").district)
    assert sits(person("nanhai"), foreign, "opener")


def test_whoever_sits_in_none_of_the_seats_reads_all_of_them(person):
    verdict = may_as(person("nanhai"), Problem(), "keeper", "worker")
    assert (verdict.kind, verdict.sentence) == (
        Kind.NO_RIGHT,
        "This is for: secretary of the coordination office, those who oversee the libraries.",
    )
    assert may_as(person("chair"), Problem(), "keeper", "worker")


def test_nobody_and_whoever_has_left_sit_nowhere(person):
    office = person("office")
    office.is_active = False
    assert [sits(who, Problem(), "keeper") for who in (None, office)] == [False, False]


@pytest.mark.parametrize(
    ("thing", "asked", "kind", "sentence"),
    [
        (Standard(state="draft"), ["draft", "issued"], None, ""),
        (Standard(state="draft"), ["issued"], Kind.NOT_NOW, "It is being drafted."),
        (Standard(state="draft"), ["issued", "in_force"], Kind.NOT_NOW, "It is being drafted."),
        (Standard(state="draft"), ["proposed"], Kind.OVERTAKEN, "It is being drafted."),
        (Standard(state="draft"), ["proposed", "issued"], Kind.OVERTAKEN, "It is being drafted."),
        (Standard(state="in_force"), ["issued"], Kind.OVERTAKEN, "It is in force."),
        *(
            (Standard(state=state), ["draft"], Kind.CLOSED, f"It is {state}.")
            for state in ("replaced", "repealed", "refused", "withdrawn")
        ),
        (Problem(state="closed"), ["open"], Kind.OVERTAKEN, "It is closed."),
    ],
    ids=str,
)
def test_every_other_state_is_too_early_too_late_or_the_end(thing, asked, kind, sentence):
    verdict = in_state(thing, *asked)
    assert (getattr(verdict, "kind", None), verdict.sentence) == (kind, sentence)


@pytest.mark.parametrize("model", [Paper, Case, Event, LedgerEntry, Circular])
def test_every_state_of_a_grammar_is_reached_from_its_first(model):
    reached = [next(iter(model.State))]
    for state in reached:
        reached += [after for after in model.State if after in model.MOVES[state] and after not in reached]
    assert set(reached) == set(model.State)
