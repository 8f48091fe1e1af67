"""Guess passwords, and see who has to wait for it and who has not (checklist A5)."""

import re
from datetime import timedelta

import pytest
import time_machine
from axes.models import AccessAttempt, AccessFailureLog
from django.contrib.auth import authenticate
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fsul_portal.access.lockout import lift_pauses, pausing
from fsul_portal.notices.models import Notice
from fsul_portal.records.models import Record
from members.people.models import User
from tests.conftest import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.checklist("A5")]
OFFICE, STRANGER = "10.20.0.1", "203.0.113.7"
LIST = "/admin/axes/accessattempt/"


@pytest.fixture
def clock(cast):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        yield clock


def sign_in(username="nanhai", password=PASSWORD, at=OFFICE):
    sent = {"username": username, "password": password}
    return Client(REMOTE_ADDR=at).post("/accounts/login/", sent).status_code


def guess(username="nanhai", at=STRANGER, times=1):
    """Try wrong passwords as the login page does, without drawing it; return what it would answer."""
    return [_try(username, at) for __ in range(times)]


def _try(username, at):
    request = RequestFactory().post("/accounts/login/", {"username": username}, REMOTE_ADDR=at)
    assert authenticate(request, username=username, password="wrong-password") is None
    return 429 if request.axes_locked_out else 200


def test_a_login_of_ones_own_after_every_fifth_guess_clears_no_guess(clock):
    answers = []
    for __ in range(6):
        answers += guess(times=5)
        sign_in("chancheng", at=STRANGER)
    assert answers == [200] * 5 + [429] * 25
    assert sign_in(at=STRANGER) == 429
    assert sign_in("chancheng", at=STRANGER) == 302


def test_guesses_at_many_accounts_are_counted_though_one_signs_in_between(clock, settings):
    settings.LOGIN_FAILURES_PER_ADDRESS = 20
    for number in range(4):
        for name in range(5):
            guess(f"name-{number}-{name}")
        sign_in("chancheng", at=STRANGER)
    assert sign_in("chancheng", at=STRANGER) == 429
    assert sign_in("chancheng", at=OFFICE) == 302


def test_a_stranger_who_guesses_does_not_shut_the_owner_out(clock):
    assert guess(times=7) == [200] * 5 + [429] * 2
    assert (sign_in(at=STRANGER), sign_in(at=OFFICE)) == (429, 302)


def test_the_owners_login_does_not_clear_what_a_stranger_tried_elsewhere(clock):
    guess(times=5)
    assert sign_in(at=OFFICE) == 302
    assert guess() == [429]


def test_a_success_clears_the_own_slips(clock):
    for __ in range(4):
        assert guess(at=OFFICE, times=5) == [200] * 5
        assert sign_in() == 302
    assert not AccessAttempt.objects.exists()


