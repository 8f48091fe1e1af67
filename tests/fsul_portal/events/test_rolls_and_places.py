"""Hold who may do what with an event and why not, the places, the roll and its hours, and what is told to whom."""

from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from fsul_portal.events import actions, letters, rules
from fsul_portal.events.forms import EvaluationForm, RollForm
from fsul_portal.notices.models import Notice
from fsul_portal.records.models import Record
from fsul_portal.verdicts import Closed, Kind, NotNow, Overtaken, Refusal
from tests.english import in_english
from tests.small.event import Course, CourseLine
from tests.small.situations import course

__all__ = ["in_english"]
State = Course.State
DAY = timedelta(days=1)
FOSHAN = ZoneInfo("Asia/Shanghai")


@pytest.fixture(autouse=True)
def a_wednesday(time_machine):
    time_machine.move_to("2026-03-04T09:00:00+08:00", tick=False)


@pytest.fixture
def hands(person, in_english):
    return {name: person(name) for name in ("office", "chair", "committee", "technical-lead", "branch")}


@pytest.fixture
def announced(hands):
    def announce(days=-1, **facts):
        return actions.announce(course(hands["office"], days, **facts), by=hands["office"])

    return announce


@pytest.fixture
def begun(announced, hands):
    """A course that has begun, for which the chair and the committee's member have signed up."""
    event = announced()
    for name in ("chair", "committee"):
        actions.sign_up(event, by=hands[name])
    return event


def told(person):
    return list(Notice.objects.filter(recipient=person).order_by("pk").values_list("subject", flat=True))


def line_of(event, person):
    return event.roll.get(person=person)


def say(event, hands, hours=None, **presences):
    said = {line_of(event, hands[name]).pk: presence for name, presence in presences.items()}
    return actions.write_roll(event, by=hands["office"], presences=said, hours=hours)


def spoken(event):
    return {line.name: (line.presence, line.hours) for line in event.roll.all()}


@pytest.mark.parametrize("rule", ["plan", "change", "announce", "write_roll", "hold", "evaluate", "close", "cancel"])
def test_whoever_is_invited_keeps_nothing_of_it(rule, begun, hands):
    verdict = getattr(rules, f"may_{rule}")(hands["chair"], begun)
    assert (verdict.kind, verdict.sentence) == (Kind.NO_RIGHT, "This is for: secretary of the coordination office.")


def test_who_is_neither_invited_nor_the_keeper_reads_who_signs_up(begun, hands):
    assert rules.may_sign_up(hands["branch"], begun).sentence == (
        "This is for: those who oversee the libraries, secretary of the coordination office."
    )


@pytest.mark.parametrize(
    ("state", "kind", "sentence"),
    [("planned", Kind.NOT_NOW, "It is planned."), ("cancelled", Kind.CLOSED, "It is cancelled.")],
)
def test_nobody_signs_up_for_what_was_not_announced_or_does_not_take_place(state, kind, sentence, hands):
    event = course(hands["office"], 5)
    if state == "cancelled":
        event = actions.cancel(event, by=hands["office"], note="x")
    verdict = rules.may_sign_up(hands["chair"], event)
    assert (verdict.kind, verdict.sentence) == (kind, sentence)


def test_signing_off_is_for_oneself_and_for_those_on_the_list(begun, hands):
    verdicts = [
        rules.may_sign_off(hands["chair"], begun, hands["committee"]),
        rules.may_sign_off(hands["technical-lead"], begun),
        rules.may_sign_off(hands["office"], begun, hands["branch"]),
    ]
    assert [(verdict.kind, verdict.sentence) for verdict in verdicts] == [
        (Kind.NO_RIGHT, "You sign off for yourself; others are signed off by whoever keeps the event."),
        (Kind.NO_RIGHT, "张技术 is not on the list."),
        (Kind.NO_RIGHT, "冯分馆 is not on the list."),
    ]


def test_the_keeper_signs_others_off_and_it_stands_on_record(begun, hands):
    actions.sign_off(begun, by=hands["office"], person=hands["chair"])
    line, last = line_of(begun, hands["chair"]), Record.objects.of(begun).first()
    assert (line.signed_off_by, last.verb, last.by, last.after) == (
        hands["office"],
        "event signed off",
        hands["office"],
        {"person": "梁主任"},
    )
    with pytest.raises(Refusal, match="梁主任 is not on the list"):
        actions.sign_off(begun, by=hands["chair"])


def test_who_signs_off_after_the_roll_was_written_counts_nowhere(begun, hands):
    say(begun, hands, chair="present", committee="present")
    actions.sign_off(begun, by=hands["committee"])
    assert spoken(begun) == {"梁主任": ("present", Decimal(3)), "黄委员": ("", Decimal(0))}
    actions.hold(begun, by=hands["office"])
    today = timezone.localdate()
    assert CourseLine.objects.hours_by_person(today - 2 * DAY, today) == {hands["chair"].pk: Decimal(3)}


