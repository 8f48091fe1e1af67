"""Let the bodies meet: each with its own numbers, people, quorum, plan and calendar (6.2.1 b, 7.4)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from committee.agendas.actions import write_item
from committee.bodies import actions, forms, rules
from committee.bodies.kinds import KINDS
from committee.bodies.models import Body, PlannedMeeting
from committee.bodies.people import invited, keepers, signers
from committee.bodies.tasks import bind_minutes, remind_of_planned_meetings
from committee.bodies.volumes import ask_for_volume
from committee.confirmations.actions import circulate, confirm
from committee.confirmations.waiting import to_confirm, to_sign
from committee.decisions.actions import close_vote, note, vote
from committee.decisions.grounds.actions import deciding_on
from committee.decisions.grounds.rules import may_rest_on
from committee.decisions.models import DECIDES, Decision
from committee.meetings import actions as meetings
from committee.meetings.duty import duty_of
from committee.meetings.feeds.actions import renew_feed
from committee.meetings.models import Meeting
from committee.meetings.replies.actions import reply
from committee.meetings.rolls.seats import asked_to_confirm, due_on_the_roll
from committee.meetings.room import meetings_held
from committee.proposals.actions import propose
from committee.proposals.suggestions import gather
from fsul_portal.access.actions import grant
from fsul_portal.access.models import Grant
from fsul_portal.files.models import Attachment
from fsul_portal.links.actions import link
from fsul_portal.notices.models import Notice
from fsul_portal.rooms import dues_between
from fsul_portal.verdicts import Unready
from members.divisions.models import Division
from members.libraries.models import Library
from reports.dashboard.desk import meetings_of_year
from tests.committee.bodies.stage import nanhai
from tests.committee.decisions.stage import asked
from tests.committee.proposals.stage import proposed
from tests.guests import guest

TOMORROW = timedelta(days=1)


@pytest.fixture
def group(cast):
    """Return the body of a working group with somebody who writes beside the one who signs."""
    body = Body.objects.get(kind="group", name="技术服务小组")
    grant("group-member", to=guest("writer"), on=body.place)
    return body


def call(body, by, *, begins=TOMORROW, **facts):
    return meetings.call_meeting(body=body, starts_at=timezone.now() + begins, place="二楼", by=by, **facts)


def hold(body, by, **facts):
    """Return a meeting of the body at which all were there, with its roll signed."""
    meeting = call(body, by, begins=-TOMORROW, **facts)
    people = {person.pk: person for person in invited(body)}
    rows = [row | {"presence": "present", "person": people[row["person"]]} for row in due_on_the_roll(body)]
    return meetings.sign_roll(meetings.write_roll(meeting, rows, by=by), by=by)


@pytest.mark.clause("6.2.1 b")
def test_each_body_numbers_its_meetings_by_itself_and_in_its_own_name(cast, group):
    first = meetings.call_meeting(kind="joint", starts_at=timezone.now() + TOMORROW, place="五楼", by=cast["office"])
    of_group, second = call(group, guest("writer")), call(group, guest("writer"))
    district = call(nanhai(), cast["nanhai"])
    assert [meeting.number for meeting in (first, of_group, second, district)] == [1, 1, 2, 1]
    year = timezone.localdate().year
    assert of_group.title == f"佛山市联合图书馆技术服务小组{year}年第1次会议"
    assert district.title == f"佛山市联合图书馆南海区{year}年第1次成员馆会议"
    assert (of_group.kind, district.kind) == ("of_group", "of_district")


@pytest.mark.clause("6.2.1 b")
def test_a_district_invites_its_library_and_whoever_speaks_for_each_of_its_libraries(cast):
    """A library speaks through its head, and where it has none through whoever writes its returns (7.4)."""
    body, here, elsewhere = nanhai(), Library.objects.get(code="NH002"), Library.objects.get(code="CC001")
    head, other = guest("head", "NH002"), guest("head-elsewhere")
    grant("library-head", to=head, on=here)
    grant("library-head", to=other, on=elsewhere)
    named = {person.username for person in invited(body)}
    assert {"nanhai", "nanhai-reviewer", "head"} <= named
    assert not named & {"head-elsewhere", "office", "chair", "chancheng-reviewer"}
    writers = {held.person.username for held in here_grants(here, "library-editor")}
    assert not named & writers, "who writes for a library does not come beside its head"
    assert [person.username for person in signers(body)] == ["nanhai-reviewer"]
    assert Body.objects.visible_to(head).get() == body


def here_grants(library, role):
    return Grant.objects.in_force().on(library).filter(role=role).select_related("person")


@pytest.mark.clause("6.2.1 b")
def test_a_body_is_kept_by_its_own_people_and_by_nobody_else(cast, group):
    bodies = {"committee": Body.objects.committee(), "group": group, "district": nanhai()}
    kept = {
        name: {key for key, who in (*cast.items(), ("writer", guest("writer"))) if rules.keeps(who, body)}
        for name, body in bodies.items()
    }
    assert kept == {
        "committee": {"office"},
        "group": {"technical-lead", "writer"},
        "district": {"nanhai", "nanhai-reviewer"},
    }
    with pytest.raises(PermissionDenied, match="kept by the members of the group"):
        call(group, cast["coordination-lead"])
    for body in bodies.values():
        assert all(rules.keeps(person, body) for person in keepers(body))


def test_whoever_belongs_to_no_body_reads_no_meeting_and_the_committees_readers_read_all(cast, group):
    meeting = call(group, guest("writer"))
    district = call(nanhai(), cast["nanhai"])
    read = {name: set(Meeting.objects.visible_to(who)) for name, who in cast.items()}
    assert read["chair"] == read["office"] == read["coordination-lead"] == {meeting, district}
    assert read["nanhai"] == {district}
    assert read["observer"] == set()
    assert not rules.may_read_meetings(cast["observer"])
    assert set(Meeting.objects.visible_to(guest("writer"))) == {meeting}


@pytest.mark.clause("6.2.1 b")
def test_a_groups_minutes_go_their_whole_way_and_count_for_the_group_alone(cast, group):
    """Called, held, written by a member, answered, signed by the lead; the committee's duty is not met by it (7.1)."""
    writer, lead = guest("writer"), cast["technical-lead"]
    meeting = hold(group, writer, agenda="编码规则")
    item = write_item(meeting.items.get(), "议定编码规则。", by=writer)
    note(item, title="编码规则", text="采用新编码规则。", by=writer)
    meeting = circulate(Meeting.objects.get(pk=meeting.pk), by=writer)
    assert set(asked_to_confirm(meeting)) == {person.pk for person in invited(group)} - {lead.pk}
    assert (list(to_confirm(writer)), list(to_confirm(lead)), list(to_sign(lead))) == ([meeting], [], [])
    for person in invited(group).exclude(pk=lead.pk):
        confirm(meeting, by=person, agrees=True)
    assert (list(to_sign(lead)), list(to_sign(cast["chair"]))) == ([meeting], [])
    with pytest.raises(PermissionDenied, match="signed by the lead"):
        meetings.sign_minutes(meeting, by=cast["chair"])
    meeting = meetings.sign_minutes(meeting, by=lead)
    decision = Decision.objects.get()
    assert (meeting.state, decision.state, decision.number[:8]) == ("minuted", "in_force", "FSUL-HY-")
    assert not Decision.objects.of_committee().exists()
    assert "decision of the committee" in may_rest_on(decision).sentence
    rule = proposed(cast)
    link(decision, rule, DECIDES, by=None)
    assert deciding_on(rule) == [], "what a group decides neither bears nor holds up what the committee decides"
    counted = (duty_of(meeting.year).count, meetings_held(timezone.localdate()).records)
    first_page = meetings_of_year(cast["chair"])
    assert (counted, first_page["counting"]) == ((0, 0), 0), "the committee's duty is met by the committee alone"
    told = Notice.objects.filter(subject__startswith="Minutes final")
    assert set(told.values_list("recipient", flat=True)) == {person.pk for person in invited(group)}