def test_each_further_failure_doubles_the_pause_up_to_a_quarter_of_an_hour(clock):
    guess(times=6)
    waited = []
    for __ in range(6):
        left = pausing(["nanhai"], [STRANGER])[0].ends_at - timezone.now()
        waited.append(left // timedelta(minutes=1))
        clock.shift(left - timedelta(seconds=1))
        assert guess() == [429]
        clock.shift(timedelta(seconds=1))
        assert guess() == [429]
    assert waited == [1, 2, 4, 8, 15, 15]
    assert AccessAttempt.objects.get().failures_since_start == 12


def test_what_is_tried_during_a_pause_prolongs_nothing(clock):
    guess(times=6)
    clock.shift(timedelta(seconds=50))
    guess(times=20)
    clock.shift(timedelta(seconds=11))
    assert sign_in(at=STRANGER) == 302


def test_a_quiet_half_day_is_forgotten(clock):
    guess(times=5)
    clock.shift(timedelta(hours=12, minutes=1))
    assert guess(times=5) == [200] * 5


def test_an_office_of_forty_behind_one_address_may_slip(clock):
    names = [f"reader-{number}" for number in range(40)]
    password = User.objects.get(username="nanhai").password
    User.objects.bulk_create(User(username=name, name=name, password=password) for name in names)
    assert [answer for name in names for answer in guess(name, at=OFFICE, times=2)] == [200] * 80
    assert [pausing([name], [OFFICE]) for name in names] == [[]] * 40
    assert [sign_in(name) for name in (names[0], names[-1])] == [302, 302]


def test_an_account_that_is_guessed_from_everywhere_pauses_and_its_owner_is_told_once(clock):
    for number in range(10):
        guess(at=f"198.51.100.{number}", times=3)
    assert sign_in(at=OFFICE) == 429
    clock.shift(timedelta(seconds=61))
    guess(at="198.51.100.99")
    told = Notice.objects.get(key__startswith="sign-in-paused")
    assert (told.recipient.username, told.subject) == ("nanhai", "您的账号被多次输入错误密码")
    clock.shift(timedelta(seconds=121))
    assert sign_in(at=OFFICE) == 302


def test_a_name_that_nobody_has_takes_the_same_way(clock):
    assert guess("nanhai", times=8) == guess("nobody", at="203.0.113.8", times=8)
    pages = []
    for name, at in (("nanhai", STRANGER), ("nobody", "203.0.113.8")):
        answer = Client(REMOTE_ADDR=at).post("/accounts/login/", {"username": name, "password": "x"})
        text = answer.content.decode().replace(answer.headers["X-Request-Number"], "")
        pages.append(re.sub(r"\b[a-zA-Z0-9]{64}\b", "TOKEN", text))
    assert pages[0] == pages[1]


@pytest.mark.checklist("E1")
def test_a_pause_is_on_record_and_every_failure_before_it(clock, person):
    guess(times=5)
    assert [sign_in(password="wrong", at=STRANGER) for __ in range(4)] == [429] * 4
    found = Record.objects.filter(verb="sign-in paused")
    assert [(one.label, one.address) for one in found] == [(str(person("nanhai")), STRANGER)]
    guess("nobody", at="203.0.113.8", times=9)
    assert Record.objects.filter(verb="sign-in paused").count() == 2
    assert AccessFailureLog.objects.filter(locked_out=True).count() == 2
    assert AccessFailureLog.objects.count() == 12


@pytest.mark.checklist("E1")
def test_no_failure_is_dropped_from_the_record(clock, settings):
    from axes.handlers.proxy import AxesProxyHandler

    guess(times=3)
    assert AxesProxyHandler.remove_out_of_limit_failure_logs(username="nanhai", limit=1) == 0
    assert AccessFailureLog.objects.count() == 3


def test_the_administrator_sees_who_waits_and_lifts_it(clock, signed_in, person):
    guess(times=6)
    attempt = AccessAttempt.objects.get()
    client = signed_in("admin")
    shown = client.get(LIST).context["cl"].result_list[0]
    assert shown.waits_until == attempt.attempt_time + timedelta(minutes=1)
    assert client.get(f"{LIST}{attempt.pk}/change/").status_code == 200
    sent = {"action": "delete_selected", "_selected_action": attempt.pk, "post": "yes"}
    assert client.post(LIST, sent).status_code == 302
    assert sign_in(at=STRANGER) == 302
    record = Record.objects.of(person("nanhai"))[0]
    assert (record.verb, record.by.username, record.note) == ("sign-in opened again", "admin", f"{STRANGER} · 6")


def test_one_pause_is_lifted_from_its_own_page(clock, signed_in):
    guess(times=6)
    attempt = AccessAttempt.objects.get()
    assert signed_in("admin").post(f"{LIST}{attempt.pk}/delete/", {"post": "yes"}).status_code == 302
    assert sign_in(at=STRANGER) == 302


def test_nobody_else_lifts_pauses(clock, person):
    guess(times=6)
    with pytest.raises(PermissionDenied, match="只有系统管理员可以解除登录暂停"):
        lift_pauses(AccessAttempt.objects.all(), by=person("office"))
    assert AccessAttempt.objects.count() == 1


def test_what_was_typed_is_not_shown_in_the_admin(clock, signed_in):
    Client(REMOTE_ADDR=STRANGER).post(
        "/accounts/login/?hint=typed-in-the-wrong-box", {"username": "nanhai", "password": "secret-of-nanhai"}
    )
    page = signed_in("admin").get(f"{LIST}{AccessAttempt.objects.get().pk}/change/").content.decode()
    assert "typed-in-the-wrong-box" not in page
    assert "secret-of-nanhai" not in page


def test_the_list_of_pauses_asks_as_much_for_many_as_for_one(clock, signed_in):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(LIST).status_code == 200
        return len(queries)

    client = signed_in("admin")
    guess(times=6)
    client.get(LIST)
    few = asked()
    for number in range(12):
        guess(f"name-{number}", at=f"198.51.100.{number}", times=6)
    assert asked() == few
