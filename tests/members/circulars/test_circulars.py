"""Hold circulars: down the tree, read, confirmed and done by library, rolled up, answered with data, reminded."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from fsul_portal.notices.models import Notice
from fsul_portal.records.models import Record
from fsul_portal.verdicts import Closed, Overtaken, Unready
from members.circulars import actions, letters
from members.circulars.addressing import addressed
from members.circulars.models import Circular
from members.circulars.tallies import Tally, answer_table, summary, tallies
from members.libraries.actions import close_library
from members.people.models import User
from tests.english import in_english
from tests.hands import at_once, many_hands
from tests.small.circular import Bulletin, BulletinCopy
from tests.small.situations import bulletin

__all__ = ["in_english", "many_hands"]
State, Asks = Circular.State, Circular.Asks
DAY = timedelta(days=1)
QUESTIONS = [
    {"key": "machines", "title": "自助机台数", "kind": "number"},
    {"key": "state", "title": "运行情况", "kind": "choice", "choices": ["正常", "故障"]},
    {"key": "since", "title": "启用日期", "kind": "day", "optional": True},
]


@pytest.fixture
def office(person, in_english):
    return person("office")


@pytest.fixture
def sent(office):
    """A circular to 南海 and all below, to be answered with data."""
    return actions.send(bulletin(office, asks=Asks.DONE, questions=QUESTIONS), by=office)


def copy_of(circular, code):
    return circular.copies.get(library__code=code)


def codes(circular):
    return sorted(circular.copies.values_list("library__code", flat=True))


def test_a_circular_goes_down_the_tree_and_its_answers_come_up(sent, office, person):
    assert codes(sent) == ["NH001", "NH002", "NH003", "NH004"]
    actions.mark_read(copy_of(sent, "NH002"), by=person("branch"))
    given = {"machines": "3", "state": "正常"}
    done = actions.answer(copy_of(sent, "NH002"), by=person("branch"), answers=given)
    actions.answer(copy_of(sent, "NH003"), by=person("nanhai"), answers={"machines": "2", "state": "故障"})
    assert (done.read_by, done.done_by) == (person("branch"), person("branch"))
    heads, rows = answer_table(sent)
    assert heads == ["自助机台数", "运行情况", "启用日期"]
    assert rows == [
        ["NH002", "桂城分馆（演示）", "3", "正常", None],
        ["NH003", "大沥分馆（演示）", "2", "故障", None],
    ]
    assert summary(sent) == {"machines": Decimal(5), "state": {"正常": 1, "故障": 1}}
    assert actions.close(sent, by=office).state == State.CLOSED
    assert [record.verb for record in Record.objects.of(done).order_by("pk")] == ["circular read", "circular done"]


def test_it_is_rolled_up_the_tree_in_two_queries(sent, office, person, django_assert_num_queries):
    actions.answer(copy_of(sent, "NH004"), by=person("nanhai"), answers={"machines": "1", "state": "正常"})
    actions.mark_read(copy_of(sent, "NH001"), by=person("nanhai"))
    with django_assert_num_queries(2):
        found = tallies(sent)
    whole = Tally(asked=4, read=2, done=1)
    assert found == {"": whole, "FS001": whole, "NH001": whole, "NH002": Tally(asked=2, read=1, done=1)}
    everybody = actions.send(bulletin(office, to_below=["FS001"]), by=office)
    with django_assert_num_queries(2):
        assert tallies(everybody)[""].asked == 10


def test_it_goes_to_single_libraries_and_subtrees_of_the_day_it_is_sent(office, library):
    draft = bulletin(office, to_libraries=["CC002", "NH003"], to_below=["NH002"])
    assert len(addressed(draft, timezone.localdate())) == 4
    assert codes(actions.send(draft, by=office)) == ["CC002", "NH002", "NH003", "NH004"]


def test_nobody_and_somebody_who_left_are_no_addressees(office, library):
    with pytest.raises(Unready, match="addressed to nobody"):
        actions.send(bulletin(office, to_below=[]), by=office)
    close_library(library("NH004"), on=timezone.localdate() - DAY, by=office, reason="撤销")
    with pytest.raises(Unready, match="do not belong to the system today: NH004"):
        actions.send(bulletin(office, to_libraries=["NH004"]), by=office)
    assert BulletinCopy.objects.count() == 0


def test_what_comes_late_is_taken_and_marked(sent, person):
    Bulletin.objects.update(due_on=timezone.localdate() - DAY)
    late = actions.answer(copy_of(sent, "NH002"), by=person("branch"), answers={"machines": "3", "state": "正常"})
    sent.refresh_from_db()
    assert (late.is_late, tallies(sent)["NH001"].late) == (True, 1)


def test_a_library_answers_once_and_nobody_answers_for_another(sent, person):
    given = {"machines": "3", "state": "正常"}
    actions.answer(copy_of(sent, "NH002"), by=person("branch"), answers=given)
    with pytest.raises(Overtaken, match="冯分馆 has answered for this library already"):
        actions.answer(copy_of(sent, "NH002"), by=person("nanhai"), answers=given)
    for stranger in ("chancheng", "office"):
        with pytest.raises(PermissionDenied, match="This is for: editor of the library"):
            actions.answer(copy_of(sent, "NH003"), by=person(stranger), answers=given)


def test_data_that_does_not_fit_is_refused_at_its_field(sent, person):
    with pytest.raises(Unready) as refused:
        actions.answer(copy_of(sent, "NH002"), by=person("branch"), answers={"machines": "三", "state": "不知"})
    assert [fault.field for fault in refused.value.findings] == ["machines", "state"]
    assert copy_of(sent, "NH002").done_at is None


@pytest.mark.parametrize(
    ("questions", "sentence"),
    [
        ([{"key": "a", "title": "x", "kind": "text"}] * 2, "a name of its own"),
        ([{"key": "a", "title": "x", "kind": "colour"}], "one of the known kinds"),
        ([{"key": "a", "title": "x", "kind": "choice"}], "something to choose from"),
        ([{"key": str(number), "title": "x", "kind": "text"} for number in range(21)], "At most 20"),
    ],
)
def test_questions_that_cannot_be_asked_are_refused(office, questions, sentence):
    with pytest.raises(Unready, match=sentence):
        bulletin(office, asks=Asks.DONE, questions=questions)


def test_nobody_answers_what_was_withdrawn_or_was_not_asked(sent, office, person):
    with pytest.raises(Closed, match="Nothing of the kind"):
        actions.confirm(copy_of(sent, "NH002"), by=person("branch"))
    actions.withdraw(sent, by=office, note="文号有误")
    with pytest.raises(Closed, match="It is withdrawn"):
        actions.answer(copy_of(sent, "NH002"), by=person("branch"), answers={"machines": "1", "state": "正常"})
    assert Notice.objects.filter(recipient=person("branch"), subject="Withdrawn: 通知").count() == 1


def test_whoever_has_not_done_it_is_reminded_and_each_time_once(office, person):
    due = timezone.localdate() + 5 * DAY
    sent = actions.send(bulletin(office, asks=Asks.DONE, questions=QUESTIONS, due_on=due), by=office)
    actions.answer(copy_of(sent, "NH002"), by=person("branch"), answers={"machines": "3", "state": "正常"})
    days = [sent.due_on + number * DAY for number in (-3, -2, 0, 1, 2)]
    told = [[one.recipient.username for one in letters.remind(Bulletin, day)] for day in days for __ in range(2)]
    # The branch has answered; its district still lacks three libraries.
    assert told == [[], [], ["nanhai"], [], ["nanhai"], [], ["nanhai"], [], [], []]


def test_a_nudge_is_told_at_most_once_a_day(sent, office, person):
    for __ in range(2):
        actions.nudge(sent, by=office)
    told = Notice.objects.filter(subject="Not done yet: 通知").values_list("recipient__username", flat=True)
    assert sorted(told) == ["branch", "nanhai"]
    assert Record.objects.of(sent).filter(verb="circular nudged").count() == 2


def test_sending_costs_the_same_however_many_libraries_there_are(office, django_assert_max_num_queries):
    few, all_of_them = bulletin(office, to_below=["NH002"]), bulletin(office, to_below=["FS001"])
    for draft in (few, all_of_them):
        with django_assert_max_num_queries(30):
            actions.send(draft, by=office)


def test_of_many_who_answer_for_one_library_at_once_one_does(cast, many_hands):
    circular = actions.send(bulletin(cast["office"], asks=Asks.DONE), by=cast["office"])
    copy = copy_of(circular, "NH002")
    outcomes = at_once(lambda __: actions.answer(copy, by=User.objects.get(pk=cast["branch"].pk)), times=4)
    assert sorted(type(one).__name__ for one in outcomes) == ["BulletinCopy", "Overtaken", "Overtaken", "Overtaken"]