def test_a_body_sets_its_own_quorum(cast, group):
    meeting = hold(group, guest("writer"))
    assert meeting.is_quorate
    actions.set_quorum(group, heads="two_thirds", units="none", by=guest("writer"))
    row = due_on_the_roll(group)[0] | {"presence": "present", "person": guest("writer")}
    absent = [row | {"name": f"缺席{number}", "presence": "absent", "person": None} for number in range(1)]
    second = call(Body.objects.get(pk=group.pk), guest("writer"), begins=-TOMORROW)
    second = meetings.sign_roll(meetings.write_roll(second, [row, *absent], by=guest("writer")), by=guest("writer"))
    assert not second.is_quorate, "one of two is not two thirds"


@pytest.mark.clause("6.2.1 b")
def test_the_plan_of_the_year_is_called_from_reminded_of_and_kept(cast, group):
    writer, year = guest("writer"), timezone.localdate().year + 1
    lines = forms.lines_of(f"{year}-03-10 年度计划\n{year}年6月9日 中期检查")
    body = actions.plan(group, lines=lines, by=writer)
    first, second = PlannedMeeting.objects.all()
    assert (first.day, first.subject, second.day) == (date(year, 3, 10), "年度计划", date(year, 6, 9))
    meeting = call(body, writer, planned=first)
    body = actions.plan(Body.objects.get(pk=body.pk), lines=[(first.day, "别的"), (date(year, 9, 1), "")], by=writer)
    left = list(PlannedMeeting.objects.values_list("day", "subject", "meeting"))
    assert left == [(first.day, "年度计划", meeting.pk), (date(year, 9, 1), "", None)], "what is called stays"
    told = remind_of_planned_meetings(date(year, 8, 5))
    assert {notice.recipient for notice in told} == set(keepers(body))
    assert {notice.subject for notice in told} == {f"To be called for 1 September {year}: {body}"}
    assert (remind_of_planned_meetings(date(year, 8, 6)), remind_of_planned_meetings(date(year, 7, 1))) == ([], [])
    assert {"not held" in notice.subject for notice in remind_of_planned_meetings(date(year, 9, 2))} == {True}


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("春季 会议", "does not begin with a day"),
        ("2月30日 会议", "there is no such day"),
        ("2001-03-01", "neither in"),
    ],
)
def test_a_plan_says_which_line_is_wrong(cast, typed, sentence):
    body = Body.objects.committee()
    form = forms.PlanForm(body, {"lines": typed, "version": body.version})
    if form.is_valid():
        with pytest.raises(Unready, match=sentence):
            actions.plan(body, by=cast["office"], **form.answers())
    else:
        assert sentence in str(form.errors)


