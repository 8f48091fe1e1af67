"""Hold the liaison channels: who is in them, which libraries are in none, and how soon one is answered (7.3)."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from fsul_portal.grammar.evidence import NO_RECORD, Standing
from fsul_portal.notices.models import Notice
from fsul_portal.records.models import Record
from fsul_portal.verdicts import Refusal, Unready
from members.divisions.models import Division
from members.libraries.models import Spell
from members.people.models import User
from tests.guests import guest
from tests.workgroups.channels.questions.stage import answered, ask
from tests.workgroups.channels.stage import channel_of
from workgroups.channels import actions
from workgroups.channels.coverage import counts, gone, uncovered, without_channel
from workgroups.channels.listed import lines_in
from workgroups.channels.matching import lines_of, match
from workgroups.channels.models import Channel
from workgroups.channels.room import channels_kept
from workgroups.channels.tasks import tell_of_uncovered_libraries, tell_of_waiting_questions
from workgroups.groups.models import Charge, Group

pytestmark = pytest.mark.clause("7.3")
NOON = datetime(2026, 11, 23, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def a_day_in_november(in_english):
    with time_machine.travel(NOON, tick=False):
        yield


def codes_of(found):
    return [(one.written, one.person and one.person.username, one.library and one.library.code) for one in found]


@pytest.mark.parametrize(
    ("line", "person", "library"),
    [
        ("关南海", "nanhai", "NH001"),
        ("南海-关南海", "nanhai", "NH001"),
        ("关南海（业务部）", "nanhai", "NH001"),
        ("NH002 冯分馆", "branch", "NH002"),
        ("nh003", None, "NH003"),
        ("桂城分馆（演示）", None, "NH002"),
        ("路人甲", None, None),
        ("观察员", "observer", None),
        ("NH002 NH003", None, None),
    ],
)
def test_a_line_is_matched_by_name_unit_and_code_and_nobody_is_guessed(cast, line, person, library):
    assert codes_of(match([line])) == [(line, person, library)]


def test_two_of_one_name_are_told_apart_by_their_unit_or_not_at_all(cast):
    for name, code in (("a", "NH003"), ("b", "CC002")):
        User.objects.filter(pk=guest(name, code).pk).update(name="李明")
    assert codes_of(match(["李明", "NH003 李明", "李明-CC002"])) == [
        ("李明", None, None),
        ("NH003 李明", "a", "NH003"),
        ("李明-CC002", "b", "CC002"),
    ]


@pytest.mark.checklist("C1")
def test_what_is_pasted_is_read_line_by_line_each_once():
    assert lines_of("  关南海 \r\n\r\n关南海\t业务部\n关南海\n" + "长" * 500) == ["关南海", "关南海 业务部", "长" * 100]


def test_a_list_replaces_the_one_before_and_says_who_came_and_went(cast):
    office = cast["office"]
    channel = actions.take_in(channel_of(cast), text="关南海\n路人甲", by=office)
    channel = actions.take_in(channel, text="关南海\nNH002 冯分馆", by=office)
    assert [one.written for one in channel.members.all()] == ["关南海", "NH002 冯分馆"]
    told = Record.objects.of(channel).filter(verb="members listed")[0].after
    assert (told["came"], told["went"], told["members"]) == (["NH002 冯分馆"], ["路人甲"], 2)
    with pytest.raises(Unready, match="No name stands in it"):
        actions.take_in(channel, text=" \n ", by=office)
    assert channel.members.count() == 2


def test_a_library_is_covered_in_the_city_or_in_its_own_district(cast):
    office = cast["office"]
    actions.take_in(channel_of(cast, ""), text="NH001\nCC001", by=office)
    # 祖庙 stands in 南海's channel, which is not its own.
    actions.take_in(channel_of(cast, "440605"), text="NH002\nCC002", by=office)
    found = counts(TODAY, NOON)
    missing = {"FS001", "CC002", "NH003", "NH004", "SD001", "GM001", "SS001"}
    assert {spell.library.code for spell in uncovered(TODAY)} == missing
    assert (found.expected, found.covered, found.has_city) == (10, 3, True)
    assert {one.code for one in without_channel(TODAY)} == {"440604", "440606", "440607", "440608"}


def test_a_library_that_does_not_serve_and_a_channel_that_is_closed_do_not_count(cast):
    channel = actions.take_in(channel_of(cast, ""), text="NH002", by=cast["office"])
    Spell.objects.filter(library__code="NH003").update(status="suspended")
    assert (counts(TODAY, NOON).expected, counts(TODAY, NOON).covered) == (9, 1)
    actions.close(channel, by=cast["office"], note="并群")
    assert (counts(TODAY, NOON).covered, counts(TODAY, NOON).has_city) == (0, False)


def test_who_has_left_and_is_still_in_a_channel_is_named(cast):
    actions.take_in(channel_of(cast), text="关南海", by=cast["office"])
    User.objects.filter(username="nanhai").update(is_active=False)
    assert [one.written for one in gone()] == ["关南海"]


@pytest.mark.checklist("B9")
@pytest.mark.parametrize(
    ("code", "who"), [("", "nanhai"), ("440604", "nanhai"), ("440605", "branch"), ("440605", "observer")]
)
def test_a_channel_is_kept_by_the_office_and_its_own_district(cast, code, who):
    channel = channel_of(cast, code)
    with pytest.raises(Refusal, match="kept by the coordination office and its district library"):
        actions.take_in(channel, text="关南海", by=cast[who])
    district = Division.objects.filter(code=code).first()
    with pytest.raises(Refusal):
        actions.open_channel(name="x", district=district, by=cast[who])


def test_the_group_that_is_charged_with_the_clause_keeps_the_channels_of_the_city(cast, person):
    channel = channel_of(cast, "")
    with pytest.raises(Refusal):
        actions.take_in(channel, text="关南海", by=person("technical-lead"))
    Charge.objects.create(group=Group.objects.get(key="technical"), clause="7.3")
    assert actions.take_in(channel, text="关南海", by=person("technical-lead")).members.count() == 1


def test_an_answer_is_due_within_48_hours_over_weekends_too(cast):
    in_time, late = answered(cast, hours=60, after=48), answered(cast, hours=60, after=48.1)
    assert (in_time.is_late, late.is_late) == (False, True)
    waiting = ask(cast, hours=49)
    assert waiting.is_late is True
    assert {one.pk for one in type(late).objects.late(timezone.now())} == {late.pk, waiting.pk}


@pytest.mark.parametrize(("asked", "replied"), [(-1, None), (2, 3), (2, -1)])
def test_nothing_is_asked_or_answered_in_the_future_or_the_wrong_way_round(cast, asked, replied):
    """asked: hours ago. replied: hours ago, too."""
    if replied is None:
        with pytest.raises(Unready, match="still to come"):
            ask(cast, hours=asked)
        return
    question = ask(cast, hours=asked)
    with pytest.raises(Unready):
        actions.answer(question, answer="x", replied_at=NOON - timedelta(hours=replied), by=cast["office"])


def test_a_question_that_waits_too_long_is_told_once(cast):
    ask(cast, hours=47)
    assert tell_of_waiting_questions(TODAY - timedelta(days=1)) == []
    told = tell_of_waiting_questions(TODAY)
    assert {one.recipient.username for one in told} == {"office", "chair"}
    assert tell_of_waiting_questions(TODAY + timedelta(days=1)) == []


def test_uncovered_libraries_are_told_once_a_month(cast):
    assert tell_of_uncovered_libraries(TODAY) == []
    channel_of(cast, "")
    assert len(tell_of_uncovered_libraries(TODAY)) == 2
    assert tell_of_uncovered_libraries(TODAY + timedelta(days=1)) == []
    assert len(tell_of_uncovered_libraries(TODAY + timedelta(days=10))) == 2
    assert "NH002" in Notice.objects.first().body


def test_conformity_is_held_when_all_are_reached_and_answered_in_time(cast):
    office = cast["office"]
    assert channels_kept(TODAY) == NO_RECORD
    everybody = "\n".join(Spell.objects.as_of(TODAY).values_list("library__code", flat=True))
    actions.take_in(channel_of(cast, ""), text=everybody, by=office)
    assert channels_kept(TODAY).standing is Standing.AT_RISK
    for code in ("440604", "440605", "440606", "440607", "440608"):
        channel_of(cast, code)
    answered(cast)
    assert channels_kept(TODAY).standing is Standing.HELD
    answered(cast, hours=60, after=49)
    assert channels_kept(TODAY).standing is Standing.AT_RISK


def test_the_office_pastes_a_list_on_the_page(cast, signed_in):
    channel = channel_of(cast)
    client = signed_in("nanhai")
    page = client.post(f"{channel.get_absolute_url()}members/", {"version": 0, "text": "关南海\n路人甲"}, follow=True)
    assert [(one.written, one.library and one.library.code) for one in page.context["members"]] == [
        ("关南海", "NH001"),
        ("路人甲", None),
    ]
    assert Channel.objects.get(pk=channel.pk).listed_by.username == "nanhai"


def a_file(text, name="members.csv"):
    return SimpleUploadedFile(name, text.encode("utf-8-sig"))


@pytest.mark.checklist("C1")
def test_a_list_comes_as_a_file_too_and_leaves_out_what_names_nobody(cast):
    exported = "姓名,部门,手机,邮箱\n关南海,业务部,13800138000,a@example.org\n路人甲,,,\n,,,\n"
    assert lines_in(a_file(exported)) == "关南海 业务部\n路人甲"
    # A list without headings begins with somebody.
    assert lines_in(a_file("关南海\n路人甲\n", "members.txt")) == "关南海\n路人甲"


def test_the_file_is_chosen_where_the_list_is_pasted_and_only_one_of_the_two_counts(signed_in, cast):
    channel = channel_of(cast)
    address = reverse("workgroups:channel-members", kwargs={"pk": channel.pk})
    client = signed_in("office")
    assert 'enctype="multipart/form-data"' in client.get(address).text
    for answers in (
        {"text": "", "file": ""},
        {"text": "路人乙", "file": a_file("姓名\n关南海\n")},
        {"text": "", "file": a_file("<html>", "members.csv")},
        {"text": "", "file": a_file("姓名\n关南海\n", "members.docx")},
    ):
        refused = client.post(address, answers | {"version": channel.version})
        assert 'aria-invalid="true"' in refused.text, answers
    assert not channel.members.exists()
    client.post(address, {"text": "", "file": a_file("姓名\n关南海\n"), "version": channel.version})
    assert [(one.written, one.person) for one in channel.members.all()] == [("关南海", cast["nanhai"])]