def test_who_comes_back_on_the_list_says_nothing_until_somebody_says_it_again(begun, hands):
    say(begun, hands, chair="present", committee="absent")
    actions.sign_off(begun, by=hands["chair"])
    back = actions.sign_up(begun, by=hands["chair"], unit="市图")
    assert (back.signed_off_by, back.presence, back.unit) == (None, "", "市图")
    verdict = rules.may_hold(hands["office"], begun)
    assert (verdict.kind, verdict.sentence) == (Kind.NOT_NOW, "1 line says nothing yet.")


def test_the_roll_says_again_what_it_said_wrongly(begun, hands):
    say(begun, hands, chair="present", committee="present")
    say(begun, hands, chair="absent", committee="present")
    assert spoken(begun) == {"梁主任": ("absent", Decimal(0)), "黄委员": ("present", Decimal(3))}
    line = line_of(begun, hands["committee"])
    say(begun, hands, hours={line.pk: Decimal("1.5")}, committee="present")
    assert spoken(begun)["黄委员"] == ("present", Decimal("1.5"))


def test_hours_are_those_of_present_lines_alone(begun, hands):
    line = line_of(begun, hands["chair"])
    say(begun, hands, hours={line.pk: Decimal(2)}, chair="excused")
    assert spoken(begun)["梁主任"] == ("excused", Decimal(0))
    with pytest.raises(IntegrityError), transaction.atomic():
        CourseLine.objects.filter(pk=line.pk).update(hours=1)


def test_a_line_of_another_event_is_left_alone(begun, announced, hands):
    other = announced()
    line = actions.sign_up(other, by=hands["chair"])
    actions.write_roll(begun, by=hands["office"], presences={line.pk: "present"})
    assert spoken(other) == {"梁主任": ("", Decimal(0))}


def test_a_roll_written_on_an_older_page_changes_no_line(begun, hands):
    seen = begun.version
    say(begun, hands, chair="present")
    with pytest.raises(Overtaken, match="何秘书 changed this at 2026-03-04 09:00"):
        actions.write_roll(
            begun, by=hands["office"], presences={line_of(begun, hands["chair"]).pk: "absent"}, version=seen
        )
    assert spoken(begun)["梁主任"] == ("present", Decimal(3))


def test_a_guest_takes_a_place_and_none_is_put_on_a_full_list(announced, hands):
    event = announced(days=5, places=2)
    actions.sign_up(event, by=hands["chair"])
    guest = actions.add_guest(event, by=hands["office"], name="来宾", unit="市文化部门")
    assert (guest.person, guest.signed_up_by, event.is_full) == (None, hands["office"], True)
    with pytest.raises(NotNow, match=r"All 2 places are taken\."):
        actions.add_guest(event, by=hands["office"], name="又一来宾")
    with pytest.raises(NotNow, match=r"All 2 places are taken\."):
        actions.sign_up(event, by=hands["committee"])
    # The same form once more finds the guest, although the list is full.
    assert actions.add_guest(event, by=hands["office"], name="来宾", unit="市文化部门") == guest


def test_a_guest_entered_twice_stands_on_record_once_and_namesakes_of_two_units_are_two(announced, hands):
    event = announced(days=5)
    for unit in ("甲馆", "甲馆", "乙馆"):
        actions.add_guest(event, by=hands["office"], name="李明", unit=unit)
    assert (event.roll.count(), Record.objects.of(event).filter(verb="event signed up").count()) == (2, 2)
    with pytest.raises(Refusal, match="This is for"):
        actions.add_guest(event, by=hands["chair"], name="x")


def test_an_event_without_a_number_of_places_is_never_full(announced, hands):
    event = announced(days=5)
    for name in ("chair", "committee", "technical-lead"):
        actions.sign_up(event, by=hands[name])
    assert (event.is_full, event.signed_up().count()) == (False, 3)


@pytest.mark.parametrize(("day", "late"), [("2026-03-06", False), ("2026-03-07", True)])
def test_who_signs_up_on_the_last_day_is_in_time(day, late, announced, hands, time_machine):
    event = announced(days=7, sign_up_until=datetime(2026, 3, 6).date())
    time_machine.move_to(f"{day}T23:00:00+08:00", tick=False)
    assert actions.sign_up(event, by=hands["chair"]).is_late == late