def test_a_day_is_planned_once(cast):
    day = date(timezone.localdate().year, 5, 4)
    with pytest.raises(Unready, match="planned twice"):
        actions.plan(Body.objects.committee(), lines=[(day, "甲"), (day, "乙")], by=cast["office"])


def test_a_meeting_ends_after_it_begins(cast):
    begins = timezone.now() + TOMORROW
    with pytest.raises(Unready, match="ends after"):
        meetings.call_meeting(kind="joint", starts_at=begins, ends_at=begins, place="五楼", by=cast["office"])


def test_the_calendar_of_a_body_tells_its_own_meetings(client, cast, group):
    mine, other = call(group, guest("writer")), call(nanhai(), cast["nanhai"])
    content = client.get(renew_feed(group, by=guest("writer")).get_absolute_url()).content.decode()
    assert (f"meeting-{mine.pk}@" in content, f"meeting-{other.pk}@" in content) == (True, False)


def test_what_a_group_left_is_proposed_to_the_group(cast, group):
    writer, lead = guest("writer"), cast["technical-lead"]
    meeting = hold(group, writer, agenda="编码规则\n条码")
    write_item(meeting.items.first(), "议定。", by=writer)
    meeting = circulate(Meeting.objects.get(pk=meeting.pk), by=writer)
    for person in invited(group).exclude(pk=lead.pk):
        confirm(meeting, by=person, agrees=True)
    meetings.sign_minutes(meeting, by=lead)
    proposed = {one.title: one.body for one in gather()}
    assert proposed["条码"] == group
    nanhai()
    with pytest.raises(Unready, match="whoever reads them"):
        propose(title="x", reason="y", body=group, by=cast["nanhai"])


