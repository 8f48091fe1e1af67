"""Hold that tasks of decisions go to district libraries, and that days of votes and minutes stand in calendars."""

from urllib.parse import quote

import pytest

from committee.confirmations.actions import circulate
from committee.decisions import actions
from committee.decisions.follow_up import responsible_of
from committee.decisions.models import Ballot
from fsul_portal.assignments.actions import mark_done
from fsul_portal.rooms import dues_between
from fsul_portal.verdicts import Unready
from members.divisions.models import Division
from tests.committee.decisions.stage import asked, standing
from tests.committee.items.stage import written

pytestmark = pytest.mark.clause("6.2.1 b")


def test_a_task_goes_to_a_district_library_and_whoever_signs_for_it_does_it(cast, signed_in):
    decision, nanhai = standing(cast), Division.objects.get(code="440605")
    facts = {"title": "核对基础信息", "days": 10, "helpers": "各分馆", "by": cast["office"]}
    task = actions.give_task(decision, district=nanhai, **facts)
    assert [person.username for person in task.people()] == ["nanhai-reviewer"]
    assert decision.text in signed_in("nanhai-reviewer").get(task.get_absolute_url()).content.decode()
    shown = responsible_of(task)
    for words, is_found in ((shown, True), (f"{shown}x", False)):
        page = signed_in("office").get(f"/committee/follow-up/?words={quote(words)}").content.decode()
        assert (task.title in page) is is_found, words
    assert mark_done(task, by=cast["nanhai-reviewer"], note="已核对").state == "done"


def test_a_task_has_one_who_is_responsible_and_a_district_has_somebody_who_signs(cast):
    decision, nanhai = standing(cast), Division.objects.get(code="440605")
    facts = {"title": "核对", "days": 10, "by": cast["office"]}
    for who in ({}, {"to": cast["nanhai"], "district": nanhai}):
        with pytest.raises(Unready, match="either the person or the district"):
            actions.give_task(decision, **facts, **who)
    empty = Division.objects.create(code="440699", name="新区", level="district")
    with pytest.raises(Unready, match="Nobody signs for"):
        actions.give_task(decision, **facts, district=empty)


def told(person, kind, day):
    return [(due.key, due.own) for due in dues_between(person, day, day) if due.key.startswith(kind)]


def test_the_calendar_tells_a_vote_to_those_who_have_not_voted_and_to_the_office(cast):
    decision = asked(cast)
    key, day = f"vote-{decision.pk}", decision.closes_on
    found = [told(cast[name], "vote-", day) for name in ("chair", "office", "nanhai")]
    assert found == [[(key, True)], [(key, False)], []]
    actions.vote(decision, choice=Ballot.Choice.FOR, by=cast["chair"])
    assert told(cast["chair"], "vote-", day) == []


def test_the_calendar_tells_the_day_of_minutes_to_those_who_answer_them(cast):
    roll = [{"name": "黄委员", "unit": "x", "presence": "present", "person": cast["committee"]}]
    meeting = circulate(written(cast, roll=roll).meeting, by=cast["office"])
    found = [told(cast[name], "minutes-", meeting.confirm_by) for name in ("committee", "office", "nanhai")]
    assert found == [[(f"minutes-{meeting.pk}", True)], [(f"minutes-{meeting.pk}", False)], []]
