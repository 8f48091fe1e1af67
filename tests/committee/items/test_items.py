"""Hold how an agenda is laid out, and how minutes are written item by item by several at once (6.2.1 b)."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from committee.agendas import actions
from committee.agendas.lines import Line, lines_of
from committee.agendas.models import ITEMS_AT_MOST, Item
from committee.agendas.numbering import numbered
from committee.confirmations.actions import call_back, circulate
from committee.meetings.actions import sign_minutes
from committee.meetings.wording.papers import minutes, notice
from fsul_portal.access.actions import grant
from fsul_portal.letters.content import texts
from fsul_portal.records.models import Record
from fsul_portal.verdicts import Overtaken, Unready
from tests.committee.items.stage import call, hold, last, written
from tests.minutes import signed

pytestmark = pytest.mark.clause("6.2.1 b")


@pytest.fixture
def called(cast):
    return call(cast)


def test_an_agenda_is_read_as_it_is_typed():
    typed = "1. 审议年报（15分钟）\n  1.1 年报大纲\n（二）讨论考评\n- 评分表\n\n十、其他 (5 min)"
    assert lines_of(typed) == [
        Line("审议年报", length=15),
        Line("年报大纲", is_below=True),
        Line("讨论考评"),
        Line("评分表", is_below=True),
        Line("其他", length=5),
    ]


@pytest.mark.parametrize("typed", ["2026年工作要点", "3月起实行新规则", "12个镇街分馆的情况"])
def test_a_title_that_begins_with_a_number_keeps_it(typed):
    assert lines_of(typed) == [Line(typed)]


def test_items_are_numbered_in_two_levels_and_each_has_its_time(called, cast):
    item = numbered(called)[0].item
    actions.change_item(item, title=item.title, place=1, length=20, by=cast["office"])
    told = [
        (one.number, one.item.title, one.begins_at and (one.begins_at - called.starts_at).seconds)
        for one in numbered(called)
    ]
    assert told == [("1", "审议年报", 0), ("1.1", "年报大纲", None), ("2", "讨论考评", 1200)]


def test_an_item_moves_to_its_place_and_under_another(called, cast):
    _first, below, second = (one.item for one in numbered(called))
    actions.change_item(second, title="讨论考评", place=1, by=cast["office"])
    assert [one.item.title for one in numbered(called)] == ["讨论考评", "审议年报", "年报大纲"]
    below.refresh_from_db()
    actions.change_item(below, title="年报大纲", place=1, above=second, by=cast["office"])
    assert [(one.number, one.item.title) for one in numbered(called)] == [
        ("1", "讨论考评"),
        ("1.1", "年报大纲"),
        ("2", "审议年报"),
    ]


def test_an_agenda_has_two_levels(called, cast):
    first, below, second = (one.item for one in numbered(called))
    for item, above in ((second, below), (first, second)):
        with pytest.raises(Unready) as refused:
            actions.change_item(item, title="x", place=1, above=above, by=cast["office"])
        assert [one.sentence for one in refused.value.findings] == [
            "An agenda has two levels: an item, and items under it."
        ]


def test_an_agenda_of_two_hundred_items_is_held_and_one_more_is_told(cast):
    meeting = call(cast, agenda="\n".join(f"第{number}件" for number in range(ITEMS_AT_MOST)))
    assert [one.number for one in numbered(meeting)][-1] == str(ITEMS_AT_MOST)
    with pytest.raises(Unready) as refused:
        actions.lay_out(meeting, [Line("一件")], by=cast["office"])
    assert [one.sentence for one in refused.value.findings] == ["An agenda holds at most 200 items."]


def test_what_is_taken_off_is_kept_and_put_back(called, cast):
    item = actions.take_off(last(called), by=cast["office"], note="另议")
    assert [one.item.title for one in numbered(called)] == ["审议年报", "年报大纲"]
    actions.put_back(item, by=cast["office"])
    assert [one.item.title for one in numbered(called)] == ["审议年报", "年报大纲", "讨论考评"]


def test_two_secretaries_write_two_items_at_once_and_neither_overwrites_the_other(cast, second_secretary):
    meeting = hold(cast)
    first, __, second = (one.item for one in numbered(meeting))
    actions.write_item(first, "甲", by=cast["office"], version=first.version)
    actions.write_item(second, "乙", by=second_secretary, version=second.version)
    assert list(Item.objects.filter(meeting=meeting).order_by("sort").values_list("text", flat=True)) == [
        "甲",
        "",
        "乙",
    ]


def test_of_two_who_write_one_item_the_second_sees_both_texts(cast, second_secretary, signed_in):
    item = last(hold(cast))
    actions.write_item(item, "先写的", by=second_secretary, version=item.version)
    url = reverse("committee:item-write", args=[item.pk])
    answer = signed_in("office").post(url, {"version": item.version, "text": "后写的", "outcome": "dealt"})
    page = answer.content.decode()
    assert (answer.status_code, "先写的" in page, "后写的" in page) == (409, True, True)
    with pytest.raises(Overtaken):
        actions.write_item(item, "后写的", by=cast["office"], version=item.version)


def test_every_text_that_was_replaced_stays_on_record(cast):
    item = written(cast)
    actions.write_item(item, "改写", by=cast["office"])
    assert Record.objects.of(item)[0].changes()[0][1:] == ("会议讨论了考评。", "改写")


def test_whoever_wrote_an_item_does_not_sign(cast):
    item = written(cast)
    grant("chair", to=cast["office"])
    office = type(cast["office"]).objects.get(pk=cast["office"].pk)
    meeting = circulate(item.meeting, by=office)
    with pytest.raises(PermissionDenied, match="Nobody signs minutes which he wrote"):
        sign_minutes(meeting, by=office)


def test_minutes_that_are_being_confirmed_do_not_change(cast):
    item = written(cast)
    meeting = circulate(item.meeting, by=cast["office"])
    with pytest.raises(PermissionDenied, match="call them back first"):
        actions.write_item(item, "改写", by=cast["office"])
    call_back(meeting, by=cast["office"])
    assert actions.write_item(item, "改写", by=cast["office"]).text == "改写"


def test_what_the_minutes_say_nothing_of_is_carried_over(cast):
    item = written(cast)
    signed(item.meeting, office=cast["office"], chair=cast["chair"])
    states = Item.objects.filter(meeting=item.meeting).order_by("sort").values_list("title", "state")
    assert list(states) == [("审议年报", "left"), ("年报大纲", "left"), ("讨论考评", "dealt")]
    assert list(Item.objects.carried_over().values_list("title", flat=True)) == ["审议年报", "年报大纲"]


def test_what_stands_under_an_item_was_dealt_with_when_it_was(cast):
    meeting = hold(cast)
    first = numbered(meeting)[0].item
    actions.write_item(first, "审议通过。", by=cast["office"])
    signed(meeting, office=cast["office"], chair=cast["chair"])
    assert dict(Item.objects.filter(meeting=meeting).values_list("title", "state")) == {
        "审议年报": "dealt",
        "年报大纲": "dealt",
        "讨论考评": "left",
    }


def test_notice_and_minutes_speak_of_the_items(cast, called):
    item = last(called)
    actions.change_item(item, title=item.title, place=2, length=15, speaker="统筹管理小组", by=cast["office"])
    assert "(2) 讨论考评 (统筹管理小组, 15 minutes)" in texts(notice(called))
    spoken = written(cast)
    meeting = signed(spoken.meeting, office=cast["office"], chair=cast["chair"])
    found = texts(minutes(meeting))
    assert [text for text in found if "考评" in text] == ["1. 讨论考评", "会议讨论了考评。"]


def test_a_meeting_page_asks_the_same_for_one_item_and_for_many(cast, signed_in, django_assert_max_num_queries):
    meeting = call(cast, agenda="\n".join(f"第{number}件" for number in range(60)))
    client = signed_in("office")
    client.get(meeting.get_absolute_url())
    with django_assert_max_num_queries(40):
        assert client.get(meeting.get_absolute_url()).status_code == 200


@pytest.mark.clause("6.2.1 b")
def test_minutes_are_saved_while_they_are_typed_and_overwrite_nobody(cast, signed_in):
    """A text is there after a browser was closed; of two who write one item the later learns of it (6.2.1 b)."""
    item = hold(cast).items.first()
    page = f"{item.get_absolute_url()}write/"
    secretary = signed_in("office")
    drawn = secretary.get(page).content.decode()
    assert f'data-keep="{page}keep/"' in drawn
    versions = []
    for text in ("会议听取", "会议听取了汇报"):
        version = Item.objects.get(pk=item.pk).version
        answer = secretary.post(f"{page}keep/", {"text": text, "version": version})
        versions.append((answer.status_code, 'data-state="saved"' in answer.content.decode()))
    assert versions == [(200, True), (200, True)]
    item.refresh_from_db()
    assert (item.text, item.state, item.written_by) == ("会议听取了汇报", "open", cast["office"])
    assert Record.objects.of(item).filter(verb="item written").count() == 1, "one record an hour, not one a second"
    late = secretary.post(f"{page}keep/", {"text": "别的", "version": 0})
    assert (late.status_code, 'data-state="overtaken"' in late.content.decode()) == (409, True)
    assert secretary.post(f"{page}keep/", {"text": "x", "version": ""}).status_code == 409
    assert signed_in("chair").post(f"{page}keep/", {"text": "x", "version": item.version}).status_code == 403
    assert Item.objects.get(pk=item.pk).text == "会议听取了汇报"


@pytest.mark.clause("6.2.1 b")
def test_minutes_as_a_whole_are_saved_while_they_are_typed(cast, signed_in):
    meeting, office = hold(cast), signed_in("office")
    door = f"{meeting.get_absolute_url()}minutes/keep/"
    assert office.post(door, {"text": "主任委员致辞。", "version": meeting.version}).status_code == 200
    assert office.post(door, {"text": " ", "version": meeting.version + 1}).status_code == 200
    meeting.refresh_from_db()
    assert (meeting.minutes, meeting.minutes_written_by) == ("主任委员致辞。", cast["office"])
