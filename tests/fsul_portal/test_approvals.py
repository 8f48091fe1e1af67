"""Hold the filing grammar: ways, turns, four eyes, countersignature, decisions, deputies, versions."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from fsul_portal.access.actions import grant, revoke
from fsul_portal.access.deputies.models import Deputy
from fsul_portal.acts.versions import Stale, require_version
from fsul_portal.approvals import actions
from fsul_portal.approvals.deputies import LIMITS
from fsul_portal.approvals.kinds import KINDS
from fsul_portal.approvals.models import Matter, Turn
from fsul_portal.approvals.progress import progress
from fsul_portal.approvals.rules import may_give_opinion, may_recall, may_write_again, stage_for
from fsul_portal.approvals.turns import people_asked
from fsul_portal.approvals.ways.models import Way
from fsul_portal.calendar import add_working_days
from fsul_portal.verdicts import Kind, Overtaken
from members.people.models import User
from workgroups.coordination.filings.models import Filing
from workgroups.groups.models import Group

State = Matter.State
RIGHTS = {"chair": "committee.sign_minutes", "office": "committee.keep_meetings", "district": "members.sign_changes"}


def lay_way(*stages, kind="filing-move"):
    """Let filings that move a library take these stages: (key, step, seat, other facts)."""
    Way.objects.in_use().filter(kind=kind).update(replaced_at=timezone.now())
    way = Way.objects.create(kind=kind, edition=Way.objects.filter(kind=kind).count() + 1)
    for key, step, seat, more in stages:
        words = {"title_zh": key, "title_en": f"Opinion of {key}", "verb_zh": "同意", "seat_zh": key}
        facts = words | {"seat_en": f"lead of {key}", "permission": RIGHTS.get(seat, "workgroups.decide_filings")}
        way.stages.create(key=key, step=step, place=seat, **(facts | more))
    return way


def groups(*names):
    """Return the stages of groups: `technical 1`, `coordination 2`."""
    return [(key, int(step), key, {}) for key, step in (name.split() for name in names)]


@pytest.fixture
def submit(person, library):
    """Submit a filing of 南海's editor along the way that is laid."""

    def new(code="NH003", **more):
        nanhai = person("nanhai")
        facts = {"kind": "move", "effective_on": "2027-05-10", "reason": "x"} | more
        row = Filing.objects.create(library=library(code), started_by=nanhai, form_token=code, **facts)
        return actions.submit(row, by=nanhai)

    return new


@pytest.fixture
def matter(submit):
    """A matter which two groups agree to at the same time, before a third one decides."""
    lay_way(*groups("technical 1", "resources 1", "coordination 2"))
    return submit()


@pytest.fixture
def leads(person):
    return {key: person(f"{key}-lead") for key in ("technical", "resources", "coordination")}


def fresh(matter):
    return Filing.objects.get(pk=matter.pk)


def open_keys(matter):
    return [turn.key for turn in fresh(matter).open_stages()]


@pytest.mark.clause("6.2.1 e")
@pytest.mark.parametrize("order", [("technical", "resources"), ("resources", "technical")])
def test_stages_of_one_step_are_given_in_any_order_and_the_next_step_waits_for_both(matter, leads, order):
    actions.agree(matter, by=leads[order[0]])
    assert (matter.step, open_keys(matter)) == (1, [order[1]])
    assert not may_give_opinion(leads["coordination"], matter)
    actions.agree(matter, by=leads[order[1]])
    assert (matter.step, open_keys(matter)) == (2, ["coordination"])
    actions.agree(matter, by=leads["coordination"])
    assert (matter.state, matter.decided_by, open_keys(matter)) == (State.ACCEPTED, leads["coordination"], [])


@pytest.mark.checklist("D4")
def test_what_is_under_way_keeps_the_way_on_which_it_began(matter, leads, submit):
    lay_way(*groups("coordination 1"))
    assert [stage.key for stage in fresh(matter).stages()] == ["technical", "resources", "coordination"]
    assert open_keys(submit("NH004")) == ["coordination"]


def test_a_chair_decides_where_the_way_says_so(submit, leads, person):
    lay_way(*groups("coordination 1"), ("chair", 2, "chair", {}))
    matter = submit()
    actions.agree(matter, by=leads["coordination"])
    assert list(Filing.objects.open_to(person("chair"))) == [matter]
    actions.agree(matter, by=person("chair"))
    assert (matter.state, matter.decided_by) == (State.ACCEPTED, person("chair"))