def test_hours_belong_to_the_year_in_which_it_took_place_in_foshan(announced, hands):
    begins = datetime(2025, 12, 31, 23, 30, tzinfo=FOSHAN)
    event = announced(starts_at=begins, ends_at=begins + timedelta(hours=2))
    line = actions.sign_up(event, by=hands["chair"])
    actions.write_roll(event, by=hands["office"], presences={line.pk: "present"})
    actions.hold(event, by=hands["office"])
    spans = [(datetime(year, 1, 1).date(), datetime(year, 12, 31).date()) for year in (2025, 2026)]
    assert [CourseLine.objects.hours_by_person(*span) for span in spans] == [{hands["chair"].pk: Decimal(3)}, {}]


def test_what_is_to_come_and_what_lacks_its_roll_are_found(announced, begun, hands):
    to_come = announced(days=5)
    course(hands["office"], 5)
    now = timezone.now()
    assert (list(Course.objects.to_come(now)), list(Course.objects.without_roll(now))) == ([to_come], [begun])


def test_the_form_of_the_roll_asks_of_each_line_and_chooses_nothing(begun, hands):
    actions.add_guest(begun, by=hands["office"], name="来宾", unit="部门")
    form = RollForm(begun)
    lines = {name: field for name, field in form.fields.items() if name.startswith("line_")}
    assert [(field.label, form.get_initial_for_field(field, name)) for name, field in lines.items()] == [
        ("梁主任", ""),
        ("黄委员", ""),
        ("来宾 · 部门", ""),
    ]
    pk = line_of(begun, hands["chair"]).pk
    sent = RollForm(begun, {f"line_{pk}": "present", "version": begun.version, "line_999999": "present"})
    assert sent.is_valid()
    assert (sent.answers()["presences"][pk], 999999 in sent.answers()["presences"]) == ("present", False)
    wrong = RollForm(begun, {f"line_{pk}": "asleep", "version": begun.version})
    assert list(wrong.errors) == [f"line_{pk}"]


def test_an_evaluation_says_something_and_is_written_anew_until_it_is_closed(begun, hands):
    say(begun, hands, chair="present", committee="absent")
    held = actions.hold(begun, by=hands["office"])
    assert list(EvaluationForm(held, {"evaluation": " \n", "version": held.version}).errors) == ["evaluation"]
    for words in ("好", "更好"):
        event = actions.evaluate(held, by=hands["office"], evaluation=words)
    assert (event.evaluation, Record.objects.of(event).filter(verb="event evaluated").count()) == ("更好", 2)
    actions.close(event, by=hands["office"])
    for act in (actions.hold, actions.close, actions.announce):
        with pytest.raises(Closed, match=r"It is closed\."):
            act(event, by=hands["office"])


def test_those_expected_and_nobody_else_are_told_of_a_change_and_of_the_end(announced, hands):
    event = announced(days=5)
    for name in ("chair", "committee"):
        actions.sign_up(event, by=hands[name])
    actions.sign_off(event, by=hands["committee"])
    actions.change(event, by=hands["office"], place="三楼", note="换地点")
    actions.cancel(event, by=hands["office"], note="台风")
    assert [told(hands[name]) for name in ("chair", "committee", "branch")] == [
        ["You are invited: 编目培训", "Changed: 编目培训", "Cancelled: 编目培训"],
        ["You are invited: 编目培训"],
        [],
    ]
    assert Notice.objects.filter(recipient=hands["chair"]).order_by("pk").last().body == "2026-03-09 09:00\n三楼\n台风"


def test_who_is_told_soon_is_told_again_when_the_day_is_moved(announced, hands):
    event = announced(days=7)
    actions.sign_up(event, by=hands["chair"])
    today = timezone.localdate()
    letters.remind(Course, today)
    begins = event.starts_at + 3 * DAY
    actions.change(event, by=hands["office"], starts_at=begins, ends_at=begins + timedelta(hours=3))
    days = [len(letters.remind(Course, today + days * DAY)) for days in (1, 2, 3, 4)]
    assert days == [0, 0, 1, 0]


def test_an_event_announced_late_is_not_told_of_for_days_that_lay_behind(announced, hands):
    event = announced(days=3)
    actions.sign_up(event, by=hands["chair"])
    today = timezone.localdate()
    assert [len(letters.remind(Course, today + days * DAY)) for days in (0, 1, 2, 3)] == [0, 0, 1, 0]


def test_a_missing_evaluation_is_asked_for_after_ten_days_and_once(begun, hands):
    say(begun, hands, chair="present", committee="absent")
    actions.hold(begun, by=hands["office"])
    over = timezone.localdate(begun.ends_at)
    subjects = [{one.subject for one in letters.remind(Course, over + days * DAY)} for days in (10, 11, 12)]
    assert subjects == [set(), {"Its evaluation is missing: 编目培训"}, set()]
