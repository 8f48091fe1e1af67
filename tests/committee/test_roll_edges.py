"""Break the roll and the list of meetings: namesakes, spellings, lines half typed, years, desk and evidence."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from committee.confirmations.waiting import on_the_desk
from committee.meetings import actions
from committee.meetings.models import Meeting, RollEntry
from committee.meetings.register import MEETINGS
from committee.meetings.rolls.entries import ROWS_AT_MOST, RollForm
from committee.meetings.rolls.names import is_of, spelled, unit_of
from committee.meetings.room import meetings_held, meetings_organised
from fsul_portal.access.actions import grant
from fsul_portal.grammar.evidence import NO_RECORD, Standing
from fsul_portal.registers.actions import keep_filter
from fsul_portal.registers.models import KeptView
from members.people.models import User
from tests.committee.conftest import MINUTES, ROLL
from tests.committee.test_meeting_list import rows_of, titles
from tests.committee.test_meeting_pages import page, roll_form
from tests.hands import at_once
from tests.minutes import confirmed

pytestmark = [pytest.mark.clause("6.2.1 b", "7.1"), pytest.mark.usefixtures("cast")]
LIST, FILE = "/committee/", "/committee/export.csv"
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def namesakes(library):
    """Two people of one name who work in one library."""
    return [User.objects.create_user(f"wangwei{number}", name="王伟", library=library("NH002")) for number in range(2)]


@pytest.fixture
def sent(meeting_in, signed_in):
    """Send a roll of a meeting that was called; `sent(rows)` returns the answer."""
    meeting, client = meeting_in("called"), signed_in("office")
    return lambda rows, **more: client.post(page(meeting, "roll"), roll_form(rows, meeting.version, **more))


def line(name, unit="", **more):
    return {"name": name, "unit": unit, "position": "", "presence": "present", **more}


def kept():
    return [(entry.name, entry.unit, entry.person and entry.person.username) for entry in RollEntry.objects.all()]


def errors_of(answer):
    roll = answer.context["form"].roll
    return [*roll.non_form_errors(), *(error for line in roll.errors for found in line.values() for error in found)]


@pytest.mark.parametrize(
    "spelling",
    [
        "黄\u200b委员",
        "\ufeff黄委员",
        "黄\u00a0委员",
        "黄\u2003委\u2009员",
        "黄\u00ad委员",
        "\u200e黄委员\u200f",
        "黄\u200d委员",
    ],
    ids=ascii,
)
def test_what_nobody_sees_makes_no_other_name(spelling):
    assert spelled(spelling) == "黄委员"


@pytest.mark.parametrize("dot", ["·", "•", "・", "･", "‧", "∙", "⋅", "᛫"], ids=ascii)
def test_the_dot_in_a_name_has_one_spelling(dot):
    assert spelled(f"阿依古丽{dot}买买提") == "阿依古丽·买买提"
    assert spelled(f"阿依古丽 {dot} 买买提") == "阿依古丽·买买提"


@pytest.mark.parametrize(
    ("typed", "kept_as"),
    [
        ("Ｍａｒｙ　Ｌｅｅ", "Mary Lee"),
        ("Mary   Lee ", "Mary Lee"),
        ("陈 Mary", "陈Mary"),
        ("𠮷 田", "𠮷田"),
        ("", ""),
        (" \u3000", ""),
    ],
)
def test_a_name_has_one_spelling(typed, kept_as):
    assert spelled(typed) == kept_as


def test_two_namesakes_of_one_unit_are_told_apart_by_their_units_and_break_nothing(sent, namesakes):
    unit = unit_of(namesakes[0])
    rows = [line("王伟", unit, person=str(one.pk)) for one in namesakes]
    answer = sent(rows)
    assert (answer.status_code, kept()) == (200, [])
    assert errors_of(answer) == ["Two people on the roll are called 王伟; tell them apart by their units."]
    rows[1]["unit"] = "外借部"
    assert sent(rows).status_code == 302
    assert kept() == [("王伟", spelled(unit), "wangwei0"), ("王伟", "外借部", "wangwei1")]


def test_one_account_stands_on_the_roll_once_however_its_units_are_called(sent, namesakes):
    rows = [line("王伟", unit, person=str(namesakes[0].pk)) for unit in ("甲馆", "乙馆")]
    assert errors_of(sent(rows)) == ["王伟 is on the roll twice."]
    assert kept() == []


def test_a_name_that_several_have_in_one_unit_is_asked_about_with_both(sent, namesakes):
    answer = sent([line("王伟", unit_of(namesakes[0]))])
    (sentence,) = errors_of(answer)
    named = " / ".join(f"王伟 · {unit_of(one)}" for one in namesakes)
    assert sentence == f"Is this {named}, or somebody else of the same name?"


def test_the_account_of_another_name_is_no_answer(sent, person, namesakes):
    answer = sent([line("王伟", "某馆", person=str(person("chair").pk))])
    assert (answer.status_code, kept()) == (200, [])


def test_a_closed_account_is_nobody_on_the_roll(sent, namesakes):
    User.objects.filter(username__startswith="wangwei").update(is_active=False)
    assert sent([line("王伟", "某馆")]).status_code == 302
    assert kept() == [("王伟", "某馆", None)]


@pytest.mark.parametrize(("field", "most"), [("name", 60), ("unit", 100)])
def test_a_word_that_grows_beyond_its_column_when_it_is_spelled_out_is_refused(field, most, sent):
    """One character of ㍿ is four when it is spelled out."""
    answer = sent([line("外人") | {field: "㍿" * (most // 4 + 1)}])
    assert (answer.status_code, list(answer.context["form"].roll.forms[0].errors)) == (200, [field])
    assert sent([line("外人") | {field: "㍿" * (most // 4)}]).status_code == 302


def test_more_lines_keep_a_line_whose_name_is_still_to_come(sent):
    half = {"name": "", "unit": "顺德区总馆（演示）", "position": "委员", "presence": "deputy"}
    answer = sent([ROLL[0], half], more="yes")
    typed = [
        {name: line[name].value() for name in half} for line in answer.context["form"].roll if line["unit"].value()
    ]
    assert typed == [ROLL[0], half]


def test_more_lines_keep_who_is_meant(sent, namesakes):
    meant = str(namesakes[1].pk)
    answer = sent([line("王伟", "某馆", person=meant)], more="yes")
    first = answer.context["form"].roll.forms[0]
    assert (first["person"].value(), first["person"].as_widget().count("selected")) == (meant, 1)


def test_more_lines_than_the_roll_has_room_for_lose_nobody(sent):
    rows = [line(f"人{number}") for number in range(ROWS_AT_MOST - 2)]
    answer = sent(rows, more="yes")
    names = [line["name"].value() for line in answer.context["form"].roll]
    assert ([name for name in names if name], len(names)) == ([row["name"] for row in rows], ROWS_AT_MOST)


def test_the_roll_that_is_stored_is_drawn_again_and_no_longer_the_committee(meeting_in, office):
    meeting = actions.write_roll(meeting_in("called"), [line("外人", "某馆")], by=office)
    drawn = [form["name"].value() for form in RollForm(meeting).roll if form["name"].value()]
    assert drawn == ["外人"]


def test_whoever_works_in_no_library_has_no_unit_and_belongs_to_none(person):
    somebody = User.objects.create_user("nowhere", name="无")
    assert (unit_of(somebody), is_of(somebody, ""), is_of(somebody, "某馆")) == ("", False, False)


@pytest.mark.parametrize(
    ("query", "due"),
    [
        ({"order": "place"}, ["一楼", "三楼", "二楼"]),
        ({"order": "-place"}, ["二楼", "三楼", "一楼"]),
        ({"order": "starts_at"}, ["一楼", "二楼", "三楼"]),
        ({"order": "minutes"}, ["三楼", "二楼", "一楼"]),
        ({"order": "attended"}, ["三楼", "二楼", "一楼"]),
    ],
    ids=str,
)
def test_a_year_is_ordered_by_its_heads_and_by_nothing_else(query, due, office, signed_in):
    for number, place in enumerate(("一楼", "二楼", "三楼")):
        starts_at = timezone.now() - timedelta(days=9 - number)
        actions.call_meeting(kind="joint", starts_at=starts_at, place=place, by=office)
    answer = signed_in("chair").get(LIST, query | {"year": "2026"})
    assert [meeting.place for meeting, __ in answer.context["lines"]] == due


def test_each_year_has_its_tab_newest_first_and_this_year_also_without_a_meeting(meeting_in, signed_in):
    for year in (2024, 2027):
        meeting_in("called", starts_at=datetime(year, 5, 6, 9, tzinfo=SHANGHAI))
    answer = signed_in("committee").get(LIST)
    tabs = [(str(tab["title"]), tab["current"]) for tab in answer.context["tabs"]]
    assert (tabs, titles(answer)) == ([("2027", False), ("2026", True), ("2024", False), ("All years", False)], [])
    assert answer.context["duty"].year == 2026
    assert signed_in("committee").get(LIST, {"year": "2024"}).context["duty"].year == 2024


def test_a_meeting_in_the_first_hour_of_a_year_stands_in_that_year(meeting_in, signed_in):
    meeting = meeting_in("called", starts_at=datetime(2027, 1, 1, 0, 30, tzinfo=SHANGHAI))
    assert titles(signed_in("chair").get(LIST, {"year": "2027"})) == [meeting.title]
    assert titles(signed_in("chair").get(LIST)) == []


def test_what_waits_for_a_signature_goes_out_as_a_file_whatever_its_year(meeting_in, signed_in, office):
    old = meeting_in("held", starts_at=datetime(2025, 5, 6, 9, tzinfo=SHANGHAI))
    confirmed(actions.write_minutes(old, MINUTES, by=office), office)
    meeting_in("held")
    assert [row[0] for row in rows_of(signed_in("chair").get(FILE, {"tab": "sign"}))[1:]] == [old.title]
    asked = signed_in("office").get(LIST, {"tab": "sign"})
    assert (asked.status_code, len(titles(asked))) == (200, 1)


def test_the_empty_list_speaks_the_language_of_the_reader(signed_in):
    client, said = signed_in("chair"), []
    for language in ("zh-hans", "en"):
        client.cookies["django_language"] = language
        page = client.get(LIST).content.decode()
        said.append(
            [page.count(words) for words in ("本年度尚未召集会议。", "No meeting of this year has been called.")]
        )
    assert said == [[1, 0], [0, 1]]


@pytest.mark.checklist("D3", "D4")
def test_filters_kept_under_one_name_many_times_at_once_are_kept_once(many_hands, office):
    outcomes = at_once(lambda number: keep_filter(MEETINGS, "mine", f"order=place&n={number}", by=office), times=4)
    assert [type(one) for one in outcomes] == [KeptView] * 4
    assert KeptView.objects.count() == 1


def test_the_desk_counts_exactly_what_the_tab_lists(meeting_in, person, office, signed_in):
    for text in (MINUTES, "", " \n "):
        meeting = meeting_in("held")
        if text.strip():
            confirmed(actions.write_minutes(meeting, text, by=office), office)
        else:
            Meeting.objects.filter(pk=meeting.pk).update(minutes=text)
    (waiting,) = [one for one in on_the_desk(person("chair")) if one.count]
    assert waiting.count == len(titles(signed_in("chair").get(waiting.url))) == 1
    assert list(on_the_desk(person("office"))) == []


def test_whoever_wrote_a_part_finds_it_neither_on_the_desk_nor_on_the_tab(meeting_in, person, office):
    grant("chair", to=office)
    confirmed(actions.write_minutes(meeting_in("held"), MINUTES, by=office), office)
    assert [one.count for one in on_the_desk(person("office"))] == [0, 0, 0]
    assert [one.count for one in on_the_desk(person("chair"))] == [1, 0, 0]


def test_the_evidence_of_the_year_is_the_number_that_counts_and_what_is_to_come(meeting_in):
    today = timezone.localdate()
    assert (meetings_organised(today), meetings_held(today).standing) == (NO_RECORD, Standing.AT_RISK)
    for state in ("minuted", "cancelled", "held"):
        meeting_in(state)
    meeting_in("called", starts_at=timezone.now() + timedelta(days=3))
    held = meetings_held(today)
    assert (held.standing, held.records) == (Standing.AT_RISK, 1)
    assert held.sentence == "1 of 2 meetings of 2026 count, 1 more called"
    assert meetings_organised(today).records == 3
    meeting_in("minuted")
    assert meetings_held(today).standing == Standing.HELD
    assert meetings_organised(date(2025, 5, 5)) == NO_RECORD
