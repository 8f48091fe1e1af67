"""Hold what may happen to a meeting, by whom, and what then counts."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from committee.bodies import rules as bodies
from committee.bodies.models import Body
from committee.confirmations.actions import call_back
from committee.meetings import actions, rules
from committee.meetings.duty import duty_of
from committee.meetings.models import MEETINGS_A_YEAR, Meeting, RollEntry
from committee.meetings.tasks import invite_who_came_later
from fsul_portal.access.actions import grant, revoke
from fsul_portal.access.models import Grant
from fsul_portal.notices.models import Delivery, Notice
from fsul_portal.records.models import Record
from fsul_portal.verdicts import Overtaken
from tests.committee.conftest import MINUTES, ROLL
from tests.hands import at_once
from tests.minutes import confirmed, signed

SHANGHAI = ZoneInfo("Asia/Shanghai")
FACTS = {"title": "改期", "starts_at": timezone.now() - timedelta(days=2), "place": "二楼"}

VERBS = {
    "revise": (rules.may_revise, lambda meeting, by: actions.revise_meeting(meeting, **FACTS, by=by)),
    "cancel": (rules.may_cancel, lambda meeting, by: actions.cancel_meeting(meeting, by=by)),
    "write roll": (rules.may_write_roll, lambda meeting, by: actions.write_roll(meeting, ROLL, by=by)),
    "sign roll": (rules.may_sign_roll, lambda meeting, by: actions.sign_roll(meeting, by=by)),
    "write minutes": (rules.may_write_minutes, lambda meeting, by: actions.write_minutes(meeting, "新稿", by=by)),
    "sign minutes": (rules.may_sign_minutes, lambda meeting, by: actions.sign_minutes(meeting, by=by)),
}
OPEN = {
    "called": {
        ("revise", "office"),
        ("cancel", "office"),
        ("write roll", "office"),
        ("sign roll", "office"),
        ("sign roll", "chair"),
    },
    "held": {("write minutes", "office")},
    "minuted": set(),
    "cancelled": set(),
}


class Undone(Exception):
    """Take back what a trial changed."""


def tries(act):
    """Do it and take it back; tell whether it was allowed."""
    try:
        with transaction.atomic():
            act()
            raise Undone
    except Undone:
        return True
    except PermissionDenied:
        return False


@pytest.mark.clause("6.2.1 b")
@pytest.mark.parametrize("state", Meeting.State.values)
def test_rule_and_action_say_the_same_to_every_person_in_every_state(state, cast, meeting_in):
    meeting = meeting_in(state)
    if state == "called":
        actions.write_roll(meeting, ROLL, by=cast["office"])
    if state == "held":
        actions.write_minutes(meeting, MINUTES, by=cast["office"])
    meeting.refresh_from_db()
    allowed = {(verb, name) for verb, (rule, __) in VERBS.items() for name, who in cast.items() if rule(who, meeting)}
    done = {
        (verb, name)
        for verb, (__, act) in VERBS.items()
        for name, who in cast.items()
        if tries(lambda act=act, who=who: act(meeting, who))
    }
    assert allowed == OPEN[state]
    assert done == OPEN[state]


@pytest.mark.clause("6.2.1 b")
def test_only_the_secretary_calls_a_meeting_of_the_committee(cast):
    body = Body.objects.committee()
    assert [name for name, who in cast.items() if bodies.may_keep(who, body)] == ["office"]


def test_the_committee_the_office_and_the_leads_read_the_meetings(cast, meeting_in):
    readers = {"chair", "committee", "office", "coordination-lead", "technical-lead", "resources-lead"}
    meeting_in("called")
    assert {name for name, who in cast.items() if bodies.may_read_committee(who)} == readers
    assert {name for name, who in cast.items() if Meeting.objects.visible_to(who).exists()} == readers


@pytest.mark.clause("6.2.1 b")
def test_calling_tells_every_member_of_the_committee_once(cast, office):
    meeting = actions.call_meeting(
        kind="joint", starts_at=timezone.now() + timedelta(days=9), place="南海区图书馆", agenda="审议年报", by=office
    )
    notices = Notice.objects.filter(link=meeting.get_absolute_url())
    assert sorted(notices.values_list("recipient__username", flat=True)) == ["chair", "committee", "office"]
    assert {notice.subject for notice in notices} == {f"Meeting called: {meeting.title}"}
    assert notices[0].body.splitlines()[1:] == ["Place: 南海区图书馆", "Agenda:", "1. 审议年报"]
    assert Delivery.objects.count() == 3


def test_a_meeting_of_the_past_is_put_on_record_without_inviting_anybody(meeting_in):
    meeting_in("called")
    assert Notice.objects.count() == 0


def test_a_cancelled_meeting_is_told_with_its_reason(meeting_in):
    meeting_in("cancelled")
    assert set(Notice.objects.values_list("body", flat=True)) == {"台风"}


def test_numbers_run_through_the_year_and_are_never_given_twice(meeting_in):
    numbers = [meeting_in(state).number for state in ("called", "cancelled", "called")]
    assert numbers == [1, 2, 3]


def test_the_title_is_made_of_kind_year_and_number(office):
    starts_at = datetime(2026, 3, 5, 14, tzinfo=SHANGHAI)
    titles = [
        actions.call_meeting(kind=kind, starts_at=starts_at, place="五楼", by=office).title
        for kind in ("joint", "session")
    ]
    assert titles == ["佛山市联合图书馆专业委员会2026年第1次联席会议", "佛山市联合图书馆专业委员会2026年第2次会议"]


@pytest.mark.checklist("D10")
@pytest.mark.parametrize(
    ("starts_at", "year"),
    [
        (datetime(2026, 12, 31, 23, 59, tzinfo=SHANGHAI), 2026),
        (datetime(2026, 12, 31, 16, 1, tzinfo=ZoneInfo("UTC")), 2027),
        (datetime(2028, 2, 29, 9, tzinfo=SHANGHAI), 2028),
    ],
)
def test_a_meeting_belongs_to_its_year_in_foshan(starts_at, year, office):
    assert actions.call_meeting(kind="joint", starts_at=starts_at, place="五楼", by=office).year == year


@pytest.mark.clause("7.1")
@pytest.mark.parametrize(("state", "counts"), [("called", 0), ("cancelled", 0), ("held", 0), ("minuted", 1)])
def test_only_a_signed_roll_and_final_minutes_count(state, counts, meeting_in):
    meeting = meeting_in(state)
    assert Meeting.objects.counting().count() == counts
    assert meeting.counts == bool(counts)
    assert duty_of(meeting.year).count == counts


@pytest.mark.clause("7.1")
def test_the_duty_is_met_by_two_meetings_that_count(meeting_in):
    year = timezone.localdate().year
    assert MEETINGS_A_YEAR == 2
    steps = []
    for state in ("minuted", "cancelled", "held", "minuted"):
        meeting_in(state)
        duty = duty_of(year)
        steps.append((duty.count, duty.expected, duty.missing, duty.is_in_reach, duty.is_met))
    assert steps == [
        (1, 1, 1, False, False),
        (1, 1, 1, False, False),
        (1, 2, 0, True, False),
        (2, 3, 0, True, True),
    ]


@pytest.mark.clause("7.1")
@pytest.mark.checklist("B9")
def test_nobody_signs_minutes_which_he_wrote(meeting_in, office, chair, person):
    grant("chair", to=office)
    meeting = actions.write_minutes(meeting_in("held"), MINUTES, by=person("office"))
    with pytest.raises(PermissionDenied, match="Nobody signs minutes which he wrote"):
        actions.sign_minutes(meeting, by=person("office"))
    assert signed(meeting, office=office, chair=chair).minutes_final_by == chair


@pytest.mark.checklist("B9")
def test_nobody_signs_minutes_of_which_he_wrote_an_earlier_part(meeting_in, person, second_secretary):
    grant("chair", to=person("office"))
    meeting = actions.write_minutes(meeting_in("held"), MINUTES, by=person("office"))
    meeting = actions.write_minutes(meeting, MINUTES + "附件一。", by=second_secretary)
    with pytest.raises(PermissionDenied, match="not even a part of them"):
        actions.sign_minutes(meeting, by=person("office"))


def test_the_database_itself_refuses_minutes_signed_by_their_writer(meeting_in, office):
    meeting = actions.write_minutes(meeting_in("held"), MINUTES, by=office)
    final = {"state": "minuted", "minutes_final_at": timezone.now(), "minutes_final_by": office}
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.filter(pk=meeting.pk).update(**final)


@pytest.mark.parametrize("change", [{"state": "held"}, {"state": "minuted"}, {"minutes_final_at": timezone.now()}])
def test_the_database_itself_refuses_a_state_without_its_signature(change, meeting_in):
    meeting = meeting_in("called")
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.filter(pk=meeting.pk).update(**change)


def test_a_roll_is_not_signed_before_the_meeting_begins(meeting_in, chair, office):
    meeting = meeting_in("called", starts_at=timezone.now() + timedelta(hours=1))
    actions.write_roll(meeting, ROLL, by=office)
    with pytest.raises(PermissionDenied, match="The meeting has not begun"):
        actions.sign_roll(meeting, by=chair)


@pytest.mark.parametrize("presence", ["excused", "absent"])
def test_a_roll_on_which_nobody_came_is_not_signed(presence, meeting_in, chair, office):
    meeting = actions.write_roll(meeting_in("called"), [row | {"presence": presence} for row in ROLL], by=office)
    with pytest.raises(PermissionDenied, match="Nobody is on the roll as present"):
        actions.sign_roll(meeting, by=chair)


def test_empty_minutes_are_not_signed(meeting_in, chair):
    with pytest.raises(PermissionDenied, match="There are no minutes to sign yet"):
        actions.sign_minutes(meeting_in("held"), by=chair)


def test_each_act_is_on_record_with_its_person(meeting_in):
    meeting = meeting_in("minuted")
    acts = Record.objects.of(meeting).order_by("pk").values_list("verb", "by__username")
    assert list(acts) == [
        ("called", "office"),
        ("agenda laid out", "office"),
        ("roll written", "office"),
        ("roll signed", "office"),
        ("minutes written", "office"),
        ("minutes circulated", "office"),
        ("minutes signed", "chair"),
    ]


def test_the_text_that_minutes_replaced_stays_on_record(meeting_in, office):
    meeting = actions.write_minutes(meeting_in("held"), "第一稿", by=office)
    actions.write_minutes(meeting, "第二稿", by=office)
    assert Record.objects.of(meeting)[0].changes() == [("minutes", "第一稿", "第二稿")]


def test_writing_the_same_minutes_again_changes_nothing(meeting_in, office):
    meeting = actions.write_minutes(meeting_in("held"), MINUTES, by=office)
    assert actions.write_minutes(meeting, MINUTES, by=office).version == meeting.version


@pytest.mark.checklist("D4")
def test_who_signs_second_is_told_that_it_is_done(meeting_in, person):
    grant("chair", to=person("committee"))
    meeting = meeting_in("minuted")
    with pytest.raises(Overtaken, match="The minutes are final"):
        actions.sign_minutes(meeting, by=person("committee"))


@pytest.mark.checklist("D5")
def test_nobody_signs_minutes_which_were_changed_while_he_read(meeting_in, office, chair):
    meeting = confirmed(actions.write_minutes(meeting_in("held"), MINUTES, by=office), office)
    call_back(meeting, by=office)
    confirmed(actions.write_minutes(meeting, MINUTES + "另一句。", by=office), office)
    with pytest.raises(Overtaken, match="何秘书 changed this at 2026-11-23 10:00, while you had the page open"):
        actions.sign_minutes(meeting, by=chair, version=meeting.version)
    assert Meeting.objects.get(pk=meeting.pk).state == "held"


@pytest.mark.checklist("D5")
def test_of_many_who_save_the_same_version_one_succeeds(many_hands, meeting_in, office):
    meeting = meeting_in("held")
    outcomes = at_once(
        lambda number: actions.write_minutes(meeting, f"第{number}稿", by=office, version=meeting.version), times=4
    )
    saved = [outcome for outcome in outcomes if isinstance(outcome, Meeting)]
    told = [outcome for outcome in outcomes if isinstance(outcome, Overtaken)]
    assert (len(saved), len(told)) == (1, 3)
    meeting.refresh_from_db()
    assert meeting.minutes == saved[0].minutes


@pytest.mark.checklist("D4")
def test_of_many_who_sign_at_once_one_succeeds_and_the_committee_is_told_once(many_hands, meeting_in, office, chair):
    meeting = confirmed(actions.write_minutes(meeting_in("held"), MINUTES, by=office), office)
    outcomes = at_once(lambda number: actions.sign_minutes(meeting, by=chair), times=4)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Closed", "Closed", "Closed", "Meeting"]
    assert Notice.objects.filter(subject__startswith="Minutes final").count() == 3


def test_two_secretaries_calling_at_once_get_two_numbers(many_hands, cast, office):
    facts = {"kind": "joint", "starts_at": timezone.now() - timedelta(days=1), "place": "五楼", "by": office}
    outcomes = at_once(lambda number: actions.call_meeting(**facts), times=2)
    assert sorted(meeting.number for meeting in outcomes) == [1, 2]


def test_the_roll_of_before_is_replaced_as_a_whole(meeting_in, office):
    meeting = actions.write_roll(meeting_in("called"), ROLL, by=office)
    actions.write_roll(meeting, ROLL[:1], by=office)
    assert list(RollEntry.objects.values_list("name", flat=True)) == ["梁主任"]


@pytest.mark.checklist("D3")
def test_the_same_form_at_the_same_moment_calls_one_meeting_and_leaves_no_number_out(many_hands, cast, office):
    facts = {"kind": "joint", "starts_at": timezone.now() - timedelta(days=1), "place": "五楼", "by": office}
    outcomes = at_once(lambda number: actions.call_meeting(**facts, token="one form"), times=3)
    assert {meeting.pk for meeting in outcomes} == {Meeting.objects.get().pk}
    assert actions.call_meeting(**facts).number == 2


@pytest.mark.clause("6.2.1 b")
def test_who_joins_after_the_call_is_invited_and_who_leaves_no_longer(cast, office, person):
    meeting = actions.call_meeting(
        kind="joint", starts_at=timezone.now() + timedelta(days=20), place="五楼", agenda="审议年报", by=office
    )
    assert list(invite_who_came_later(timezone.localdate())) == []
    grant("committee-member", to=person("observer"))
    (notice,) = invite_who_came_later(timezone.localdate())
    assert (notice.recipient.username, notice.link) == ("observer", meeting.get_absolute_url())
    assert notice.body.splitlines()[-1] == "1. 审议年报"
    assert list(invite_who_came_later(timezone.localdate())) == []
    revoke(Grant.objects.in_force().get(person=person("observer"), role="committee-member"))
    facts = {"title": meeting.title, "starts_at": meeting.starts_at, "place": "二楼"}
    actions.revise_meeting(meeting, **facts, by=office)
    assert person("observer").notices.filter(link=meeting.get_absolute_url()).count() == 1
    grant("committee-member", to=person("observer"))
    (notice,) = invite_who_came_later(timezone.localdate())
    assert "Place: 二楼" in notice.body


def test_nobody_is_invited_to_a_meeting_that_is_over_or_cancelled(meeting_in, person):
    meeting_in("called")
    meeting_in("cancelled", starts_at=timezone.now() + timedelta(days=3))
    grant("committee-member", to=person("observer"))
    assert list(invite_who_came_later(timezone.localdate())) == []
