"""Hold the pages of the meetings: who sees what, what is kept, what is refused."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from committee.agendas.numbering import numbered
from committee.meetings import actions
from committee.meetings.models import Meeting, RollEntry
from fsul_portal.notices.models import Notice
from tests.committee.conftest import MINUTES, ROLL
from tests.minutes import confirmed

LIST = "/committee/"
READERS = {"chair", "committee", "office", "coordination-lead", "technical-lead", "resources-lead"}
# Those of a district read what belongs to it, on the same list.
KEEP = {
    "office",
    "coordination-lead",
    "technical-lead",
    "resources-lead",
    "central",
    "nanhai",
    "nanhai-reviewer",
    "chancheng",
}
BELONG = READERS | {"central", "nanhai", "nanhai-reviewer", "chancheng", "branch"}
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


def page(meeting, verb=""):
    return reverse(f"committee:meeting-{verb or 'detail'}", args=[meeting.pk])


def text(response):
    """Return the words of the page without its markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def roll_form(rows, version, **more):
    """Return what a browser sends for a roll."""
    fields = {"version": version, "roll-TOTAL_FORMS": len(rows), "roll-INITIAL_FORMS": 0}
    for number, row in enumerate(rows):
        fields |= {f"roll-{number}-{name}": value for name, value in row.items()}
    return fields | more


# Who gets a page of a meeting in this state; who reads meetings is refused with a sentence, a stranger finds nothing.
WELCOME = {
    ("called", "meeting-detail"): READERS,
    ("called", "meeting-revise"): {"office"},
    ("called", "meeting-cancel"): {"office"},
    ("called", "meeting-roll"): {"office"},
    ("called", "meeting-roll-sign"): {"office", "chair"},
    ("called", "meeting-minutes"): set(),
    ("called", "meeting-minutes-sign"): set(),
    ("held", "meeting-revise"): set(),
    ("held", "meeting-roll"): set(),
    ("held", "meeting-minutes"): {"office"},
    ("held", "meeting-minutes-sign"): set(),
    ("circulated", "meeting-minutes"): set(),
    ("circulated", "meeting-minutes-sign"): {"chair"},
    ("minuted", "meeting-detail"): READERS,
    ("minuted", "meeting-minutes"): set(),
    ("minuted", "meeting-minutes-sign"): set(),
}
# Who would have the right, and only comes too early or too late: never a 403 for him.
WRONG_MOMENT = {
    ("called", "meeting-minutes"): {"office"},
    ("called", "meeting-minutes-sign"): {"chair"},
    ("held", "meeting-revise"): {"office"},
    ("held", "meeting-roll"): {"office"},
    ("held", "meeting-minutes-sign"): {"chair"},
    ("circulated", "meeting-minutes"): {"office"},
    ("minuted", "meeting-minutes"): {"office"},
    ("minuted", "meeting-minutes-sign"): {"chair"},
}


def due_status(state, view, name):
    if name not in READERS:
        return 404
    if name in WRONG_MOMENT.get((state, view), ()):
        return 409
    return 200 if name in WELCOME[state, view] else 403


@pytest.mark.clause("6.2.1 b")
@pytest.mark.checklist("B1")
@pytest.mark.checklist("B2")
@pytest.mark.parametrize("method", ["get", "post"])
def test_every_page_answers_each_person_as_the_table_says(method, cast, meeting_in, signed_in, client):
    meetings = {state: meeting_in(state) for state in ("called", "held", "minuted")}
    actions.write_roll(meetings["called"], ROLL, by=cast["office"])
    actions.write_minutes(meetings["held"], MINUTES, by=cast["office"])
    written = actions.write_minutes(meeting_in("held"), MINUTES, by=cast["office"])
    meetings["circulated"] = confirmed(written, cast["office"])
    pages = [key for key in WELCOME if method == "get" or key[1] != "meeting-detail"]
    answers, due = {}, {}
    for state, view in pages:
        for name in cast:
            # An empty form changes nothing; whoever may write gets it back with its errors.
            response = getattr(signed_in(name), method)(reverse(f"committee:{view}", args=[meetings[state].pk]))
            answers[state, view, name] = response.status_code
            due[state, view, name] = due_status(state, view, name)
    assert answers == due