@pytest.mark.clause("6.2.1 b")
def test_whoever_keeps_the_meeting_enters_what_somebody_said_by_telephone(cast, signed_in):
    meeting = call(Body.objects.committee(), cast["office"], kind="joint")
    page = f"{meeting.get_absolute_url()}reply/for/{cast['committee'].pk}/"
    answer = signed_in("office").post(page, {"answer": "excused", "reason": "出差"})
    assert (answer.status_code, meeting.replies.get().person) == (302, cast["committee"])
    assert signed_in("chair").get(page).status_code == 403
    with pytest.raises(PermissionDenied):
        reply(meeting, by=cast["chair"], person=cast["committee"], answer="attends")
    assert "entered a reply" in signed_in("office").get(meeting.get_absolute_url()).content.decode()


def test_districts_can_meet_from_the_first_start_and_once(cast):
    actions.let_districts_meet()
    districts = Division.objects.filter(level="district").count()
    assert (Body.objects.filter(kind="district").count(), actions.let_districts_meet()) == (districts, 0)
    assert set(KINDS) == {"committee", "district", "group"}


@pytest.mark.clause("6.2.1 b")
def test_the_minutes_of_a_year_are_bound_in_the_background_and_kept_with_the_body(cast, group, meeting_in):
    """Asked for twice it is bound once; bound anew, the later volume takes the earlier one's place (6.2.1 b)."""
    body, office, year = Body.objects.committee(), cast["office"], timezone.localdate().year
    with pytest.raises(PermissionDenied, match="no final minutes"):
        ask_for_volume(body, year=year, by=office)
    meeting_in("minuted")
    with pytest.raises(PermissionDenied, match="Only the secretary"):
        ask_for_volume(body, year=year, by=cast["chair"])
    run = ask_for_volume(body, year=year, by=office)
    assert ask_for_volume(body, year=year, by=office) == run
    bind_minutes(run.pk)
    run.refresh_from_db()
    [volume] = Attachment.objects.of(body).standing()
    assert (run.state, volume.name, volume.kind) == ("done", f"专业委员会{year}年会议纪要.pdf", "PDF")
    assert office.notices.filter(subject__endswith="is ready").count() == 1
    meeting_in("minuted")
    bind_minutes(ask_for_volume(body, year=year, by=office).pk)
    [later] = Attachment.objects.of(body).standing()
    assert (later.version, later.replaces) == (2, volume)


def test_a_planned_meeting_stands_in_the_calendars_of_its_body_until_it_is_called(cast, group):
    day = timezone.localdate() + timedelta(days=40)
    body = actions.plan(group, lines=[(day, "中期检查")], by=guest("writer"))
    told = [
        [(due.title, due.own) for due in dues_between(person, day, day) if due.key.startswith("planned-")]
        for person in (guest("writer"), cast["chair"], cast["nanhai"])
    ]
    assert told == [[(f"{body}: 中期检查", True)], [(f"{body}: 中期检查", False)], []]
    meeting = call(body, guest("writer"), planned=PlannedMeeting.objects.get())
    assert not [due for due in dues_between(guest("writer"), day, day) if due.key.startswith("planned-")]
    meetings.cancel_meeting(meeting, by=guest("writer"), reason="改期")
    assert PlannedMeeting.objects.to_call().get().day == day, "what was called for it does not take place"


def test_a_vote_in_writing_goes_by_the_quorum_that_the_committee_has_set(cast):
    actions.set_quorum(Body.objects.committee(), heads="two_thirds", units="none", by=cast["office"])
    decision = asked(cast)
    vote(decision, choice="for", by=cast["chair"])
    closed, __ = close_vote(Decision.objects.get(pk=decision.pk), by=None)
    assert (closed.due, closed.there, closed.state) == (2, 1, "void"), "one of two is not two thirds"


def test_files_of_a_body_are_attached_by_whoever_keeps_its_meetings_and_by_nobody_else(cast, group):
    may = {name for name, who in (*cast.items(), ("writer", guest("writer"))) if group.may_attach(who)}
    assert may == {"technical-lead", "writer"}


def test_a_volume_that_is_too_large_to_keep_says_so(cast, meeting_in, settings):
    meeting_in("minuted")
    run = ask_for_volume(Body.objects.committee(), year=timezone.localdate().year, by=cast["office"])
    settings.UPLOAD_LIMIT = 1024
    bind_minutes(run.pk)
    run.refresh_from_db()
    assert (run.state, Attachment.objects.of(Body.objects.committee()).count()) == ("failed", 0)
    assert "bigger than" in run.error or "超过" in run.error
