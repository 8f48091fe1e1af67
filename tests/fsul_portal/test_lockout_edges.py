"""Break the pauses of signing in: strange names, other spellings, at once, in both languages."""

import pytest
from axes.models import AccessAttempt
from django.test import Client

from fsul_portal.access.lockout import lift_pauses
from fsul_portal.notices.models import Notice
from fsul_portal.records.models import Record
from members.people.models import User
from tests.fsul_portal.test_lockout import OFFICE, guess, sign_in
from tests.hands import at_once, many_hands

__all__ = ["many_hands"]

DOOR = "/accounts/login/"


@pytest.mark.checklist("A5", "C1")
@pytest.mark.parametrize(
    "name", ["x" * 5000, "长" * 300, "", " ", "nanhai\u200b", "' OR 1=1 --", "\ud83d\ude00" * 9], ids=len
)
def test_a_strange_name_at_the_door_is_no_error(name, cast):
    name = name.encode("utf-16", "surrogatepass").decode("utf-16")
    assert [sign_in(name, "wrong") for __ in range(7)] == ([200] * 7 if not name.strip() else [200] * 5 + [429] * 2)


@pytest.mark.checklist("A5")
def test_another_spelling_of_a_name_counts_as_the_name(cast):
    """What the form makes one name must not be five more guesses."""
    wide = "ｎａｎｈａｉ"
    assert [sign_in(one, "wrong") for one in ("nanhai", wide, "nanhai", wide, "nanhai", wide)] == [200] * 5 + [429]
    assert set(AccessAttempt.objects.values_list("username", flat=True)) == {"nanhai"}
    assert sign_in() == 429
    assert sign_in("chancheng") == 302


@pytest.mark.checklist("A5")
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh-hans", "该账号或该网络地址输错密码的次数过多。"),
        ("en", "Too many wrong passwords were tried for this account or from this place."),
    ],
)
def test_the_page_of_a_pause_speaks_the_language_of_the_reader(language, words, cast):
    client = Client(REMOTE_ADDR=OFFICE)
    client.cookies["django_language"] = language
    pages = [client.post(DOOR, {"username": "nanhai", "password": "wrong"}).content.decode() for __ in range(6)]
    assert [page.count(words) for page in pages] == [0] * 5 + [1]


@pytest.mark.checklist("A5")
def test_a_pause_of_an_account_that_is_closed_is_told_to_nobody(cast):
    User.objects.filter(username="nanhai").update(is_active=False)
    for number in range(10):
        guess(at=f"198.51.100.{number}", times=3)
    assert (Notice.objects.count(), sign_in()) == (0, 429)


@pytest.mark.checklist("A5", "E1")
def test_a_pause_that_is_lifted_twice_is_on_record_once(cast):
    guess(times=6)
    attempts = AccessAttempt.objects.all()
    for __ in range(2):
        lift_pauses(attempts, by=cast["admin"])
    assert Record.objects.filter(verb="sign-in opened again").count() == 1


@pytest.mark.checklist("A5", "D4")
def test_a_pause_that_two_lift_at_once_is_on_record_once(many_hands, cast):
    guess(times=6)
    outcomes = at_once(lambda number: lift_pauses(AccessAttempt.objects.all(), by=cast["admin"]), times=3)
    assert outcomes == [None] * 3
    assert Record.objects.filter(verb="sign-in opened again").count() == 1


@pytest.mark.checklist("A5", "D4")
def test_guesses_at_the_same_moment_are_all_counted(many_hands, cast):
    answers = at_once(lambda number: guess()[0], times=8)
    assert sorted(set(answers)) in ([200], [200, 429])
    assert AccessAttempt.objects.get().failures_since_start == 8
    assert guess() == [429]