@pytest.mark.checklist("B1")
def test_the_list_tells_a_stranger_why_it_is_closed(cast, signed_in):
    statuses = {name: signed_in(name).get(LIST).status_code for name in cast}
    assert {name for name, status in statuses.items() if status == 200} == BELONG
    assert {status for name, status in statuses.items() if name not in BELONG} == {403}
    assert "open to the committee, the coordination office" in text(signed_in("observer").get(LIST))


def test_the_menu_shows_the_meetings_to_those_who_may_read_them(cast, signed_in):
    shown = {name for name in cast if f'href="{LIST}"' in signed_in(name).get(reverse("notice-list")).content.decode()}
    assert shown == BELONG


def test_whoever_keeps_meetings_gets_the_page_to_call_one(cast, signed_in):
    url = reverse("committee:meeting-call")
    assert [name for name in cast if signed_in(name).get(url).status_code == 200] == [
        name for name in cast if name in KEEP
    ]


@pytest.mark.clause("7.1")
def test_the_list_says_how_far_the_duty_is_met(meeting_in, signed_in):
    year = timezone.localdate().year
    meeting_in("minuted")
    words = text(signed_in("committee").get(LIST))
    assert f"At this pace 1 of 2 meetings will count in {year}." in words
    meeting_in("held")
    words = text(signed_in("committee").get(LIST))
    assert f"With what is called and held, 2 meetings will count in {year}; 2 are due." in words
    meeting_in("minuted")
    words = text(signed_in("committee").get(LIST))
    assert f"The duty of {year} is met: 2 meetings count, 2 are due." in words


def test_the_list_shows_a_year_at_a_time(meeting_in, signed_in):
    before = timezone.now() - timedelta(days=366)
    old, new = meeting_in("minuted", starts_at=before), meeting_in("called")
    client = signed_in("chair")
    assert (old.title in text(client.get(LIST)), new.title in text(client.get(LIST))) == (False, True)
    last_year = client.get(LIST, {"year": old.year})
    assert (old.title in text(last_year), new.title in text(last_year)) == (True, False)
    assert f"{old.year} is over: at most 1 of the 2 meetings" in text(last_year)


@pytest.mark.checklist("C1")
@pytest.mark.parametrize("year", ["", "0", "-1", "99999999999999999999", "二〇二六", "\x00", "2026'--", "9" * 5000])
def test_a_strange_year_shows_this_year(year, cast, signed_in):
    assert signed_in("chair").get(LIST, {"year": year, "page": year}).status_code == 200


def test_calling_a_meeting_by_the_form(cast, signed_in):
    tomorrow = timezone.localtime(timezone.now() + timedelta(days=1)).strftime("%Y-%m-%dT14:30")
    sent = {"kind": "joint", "starts_at": tomorrow, "place": "五楼", "title": "", "agenda": "审议年报"}
    response = signed_in("office").post(reverse("committee:meeting-call"), sent)
    meeting = Meeting.objects.get()
    assert response.url == meeting.get_absolute_url()
    assert timezone.localtime(meeting.starts_at).strftime("%Y-%m-%dT%H:%M") == tomorrow
    agenda = [one.item.title for one in numbered(meeting)]
    assert (meeting.place, agenda, meeting.called_by.username) == ("五楼", ["审议年报"], "office")


@pytest.mark.checklist("C1")
@pytest.mark.parametrize(
    "starts_at", ["", "0001-01-01T00:00", "1999-12-31T10:00", "9999-12-31T23:59", "2026-02-30T10:00", "morgen", "\x00"]
)
def test_a_moment_that_can_only_be_a_slip_is_refused(starts_at, cast, signed_in):
    sent = {"kind": "joint", "starts_at": starts_at, "place": "五楼"}
    response = signed_in("office").post(reverse("committee:meeting-call"), sent)
    assert (response.status_code, Meeting.objects.count()) == (200, 0)
    assert 'id="id_starts_at_error"' in response.content.decode()