@pytest.mark.clause("6.2.1 e")
def test_a_stage_waits_for_a_decision_and_is_answered_by_its_number_and_day(submit, leads, person):
    lay_way(("committee", 1, "office", {"by_decision": True}))
    matter, office = submit(), person("office")
    assert list(Filing.objects.open_to(office)) == [matter]
    with translation.override("en"), pytest.raises(PermissionDenied, match="enter its number and day"):
        actions.agree(matter, by=office)
    with pytest.raises(PermissionDenied):
        actions.enter_decision(matter, by=leads["coordination"], number="3", day=date(2026, 11, 20))
    actions.enter_decision(matter, by=office, number="佛联专〔2026〕3号", day=date(2026, 11, 20))
    turn = matter.opinions.get()
    assert (turn.decision_number, turn.decided_on) == ("佛联专〔2026〕3号", date(2026, 11, 20))
    assert matter.state == State.ACCEPTED


def test_an_opinion_is_no_decision_and_a_decision_that_says_no_is_a_refusal(submit, leads, person):
    lay_way(*groups("coordination 1"))
    with pytest.raises(PermissionDenied):
        actions.enter_decision(submit(), by=leads["coordination"], number="3", day=date(2026, 11, 20))
    lay_way(("committee", 1, "office", {"by_decision": True}))
    refused = actions.refuse(submit("NH004"), by=person("office"), note="会议未通过")
    assert refused.state == State.REFUSED


def test_two_of_many_have_to_agree_and_nobody_counts_twice(submit, leads):
    lay_way(("technical", 1, "technical", {"needed": 2}))
    second = User.objects.create_user("second", name="宋副组")
    grant("group-lead", to=second, on=Group.objects.get(key="technical"))
    matter = submit()
    actions.agree(matter, by=leads["technical"])
    assert (matter.state, len(open_keys(matter))) == (State.SUBMITTED, 1)
    with pytest.raises(PermissionDenied):
        actions.agree(matter, by=leads["technical"])
    actions.agree(matter, by=second)
    assert matter.state == State.ACCEPTED


def test_a_condition_of_the_closed_list_says_whether_a_stage_is_asked(submit):
    lay_way(*groups("coordination 1"), ("technical", 1, "technical", {"condition": "upper_level"}))
    assert open_keys(submit("NH003")) == ["coordination"]
    assert open_keys(submit("NH001")) == ["coordination", "technical"]


def test_a_condition_which_the_code_no_longer_knows_is_no_way_round(submit):
    lay_way(*groups("coordination 1"), ("technical", 1, "technical", {"condition": "gone"}))
    assert open_keys(submit()) == ["coordination", "technical"]


def test_a_turn_is_due_some_working_days_after_it_opened_and_late_is_marked_and_not_barred(matter, leads):
    turn = matter.turns.get(key="technical")
    assert turn.due_on == add_working_days(timezone.localdate(), 5).day
    assert matter.turns.get(key="coordination").opened_at is None
    Turn.objects.filter(pk=turn.pk).update(due_on=timezone.localdate() - timedelta(days=3))
    actions.agree(matter, by=leads["technical"])
    assert matter.turns.get(key="technical").is_late
    assert not matter.turns.get(key="resources").is_late


def test_nobody_gives_two_opinions_in_one_round(matter, leads):
    grant("group-lead", to=leads["technical"], on=Group.objects.get(key="resources"))
    both = User.objects.get(pk=leads["technical"].pk)
    actions.agree(matter, by=both)
    assert stage_for(both, matter) is None
    with translation.override("en"), pytest.raises(PermissionDenied, match="already given your opinion"):
        actions.agree(matter, by=both)


def test_the_database_holds_one_turn_for_a_stage_and_one_voice_for_a_person(matter, leads):
    actions.agree(matter, by=leads["technical"])
    turn = matter.turns.get(key="resources")
    with pytest.raises(IntegrityError), transaction.atomic():
        Turn.objects.filter(pk=turn.pk).update(given_by=leads["technical"], given_at=timezone.now(), verdict="agreed")
    turn.pk, turn.key = None, "technical"
    with pytest.raises(IntegrityError), transaction.atomic():
        turn.save()


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


def test_one_refusal_at_a_shared_step_ends_the_matter_and_nobody_is_asked_any_more(matter, leads):
    actions.agree(matter, by=leads["technical"])
    actions.refuse(matter, by=leads["resources"], note="不符")
    assert (matter.state, matter.decided_by) == (State.REFUSED, leads["resources"])
    assert not Turn.objects.open().exists()
    with pytest.raises(Overtaken):
        actions.agree(matter, by=leads["coordination"])


def test_a_returned_matter_begins_a_new_round_at_its_first_step(matter, leads, person):
    for key in ("technical", "resources"):
        actions.agree(matter, by=leads[key])
    actions.give_back(matter, by=leads["coordination"], note="补正")
    assert may_write_again(person("nanhai"), matter)
    actions.submit(matter, by=person("nanhai"))
    assert (matter.round, matter.step, matter.decided_by, matter.decided_at) == (2, 1, None, None)
    assert set(open_keys(matter)) == {"technical", "resources"}
    assert matter.opinions.count() == 3


