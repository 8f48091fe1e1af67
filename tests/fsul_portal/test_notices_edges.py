"""Break when and how people are told: the hour of the digest, the window, a choice that changes, two at once."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.utils import timezone

from fsul_portal.notices.actions import choose, mark_all_read, mark_read, tell
from fsul_portal.notices.kinds import KINDS, chosen_as, kind_of
from fsul_portal.notices.models import Choice, Delivery, Notice, Reader
from fsul_portal.notices.reminders import step_due
from fsul_portal.notices.sending.outbox import send_due
from fsul_portal.notices.words import one_line
from members.people.models import User
from tests.fsul_portal.conftest import in_english
from tests.hands import at_once, many_hands

__all__ = ["in_english", "many_hands"]
pytestmark = pytest.mark.usefixtures("in_english")
SHANGHAI = ZoneInfo("Asia/Shanghai")


def daily(person):
    for kind in [*KINDS, ""]:
        Choice.objects.create(person=person, kind=kind, channel="mail", way="daily")


@pytest.mark.parametrize(
    ("written", "due"),
    [
        (datetime(2026, 12, 31, 7, 59, tzinfo=SHANGHAI), datetime(2026, 12, 31, 8, tzinfo=SHANGHAI)),
        (datetime(2026, 12, 31, 8, 0, tzinfo=SHANGHAI), datetime(2027, 1, 1, 8, tzinfo=SHANGHAI)),
        (datetime(2026, 12, 31, 23, 59, tzinfo=SHANGHAI), datetime(2027, 1, 1, 8, tzinfo=SHANGHAI)),
        (datetime(2027, 1, 1, 0, 1, tzinfo=SHANGHAI), datetime(2027, 1, 1, 8, tzinfo=SHANGHAI)),
    ],
    ids=str,
)
def test_a_digest_goes_out_at_the_next_hour_of_digests(written, due, cast, settings, time_machine):
    settings.NOTICE_DIGEST_HOUR = 8
    daily(cast["office"])
    time_machine.move_to(written, tick=False)
    tell([cast["office"]], key="filing:1", subject="One")
    assert Delivery.objects.get().due_at == due
    time_machine.move_to(due - timedelta(seconds=1), tick=False)
    assert send_due() == 0
    time_machine.move_to(due, tick=False)
    assert (send_due(), len(mail.outbox)) == (1, 1)


def test_what_was_put_into_a_digest_stays_there_when_the_choice_changes(cast, time_machine):
    time_machine.move_to(datetime(2026, 3, 4, 9, tzinfo=SHANGHAI), tick=False)
    daily(cast["office"])
    tell([cast["office"]], key="filing:1", subject="Before")
    choose(cast["office"], language="en", ways={("filing", "mail"): "at_once"})
    tell([cast["office"]], key="filing:2", subject="After")
    assert (send_due(), [letter.subject for letter in mail.outbox]) == (1, ["After"])


@pytest.mark.checklist("D4")
def test_a_choice_saved_many_times_at_once_is_one_choice(many_hands, cast):
    def save(number):
        office = User.objects.get(username="office")
        choose(
            office, language=("en", "zh-hans")[number % 2], ways={("filing", "mail"): "daily", ("", "mail"): "never"}
        )

    assert at_once(save, times=4) == [None] * 4
    assert (Reader.objects.count(), Choice.objects.count()) == (1, 2)


@pytest.mark.checklist("D4")
def test_a_notice_that_is_read_twice_keeps_the_first_time(cast, time_machine):
    (notice,) = tell([cast["office"]], key="k", subject="s")
    time_machine.move_to(datetime(2027, 3, 4, 9, tzinfo=SHANGHAI), tick=False)
    mark_read(notice)
    first = Notice.objects.get().read_at
    time_machine.shift(timedelta(hours=1))
    mark_read(notice)
    assert (mark_all_read(cast["office"]), Notice.objects.get().read_at) == (0, first)


@pytest.mark.parametrize(
    ("key", "kind", "chosen"),
    [("meeting:1:x", "meeting", "meeting"), ("meeting", "meeting", "meeting"), ("rare:1", "rare", ""), ("", "", "")],
)
def test_a_key_says_its_kind_and_a_kind_nobody_declared_is_chosen_as_everything_else(key, kind, chosen):
    assert (kind_of(key), chosen_as(kind_of(key))) == (kind, chosen)
    assert kind_of("x" * 99 + ":1") == "x" * 40


@pytest.mark.parametrize(
    ("day", "step"), [(-11, None), (-10, 10), (-9, 10), (-3, 3), (-1, 3), (0, 0), (1, 0), (5, -5), (99, -5)]
)
def test_the_last_step_that_has_come_is_due_and_none_before_the_thing_was_there(day, step):
    end = datetime(2027, 1, 2, tzinfo=SHANGHAI).date()
    steps, long_ago = (10, 3, 0, -5), end - timedelta(days=99)
    assert step_due(end, steps, end + timedelta(days=day), since=long_ago) == step
    late = step_due(end, steps, end + timedelta(days=day), since=end - timedelta(days=2))
    assert late == (step if step in (0, -5) else None)


@pytest.mark.parametrize(
    "words", ["a\r\nBcc: x@y.z", "a\tBcc:  x@y.z", " a\u2028Bcc: x@y.z ", "a\x0bBcc: x@y.z\x00"], ids=ascii
)
def test_words_of_several_lines_become_one(words):
    assert one_line(words).replace("aBcc", "a Bcc") == "a Bcc: x@y.z"


@pytest.mark.parametrize("page", ["/notices/", "/notices/settings/"])
def test_the_pages_speak_the_language_of_the_reader(page, signed_in, cast):
    client, titles = signed_in("office"), []
    for language in ("zh-hans", "en"):
        client.cookies["django_language"] = language
        answer = client.get(page)
        assert (answer.status_code, answer.content.decode().count(f'<html lang="{language}"')) == (200, 1)
        titles.append(answer.content.decode().split("<title>")[1].split("</title>")[0])
    assert titles[0] != titles[1]


def test_a_person_told_of_the_same_thing_by_two_seats_is_told_once(cast):
    told = tell([cast["office"], cast["office"], User.objects.get(username="office")], key="k", subject="s")
    assert (len(told), Notice.objects.count(), Delivery.objects.count()) == (1, 1, 1)
    assert timezone.now() >= Delivery.objects.get().due_at