@pytest.mark.checklist("C1")
@pytest.mark.parametrize("field", ["kind", "place", "title", "agenda"])
def test_hostile_values_are_refused_or_kept_as_text(field, cast, signed_in):
    moment = timezone.localtime().strftime("%Y-%m-%dT%H:%M")
    for value in ["\x00\x1b[31m", "A" * 30_000, HOSTILE, "’ OR 1=1 --", "\u202e\ud7ff", "{{ 7*7 }}", "%s%n%(x)s"]:
        sent = {"kind": "joint", "starts_at": moment, "place": "五楼", "title": "会议", "agenda": "", field: value}
        response = signed_in("office").post(reverse("committee:meeting-call"), sent, follow=True)
        assert response.status_code == 200
        assert "<script>alert" not in response.content.decode()


@pytest.mark.checklist("C1")
@pytest.mark.parametrize("pk", ["0", "99999999999999999999999", "9" * 200])
def test_a_meeting_that_is_not_there_is_not_found(pk, cast, signed_in):
    for tail in ("", "revise/", "cancel/", "roll/", "roll/sign/", "minutes/", "minutes/sign/"):
        assert signed_in("office").get(f"/committee/meetings/{pk}/{tail}").status_code == 404


@pytest.mark.checklist("C2")
def test_what_people_wrote_is_shown_as_text(cast, signed_in, office, chair):
    facts = {"kind": "joint", "starts_at": timezone.now() - timedelta(days=1), "by": office}
    meeting = actions.call_meeting(**facts, place=HOSTILE, agenda=HOSTILE, title=HOSTILE)
    actions.write_roll(meeting, [{"name": HOSTILE[:60], "unit": HOSTILE, "presence": "present"}], by=office)
    actions.sign_roll(meeting, by=chair)
    actions.write_minutes(meeting, HOSTILE, by=office)
    pages = [LIST, page(meeting), page(meeting, "minutes"), reverse("notice-list")]
    for url in pages:
        html = signed_in("office").get(url).content.decode()
        assert "<script>alert" not in html
        assert "<img src=x" not in html
    assert "<img src=x" not in signed_in("chair").get(page(meeting, "minutes-sign")).content.decode()