@pytest.mark.checklist("B9")
def test_nobody_reviews_what_he_began_or_submitted(matter, leads, submit):
    lay_way(*groups("technical 1", "resources 1"))
    for number, field in enumerate(("started_by", "submitted_by")):
        row = Filing.objects.create(
            kind="move",
            library=matter.library,
            effective_on="2027-05-10",
            reason="x",
            started_by=leads["technical"] if field == "started_by" else leads["coordination"],
            form_token=f"{field}",
            state=State.RETURNED,
        )
        Filing.objects.exclude(pk=row.pk).update(state=State.WITHDRAWN)
        mine = actions.submit(row, by=leads["coordination"] if number == 0 else leads["technical"])
        assert not may_give_opinion(leads["technical"], mine)
        assert may_give_opinion(leads["resources"], mine)
        assert mine not in Filing.objects.open_to(leads["technical"])


def test_what_was_not_submitted_awaits_nobody(matter, leads):
    matter.state = State.DRAFT
    with translation.override("en"):
        verdict = may_give_opinion(leads["technical"], matter)
    assert (verdict.sentence, verdict.kind) == ("It has not been submitted yet.", Kind.NOT_NOW)


def test_a_disabled_account_gives_no_opinion(matter, leads):
    User.objects.filter(pk=leads["technical"].pk).update(is_active=False)
    assert not may_give_opinion(User.objects.get(pk=leads["technical"].pk), matter)


@pytest.mark.checklist("D5")
def test_an_old_version_is_refused_and_no_version_is_taken_as_no_page(matter):
    assert require_version(matter, matter.version) is None
    with pytest.raises(Stale):
        require_version(matter, matter.version - 1)
    assert require_version(matter, None) is None


def test_the_progress_names_who_has_spoken_and_whose_turn_it_is(matter, leads):
    actions.agree(matter, by=leads["technical"], note="可行")
    with translation.override("en"):
        shown = [(step["state"], str(step["who"]), step.get("note", "")) for step in progress(fresh(matter))]
    assert shown == [
        ("done", "关南海", ""),
        ("done", "张技术", "可行"),
        ("current", "lead of resources", ""),
        ("waiting", "lead of coordination", ""),
    ]
    actions.refuse(matter, by=leads["resources"], note="不符")
    assert [step["state"] for step in progress(fresh(matter))] == ["done", "done", "refused", "waiting"]


def test_a_submission_is_recalled_by_its_submitter_until_somebody_has_answered(matter, leads, person):
    assert not may_recall(person("chancheng"), matter)
    actions.recall(matter, by=person("nanhai"))
    assert (matter.state, matter.submitted_by, Turn.objects.open().exists()) == (State.DRAFT, None, False)
    actions.submit(matter, by=person("nanhai"))
    actions.agree(fresh(matter), by=leads["technical"])
    with translation.override("en"), pytest.raises(Overtaken, match="张技术 has answered already"):
        actions.recall(fresh(matter), by=person("nanhai"))


def test_a_withdrawal_does_not_overwrite_who_decided(submit, leads, person):
    lay_way(*groups("coordination 1"))
    matter = actions.agree(submit(), by=leads["coordination"])
    actions.withdraw(matter, by=person("nanhai"))
    assert (matter.decided_by, matter.withdrawn_by) == (leads["coordination"], person("nanhai"))


def test_what_is_in_force_is_not_withdrawn(submit, leads, person):
    lay_way(*groups("coordination 1"))
    matter = actions.enter_into_force(actions.agree(submit(), by=leads["coordination"]))
    with pytest.raises(Overtaken):
        actions.withdraw(matter, by=person("nanhai"))


def stand_in(deputy, absent, **more):
    today = timezone.localdate()
    days = {"first_day": today, "last_day": today} | more
    return Deputy.objects.create(deputy=deputy, absent=absent, word_of=absent, named_by=absent, **days)


@pytest.mark.checklist("B9")
def test_a_deputy_answers_for_the_absent_and_the_opinion_says_so(matter, leads, person):
    stand_in(person("committee"), leads["technical"])
    turn = matter.turns.get(key="technical")
    assert set(people_asked(turn)) == {person("committee"), leads["technical"]}
    actions.agree(matter, by=person("committee"))
    given = matter.opinions.get()
    assert (given.given_by, given.on_behalf_of) == (person("committee"), leads["technical"])
    with translation.override("en"):
        assert str(progress(fresh(matter))[1]["who"]) == "黄委员 for 张技术"


