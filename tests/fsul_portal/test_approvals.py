"""Hold the filing grammar: stages, four eyes, countersignature, versions."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import translation

from fsul_portal.access.actions import grant
from fsul_portal.approvals import actions
from fsul_portal.approvals.models import Matter, Opinion
from fsul_portal.approvals.progress import progress
from fsul_portal.approvals.rules import is_current, may_give_opinion, may_write_again, stage_for
from fsul_portal.approvals.stages import Stage, steps
from fsul_portal.verdicts import Overtaken
from members.people.models import User
from workgroups.coordination.filings.models import Filing
from workgroups.groups.models import Group

State = Matter.State


def group_stage(key, step):
    return Stage(key, step, f"Opinion of {key}", "Agree", "workgroups.decide_filings", key, f"lead of {key}")


COUNTERSIGNED = (group_stage("technical", 1), group_stage("resources", 1), group_stage("coordination", 2))


@pytest.fixture
def matter(person, library):
    """A matter which two groups agree to at the same time, before a third one decides."""
    nanhai = person("nanhai")
    row = Filing.objects.create(
        kind="move", library=library("NH003"), effective_on="2027-05-10", reason="x", started_by=nanhai, form_token="x"
    )
    row.stages, row.places = lambda: COUNTERSIGNED, lambda place: [Group.objects.get(key=place)]
    return actions.submit(row, by=nanhai)


@pytest.fixture
def leads(person):
    return {key: person(f"{key}-lead") for key in ("technical", "resources", "coordination")}


@pytest.mark.clause("6.2.1 e")
@pytest.mark.parametrize("order", [("technical", "resources"), ("resources", "technical")])
def test_stages_of_one_step_are_given_in_any_order_and_the_next_step_waits_for_both(matter, leads, order):
    assert steps(COUNTERSIGNED) == [1, 2]
    actions.agree(matter, by=leads[order[0]])
    assert (matter.step, [stage.key for stage in matter.open_stages()]) == (1, [order[1]])
    assert not may_give_opinion(leads["coordination"], matter)
    actions.agree(matter, by=leads[order[1]])
    assert (matter.step, [stage.key for stage in matter.open_stages()]) == (2, ["coordination"])
    actions.agree(matter, by=leads["coordination"])
    assert (matter.state, matter.decided_by, matter.open_stages()) == (State.ACCEPTED, leads["coordination"], [])


def test_nobody_gives_two_opinions_in_one_round(matter, leads):
    grant("group-lead", to=leads["technical"], on=Group.objects.get(key="resources"))
    both = User.objects.get(pk=leads["technical"].pk)
    actions.agree(matter, by=both)
    assert stage_for(both, matter).key == "resources"
    with translation.override("en"), pytest.raises(PermissionDenied, match="already given your opinion"):
        actions.agree(matter, by=both)


def test_the_database_holds_one_opinion_for_a_stage_and_round(matter, leads):
    actions.agree(matter, by=leads["technical"])
    with pytest.raises(IntegrityError), transaction.atomic():
        matter.opinions.create(
            round=1, stage="technical", verdict=Opinion.Verdict.REFUSED, given_by=leads["coordination"]
        )


def test_who_comes_after_a_colleague_of_the_same_seat_reads_the_name(matter, leads, cast):
    second = User.objects.create_user("second", name="宋副组")
    grant("group-lead", to=second, on=Group.objects.get(key="technical"))
    actions.agree(matter, by=leads["technical"])
    with translation.override("en"):
        verdict = may_give_opinion(second, matter)
    assert verdict.overtaken
    assert verdict.sentence == (
        "张技术 has already given the opinion of this stage. It is the turn of: lead of resources."
    )


def test_one_refusal_at_a_shared_step_ends_the_matter(matter, leads):
    actions.agree(matter, by=leads["technical"])
    actions.refuse(matter, by=leads["resources"], note="不符")
    assert (matter.state, matter.decided_by) == (State.REFUSED, leads["resources"])
    with pytest.raises(Overtaken):
        actions.agree(matter, by=leads["coordination"])


def test_a_returned_matter_begins_a_new_round_at_its_first_step(matter, leads, person):
    for key in ("technical", "resources"):
        actions.agree(matter, by=leads[key])
    actions.give_back(matter, by=leads["coordination"], note="补正")
    assert may_write_again(person("nanhai"), matter)
    actions.submit(matter, by=person("nanhai"))
    assert (matter.round, matter.step, matter.decided_by, matter.decided_at) == (2, 1, None, None)
    assert {stage.key for stage in matter.open_stages()} == {"technical", "resources"}
    assert matter.opinions.count() == 3


@pytest.mark.checklist("B9")
def test_nobody_reviews_what_he_began_or_submitted(matter, leads):
    for field in ("started_by", "submitted_by"):
        mine = Filing.objects.get(pk=matter.pk)
        mine.stages, mine.places = matter.stages, matter.places
        setattr(mine, field, leads["technical"])
        assert not may_give_opinion(leads["technical"], mine)
        assert may_give_opinion(leads["resources"], mine)


def test_what_was_not_submitted_awaits_nobody(matter, leads):
    matter.state = State.DRAFT
    with translation.override("en"):
        verdict = may_give_opinion(leads["technical"], matter)
    assert (verdict.sentence, verdict.overtaken) == ("It has not been submitted yet.", True)


def test_a_disabled_account_gives_no_opinion(matter, leads):
    leads["technical"].is_active = False
    assert not may_give_opinion(leads["technical"], matter)


@pytest.mark.checklist("D5")
def test_an_old_version_is_refused_and_no_version_is_taken_as_no_page(matter):
    assert is_current(matter, matter.version)
    with pytest.raises(actions.Stale):
        actions.require_version(matter, matter.version - 1)
    assert actions.require_version(matter, None) is None


def test_the_progress_names_who_has_spoken_and_whose_turn_it_is(matter, leads):
    actions.agree(matter, by=leads["technical"], note="可行")
    shown = [(step["state"], str(step["who"]), step.get("note", "")) for step in progress(matter)]
    assert shown == [
        ("done", "关南海", ""),
        ("done", "张技术", "可行"),
        ("current", "lead of resources", ""),
        ("waiting", "lead of coordination", ""),
    ]
    actions.refuse(matter, by=leads["resources"], note="不符")
    assert [step["state"] for step in progress(matter)] == ["done", "done", "refused", "waiting"]


@pytest.mark.parametrize("state", [State.REFUSED, State.WITHDRAWN, State.IN_FORCE])
def test_what_has_ended_moves_no_more(state):
    assert Matter.MOVES[state] == set()