@pytest.mark.checklist("C4")
def test_a_signature_without_a_token_is_refused(meeting_in, chair, office):
    meeting = actions.write_minutes(meeting_in("held"), MINUTES, by=office)
    client = Client(enforce_csrf_checks=True)
    client.force_login(chair, backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(page(meeting, "minutes-sign"), {"version": meeting.version}).status_code == 403
    assert Meeting.objects.get().state == "held"


def test_looking_at_the_pages_of_signing_signs_nothing(meeting_in, signed_in, office):
    called, held = meeting_in("called"), meeting_in("held")
    actions.write_roll(called, ROLL, by=office)
    actions.write_minutes(held, MINUTES, by=office)
    signed_in("chair").get(page(called, "roll-sign"))
    signed_in("chair").get(page(held, "minutes-sign"))
    assert [Meeting.objects.get(pk=meeting.pk).state for meeting in (called, held)] == ["called", "held"]


def test_the_roll_begins_with_the_committee(meeting_in, signed_in):
    html = signed_in("office").get(page(meeting_in("called"), "roll")).content.decode()
    assert re.findall(r'name="roll-\d+-name" value="([^"]+)"', html) == ["梁主任", "黄委员", "何秘书"]
    units = ["佛山市中心图书馆（演示）", "顺德区总馆（演示）", "佛山市中心图书馆（演示）"]
    assert re.findall(r'name="roll-\d+-unit" value="([^"]+)"', html) == units
    assert len(re.findall(r'name="roll-\d+-presence"', html)) == 3 + 3


def test_nobody_is_present_by_default(meeting_in, signed_in, office):
    meeting = meeting_in("called")
    form = signed_in("office").get(page(meeting, "roll")).context["form"]
    assert not any(line["presence"].value() for line in form.roll)
    rows = [{"name": line["name"].value(), "unit": line["unit"].value()} for line in form.roll if line["name"].value()]
    assert signed_in("office").post(page(meeting, "roll"), roll_form(rows, meeting.version)).status_code == 302
    assert set(RollEntry.objects.values_list("presence", flat=True)) == {""}
    actions.write_roll(meeting, [ROLL[0], ROLL[1] | {"presence": ""}], by=office)
    response = signed_in("office").get(page(meeting, "roll-sign"))
    assert response.status_code == 409
    assert "Of 1 person on the roll it is not said whether he came." in text(response)
    assert f'href="{page(meeting, "roll")}"' in response.content.decode()


@pytest.mark.parametrize("spelling", ["黄 委员", "黄\u3000委员", " 黄委员 "])
def test_one_person_in_three_spellings_is_one(spelling, meeting_in, signed_in):
    meeting = meeting_in("called")
    rows = [ROLL[1], ROLL[1] | {"name": spelling, "unit": ""}]
    response = signed_in("office").post(page(meeting, "roll"), roll_form(rows, meeting.version))
    assert (response.status_code, RollEntry.objects.count()) == (200, 0)
    sent = roll_form([ROLL[1] | {"name": spelling}], meeting.version)
    assert signed_in("office").post(page(meeting, "roll"), sent).status_code == 302
    entry = RollEntry.objects.get()
    assert (entry.name, entry.person.username) == ("黄委员", "committee")


def test_a_name_that_may_be_somebody_with_an_account_is_asked_about(meeting_in, signed_in, person):
    meeting, client = meeting_in("called"), signed_in("office")
    rows = [ROLL[1] | {"unit": "某街道办"}]
    response = client.post(page(meeting, "roll"), roll_form(rows, meeting.version))
    assert (response.status_code, RollEntry.objects.count()) == (200, 0)
    assert "Is this 黄委员 · 顺德区总馆（演示）, or somebody else of the same name?" in text(response)
    for answer, meant in ((str(person("committee").pk), "committee"), ("else", None)):
        meeting.refresh_from_db()
        sent = roll_form([rows[0] | {"person": answer}], meeting.version)
        assert client.post(page(meeting, "roll"), sent).status_code == 302
        entry = RollEntry.objects.get()
        assert (entry.unit, entry.person and entry.person.username) == ("某街道办", meant)


@pytest.mark.checklist("D3")
def test_the_call_sent_twice_calls_one_meeting(cast, signed_in):
    client, url = signed_in("office"), reverse("committee:meeting-call")
    token = client.get(url).context["form"]["token"].value()
    coming = timezone.localtime(timezone.now() + timedelta(days=20)).strftime("%Y-%m-%dT14:30")
    sent = {"kind": "joint", "starts_at": coming, "place": "五楼", "title": "", "agenda": "", "token": token}
    answers = [client.post(url, sent) for __ in range(2)]
    meeting = Meeting.objects.get()
    assert {answer.url for answer in answers} == {meeting.get_absolute_url()}
    assert Notice.objects.filter(link=meeting.get_absolute_url()).count() == 3


def test_the_act_says_what_it_will_do_and_how_it_is_undone(meeting_in, signed_in):
    meeting = meeting_in("called", starts_at=timezone.now() + timedelta(days=9))
    words = text(signed_in("office").get(page(meeting, "cancel")))
    assert "3 people are told at once, in the portal and by mail." in words
    assert "0 of 2 meetings can then still count." in words
    assert "It cannot be undone; call another meeting instead." in words


def test_the_roll_is_saved_with_its_empty_lines_left_out(meeting_in, signed_in):
    meeting = meeting_in("called")
    blank = {"name": "", "unit": "", "position": "", "presence": "absent"}
    sent = roll_form([*ROLL, blank, blank], meeting.version)
    assert signed_in("office").post(page(meeting, "roll"), sent).status_code == 302
    assert list(RollEntry.objects.values_list("name", "presence")) == [("梁主任", "present"), ("黄委员", "excused")]


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([ROLL[0], ROLL[0]], "梁主任 is on the roll twice."),
        ([{"name": "", "unit": "", "position": "", "presence": "present"}], "A roll names at least one person."),
        ([ROLL[0] | {"name": ""}], "Whose line is this?"),
        ([ROLL[0] | {"name": "长" * 61}], "Ensure this value has at most 60 characters"),
        ([ROLL[0] | {"presence": "dead"}], "Select a valid choice"),
    ],
)
def test_a_wrong_roll_is_not_saved_and_says_why(rows, sentence, meeting_in, signed_in):
    meeting = meeting_in("called")
    response = signed_in("office").post(page(meeting, "roll"), roll_form(rows, meeting.version))
    assert (response.status_code, RollEntry.objects.count()) == (200, 0)
    assert sentence in text(response)