def test_a_deputy_acts_on_his_days_and_in_his_kind_of_matter_alone(matter, leads, person):
    today = timezone.localdate()
    for more in (
        {"kind": "return"},
        {"first_day": today - timedelta(days=3), "last_day": today - timedelta(days=1)},
        {"first_day": today + timedelta(days=1), "last_day": today + timedelta(days=3)},
    ):
        row = stand_in(person("committee"), leads["technical"], **more)
        assert not may_give_opinion(person("committee"), matter), more
        row.delete()
    stand_in(person("committee"), leads["technical"], kind="filing-move")
    assert may_give_opinion(person("committee"), matter)


def test_what_narrows_a_deputy_does_so_where_he_acts_and_where_he_is_told(matter, leads, person):
    """Each field of the entry narrows by its line in LIMITS, or it is who, when and on whose word."""
    turn = matter.turns.get(key="technical")
    others = {"id", "absent", "deputy", "first_day", "last_day", "word_of"}
    others |= {f"{pair}_{part}" for pair in ("named", "ended") for part in ("at", "by")}
    assert {field.name for field in Deputy._meta.fields} - others == {limit.field for limit in LIMITS}
    for limit in LIMITS:
        row = stand_in(person("committee"), leads["technical"], **{limit.field: limit.of(turn)})
        assert may_give_opinion(person("committee"), matter), limit
        assert person("committee") in people_asked(turn), limit
        row.delete()


def test_a_deputy_narrowed_twice_acts_in_both_and_once_for_all_in_all(matter, leads, person):
    stand_in(person("committee"), leads["technical"], kind="return")
    assert not may_give_opinion(person("committee"), matter)
    second = stand_in(person("committee"), leads["technical"], kind="filing-move")
    assert may_give_opinion(person("committee"), matter)
    Deputy.objects.filter(pk=second.pk).update(kind="")
    assert may_give_opinion(person("committee"), matter)


def test_a_deputy_of_a_deputy_does_not_act(matter, leads, person):
    stand_in(person("committee"), leads["technical"])
    stand_in(person("observer"), person("committee"))
    assert not may_give_opinion(person("observer"), matter)


@pytest.mark.checklist("B9")
def test_a_deputy_is_no_way_round_four_eyes(matter, leads, person):
    stand_in(person("nanhai"), leads["technical"])
    assert not may_give_opinion(person("nanhai"), matter), "on his own matter"
    stand_in(leads["resources"], leads["technical"])
    actions.agree(matter, by=leads["resources"])
    two = matter.opinions.get()
    assert two.on_behalf_of is None
    assert not may_give_opinion(person("resources-lead"), matter), "for two seats"


@pytest.mark.checklist("B9")
def test_nobody_signs_the_own_matter_of_the_absent_on_his_behalf(submit, leads, person):
    lay_way(*groups("technical 1"))
    matter = submit()
    actions.recall(matter, by=person("nanhai"))
    actions.submit(matter, by=leads["technical"])
    stand_in(person("committee"), leads["technical"])
    assert not may_give_opinion(person("committee"), matter)


@pytest.mark.checklist("B9")
def test_who_was_spoken_for_speaks_no_more_in_that_round(matter, leads, person):
    grant("group-lead", to=leads["technical"], on=Group.objects.get(key="resources"))
    stand_in(person("committee"), leads["technical"], kind="filing-move")
    actions.agree(matter, by=person("committee"))
    assert not may_give_opinion(person("technical-lead"), matter)


def test_a_role_that_ends_ends_the_deputy_too(matter, leads, person):
    stand_in(person("committee"), leads["technical"])
    revoke(leads["technical"].grants.get(role="group-lead"))
    assert not may_give_opinion(person("committee"), matter)


def test_the_people_asked_are_exactly_those_to_whom_the_turn_is_open(matter, leads, person):
    stand_in(person("committee"), leads["technical"])
    stand_in(person("nanhai"), leads["resources"])
    for turn in matter.turns.all():
        if turn.is_open:
            open_to = {one for one in User.objects.all() if Turn.objects.filter(pk=turn.pk).open_to(one).exists()}
            assert set(people_asked(turn)) == open_to


@pytest.mark.parametrize("kind", ["filing-move", "filing-suspension", "return"])
def test_each_default_way_names_seats_which_its_kind_knows(kind):
    for stage in KINDS[kind].default:
        assert KINDS[kind].seats[stage.place].permission == stage.permission


@pytest.mark.parametrize("state", [State.REFUSED, State.WITHDRAWN, State.IN_FORCE])
def test_what_has_ended_moves_no_more(state):
    assert Matter.MOVES[state] == set()