def test_more_lines_keep_what_was_typed(meeting_in, signed_in):
    meeting = meeting_in("called")
    response = signed_in("office").post(page(meeting, "roll"), roll_form(ROLL, meeting.version, more="yes"))
    html = response.content.decode()
    assert re.findall(r'name="roll-\d+-name" value="([^"]+)"', html) == ["梁主任", "黄委员"]
    assert len(re.findall(r'name="roll-\d+-presence"', html)) == 2 + 5
    assert '<option value="excused" selected>' in html
    assert RollEntry.objects.count() == 0


@pytest.mark.checklist("C1")
def test_a_roll_without_bounds_is_refused(meeting_in, signed_in):
    meeting = meeting_in("called")
    for total in ("1000000000", "-1", "x", ""):
        sent = roll_form(ROLL, meeting.version) | {"roll-TOTAL_FORMS": total}
        assert signed_in("office").post(page(meeting, "roll"), sent).status_code == 200
    many = [ROLL[0] | {"unit": str(number)} for number in range(201)]
    assert signed_in("office").post(page(meeting, "roll"), roll_form(many, meeting.version)).status_code == 200
    assert RollEntry.objects.count() == 0


@pytest.mark.checklist("D5")
def test_the_second_secretary_is_told_and_both_texts_are_on_the_page(meeting_in, signed_in, second_secretary):
    meeting = meeting_in("held")
    actions.write_minutes(meeting, "何秘书的稿子", by=Meeting.objects.get().called_by)
    client = signed_in("central")
    sent = {"text": "邓填报的稿子", "version": meeting.version}
    response = client.post(page(meeting, "minutes"), sent)
    assert response.status_code == 409
    words = text(response)
    assert re.search("何秘书 changed this at .*, while you had the page open; nothing of yours has been saved.", words)
    assert ("何秘书的稿子" in words, "邓填报的稿子" in words) == (True, True)
    assert Meeting.objects.get().minutes == "何秘书的稿子"
    again = re.search(r'name="version" value="(\d+)"', response.content.decode()).group(1)
    assert client.post(page(meeting, "minutes"), sent | {"version": again}).status_code == 302
    assert Meeting.objects.get().minutes == "邓填报的稿子"


@pytest.mark.checklist("D5")
def test_a_text_that_comes_after_the_signature_is_kept_on_the_page(meeting_in, signed_in):
    meeting = meeting_in("minuted")
    response = signed_in("office").post(page(meeting, "minutes"), {"text": "迟到的稿子", "version": meeting.version})
    assert response.status_code == 409
    assert "迟到的稿子" in text(response)
    assert "The minutes are final; nothing of this meeting changes any more." in text(response)
    assert Meeting.objects.get().minutes == MINUTES


@pytest.mark.checklist("D5")
def test_a_roll_written_meanwhile_is_shown_beside_the_own_lines(meeting_in, signed_in, office):
    meeting = meeting_in("called")
    actions.write_roll(meeting, ROLL[:1], by=office)
    response = signed_in("office").post(page(meeting, "roll"), roll_form([ROLL[1]], meeting.version))
    assert response.status_code == 409
    assert ("梁主任" in text(response), 'value="黄委员"' in response.content.decode()) == (True, True)
    assert list(RollEntry.objects.values_list("name", flat=True)) == ["梁主任"]


@pytest.mark.checklist("D5")
@pytest.mark.parametrize("version", ["", "-1", "x", "99999999999999999999"])
def test_nothing_is_saved_without_the_version_that_was_looked_at(version, meeting_in, signed_in):
    meeting = meeting_in("held")
    response = signed_in("office").post(page(meeting, "minutes"), {"text": "稿子", "version": version})
    assert response.status_code in (200, 409)
    assert Meeting.objects.get().minutes == ""


def test_a_revised_meeting_keeps_its_year(meeting_in, signed_in, office):
    meeting = meeting_in("called")
    other = (meeting.starts_at - timedelta(days=400)).strftime("%Y-%m-%dT10:00")
    sent = {"title": "会议", "starts_at": other, "place": "二楼", "version": meeting.version}
    response = signed_in("office").post(page(meeting, "revise"), sent)
    assert "A meeting keeps its year and its number" in text(response)
    assert Meeting.objects.get().place == "五楼会议室"


def test_a_revision_is_told_with_before_and_after_in_its_course(cast, signed_in, office):
    starts_at = timezone.now() + timedelta(days=1)
    meeting = actions.call_meeting(kind="joint", starts_at=starts_at, place="五楼", by=office)
    local = timezone.localtime(starts_at).strftime("%Y-%m-%dT%H:%M")
    sent = {"title": meeting.title, "starts_at": local, "place": "二楼", "version": meeting.version}
    assert signed_in("office").post(page(meeting, "revise"), sent).status_code == 302
    words = text(signed_in("office").get(page(meeting)))
    assert "changed time, place or agenda" in words
    assert re.search(r"place Before 五楼 → After 二楼", words)


def test_a_meeting_goes_its_whole_way_through_the_pages(meeting_in, signed_in):
    meeting = meeting_in("called")

    def post(who, verb, **fields):
        version = Meeting.objects.get().version
        return signed_in(who).post(page(meeting, verb), {"version": version, **fields}).status_code

    assert signed_in("office").post(page(meeting, "roll"), roll_form(ROLL, meeting.version)).status_code == 302
    assert post("chair", "roll-sign") == 302
    assert post("office", "minutes", text=MINUTES.replace("：", "：\r\n")) == 302
    assert post("office", "minutes-circulate") == 302
    assert post("chair", "minutes-sign") == 409
    assert post("committee", "minutes-confirm", answer="agrees") == 302
    assert post("chair", "minutes-sign") == 302
    done = Meeting.objects.get()
    assert (done.state, done.counts, done.minutes) == ("minuted", True, MINUTES.replace("：", "：\n"))
    words = text(signed_in("committee").get(page(meeting)))
    assert all(act in words for act in ("signed the roll", "wrote the minutes", "signed the minutes as final"))


def count_queries(client, url):
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_the_list_asks_the_same_number_of_questions_for_one_and_for_many(meeting_in, signed_in):
    meeting_in("minuted")
    client = signed_in("office")
    one = count_queries(client, LIST)
    for state in ("minuted", "held", "called", "cancelled") * 6:
        meeting_in(state)
    assert count_queries(client, LIST) == one


def test_a_meeting_asks_the_same_number_of_questions_for_one_and_for_many(meeting_in, signed_in, office):
    meeting = actions.write_roll(meeting_in("called"), ROLL[:1], by=office)
    client = signed_in("office")
    urls = [page(meeting), page(meeting, "roll"), page(meeting, "roll-sign")]
    few = [count_queries(client, url) for url in urls]
    for number in range(20):
        actions.write_roll(meeting, [ROLL[0] | {"unit": str(line)} for line in range(5 * number + 1)], by=office)
    assert [count_queries(client, url) for url in urls] == few


def test_the_admin_shows_the_meetings_to_the_office_and_changes_nothing(meeting_in, signed_in):
    meeting = meeting_in("minuted")
    url = reverse("admin:committee_meeting_change", args=[meeting.pk])
    listed = reverse("admin:committee_meeting_changelist")
    assert [signed_in("office").get(address).status_code for address in (listed, url)] == [200, 200]
    assert signed_in("office").post(url, {"minutes": "改"}).status_code == 403
    assert signed_in("admin").get(listed).status_code == 403
    assert Meeting.objects.get().minutes == MINUTES
