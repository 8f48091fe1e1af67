"""Show how people keep their own accounts: how they are reached, in which language, and where they are signed in."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fsul_portal.account.actions import end_session, keep_details
from fsul_portal.account.browsers import browser_of
from fsul_portal.account.models import SignedIn
from fsul_portal.grammar.text import masked
from fsul_portal.notices.models import Reader
from fsul_portal.records.models import Record
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db
ACCOUNT = "/account/"
DETAILS = {"phone": "0757-83000000", "email": "guan@example.org", "language": "en", "letters": "en"}
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/142.0 Safari/537.36 Edg/142"
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 MicroMessenger/8.0.50"
)


def enter(username="nanhai", agent=EDGE, **extra):
    client = Client(headers={"user-agent": agent}, **extra)
    client.post("/accounts/login/", {"username": username, "password": PASSWORD})
    client.get("/roles/")
    return client


def test_what_is_said_of_oneself_is_kept_and_stands_on_record_without_the_whole_number(signed_in, person):
    assert signed_in("nanhai").post(ACCOUNT, DETAILS).url == ACCOUNT
    nanhai = person("nanhai")
    assert (nanhai.phone, nanhai.email) == ("0757-83000000", "guan@example.org")
    assert Reader.objects.get(person=nanhai).language == "en"
    kept = Record.objects.of(nanhai)[0]
    assert (kept.verb, kept.by) == ("details changed", nanhai)
    assert kept.after == {"phone": "075****0000", "email": "guan@example.org"}


def test_what_has_not_changed_leaves_no_record(signed_in, person):
    client = signed_in("nanhai")
    for __ in range(2):
        client.post(ACCOUNT, DETAILS)
    assert [one.verb for one in Record.objects.of(person("nanhai")) if one.verb == "details changed"] == [
        "details changed"
    ]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("０７５７－８３００００００", "0757-83000000"), ("+86 138 0000 0000", "+86 138 0000 0000"), ("", "")],
)
def test_a_number_is_kept_in_plain_digits(signed_in, person, typed, kept):
    signed_in("nanhai").post(ACCOUNT, DETAILS | {"phone": typed})
    assert person("nanhai").phone == kept


@pytest.mark.parametrize("typed", ["电话", "12", "<b>0757</b>", "0757-83000000-83000000"])
def test_what_is_no_number_is_refused_with_a_sentence(signed_in, person, typed):
    response = signed_in("nanhai").post(ACCOUNT, DETAILS | {"phone": typed})
    assert list(response.context["form"].errors) == ["phone"]
    assert person("nanhai").phone == ""


def test_name_position_and_roles_are_not_ones_own_to_change(signed_in, person):
    before = person("nanhai")
    more = {"name": "别名", "position": "馆长", "username": "x", "library": "", "is_superuser": "on", "is_staff": "on"}
    signed_in("nanhai").post(ACCOUNT, DETAILS | more)
    after = person("nanhai")
    for field in ("name", "position", "username", "library_id", "is_superuser", "is_staff"):
        assert getattr(after, field) == getattr(before, field)


def test_nobody_keeps_the_details_of_somebody_else(person):
    with pytest.raises(PermissionDenied, match="由本人或系统管理员维护"):
        keep_details(person("nanhai"), DETAILS, by=person("chancheng"))


def test_the_language_of_the_account_is_spoken_after_every_sign_in(cast):
    here = enter()
    here.post(reverse("set_language"), {"language": "en", "next": "/roles/"})
    elsewhere = enter()
    assert elsewhere.get("/roles/").headers["Content-Language"] == "en"
    assert enter("chancheng").get("/roles/").headers["Content-Language"] == "zh-hans"


def test_a_stranger_changes_the_language_of_his_browser_alone(cast):
    stranger = Client()
    assert stranger.post(reverse("set_language"), {"language": "en", "next": "/accounts/login/"}).status_code == 302
    assert stranger.get("/accounts/login/").headers["Content-Language"] == "en"


def test_one_sees_where_one_is_signed_in_and_from_where(cast):
    here, elsewhere = enter(), enter(agent=PHONE, REMOTE_ADDR="10.1.2.3")
    page = here.get(ACCOUNT)
    rows = [(str(one.browser), one.address) for one in page.context["sessions"]]
    assert sorted(rows) == [("Edge · Windows", "127.0.0.1"), ("微信 · iPhone", "10.1.2.3")]
    for client in (here, elsewhere):
        assert client.cookies["sessionid"].value not in page.content.decode()


def test_when_one_was_last_seen_is_noted_once_a_minute_and_the_beginning_stays(cast):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client, begun = enter(), timezone.now()
        for __ in range(3):
            clock.shift(timedelta(minutes=2))
            client.get("/roles/")
        row = SignedIn.objects.get(person=cast["nanhai"])
        assert (row.since.replace(microsecond=0), row.seen_at) == (begun.replace(microsecond=0), timezone.now())


def test_an_idle_session_is_no_longer_listed(cast):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        enter(agent=PHONE)
        clock.shift(timedelta(minutes=31))
        assert len(enter().get(ACCOUNT).context["sessions"]) == 1


def test_one_session_is_ended_and_this_one_stays(cast):
    here, elsewhere = enter(), enter(agent=PHONE)
    row = SignedIn.objects.get(session=elsewhere.cookies["sessionid"].value)
    assert here.post(reverse("session-end", args=[row.pk])).url == ACCOUNT
    assert (here.get("/roles/").status_code, elsewhere.get("/roles/").status_code) == (200, 302)
    assert not SignedIn.objects.filter(pk=row.pk).exists()
    assert Record.objects.of(cast["nanhai"])[0].after == {"browser": "微信 · iPhone"}


def test_all_other_sessions_are_ended_at_once_and_those_of_others_stay(cast):
    here, others, stranger = enter(), [enter(agent=PHONE), enter()], enter("chancheng")
    here.post(reverse("account-end-others"))
    assert [client.get("/roles/").status_code for client in (here, *others, stranger)] == [200, 302, 302, 200]
    assert Record.objects.of(cast["nanhai"])[0].after == {"sessions": 2}


def test_nobody_ends_the_session_of_somebody_else(cast):
    enter()
    row = SignedIn.objects.get(person=cast["nanhai"])
    assert enter("chancheng").post(reverse("session-end", args=[row.pk])).status_code == 404
    with pytest.raises(PermissionDenied, match="只有登录者本人"):
        end_session(row, by=cast["chancheng"])


def test_signing_out_takes_the_line_along(cast):
    client = enter()
    client.post("/accounts/logout/")
    assert (SignedIn.objects.count(), Session.objects.count()) == (0, 0)


def test_the_same_password_again_is_refused_with_its_sentence(signed_in):
    fields = {"old_password": PASSWORD, "new_password1": PASSWORD, "new_password2": PASSWORD}
    response = signed_in("nanhai").post(reverse("password_change"), fields)
    assert response.context["form"].errors == {"new_password2": ["新密码不能与原密码相同。"]}


def test_a_new_password_stands_on_record_and_only_this_session_is_left_in_the_list(cast):
    here, elsewhere = enter(), enter(agent=PHONE)
    fields = {"old_password": PASSWORD, "new_password1": "Lantern harbour 77", "new_password2": "Lantern harbour 77"}
    assert here.post(reverse("password_change"), fields).status_code == 302
    assert [str(one.browser) for one in here.get(ACCOUNT).context["sessions"]] == ["Edge · Windows"]
    assert elsewhere.get("/roles/").status_code == 302
    assert Record.objects.of(cast["nanhai"])[0].verb == "password changed"


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (EDGE, "Edge · Windows"),
        (PHONE, "微信 · iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0", "Firefox · Linux"),
        (
            "Mozilla/5.0 (Windows NT 6.1) AppleWebKit/537.36 Chrome/86.0 Safari/537.36 QIHU 360SE",
            "360浏览器 · Windows",
        ),
        ("curl/8", "浏览器不详"),
        ("", "浏览器不详"),
    ],
)
def test_a_browser_is_called_by_its_name(agent, words):
    assert str(browser_of(agent)) == words


@pytest.mark.parametrize(
    ("phone", "shown"), [("13800001234", "138****1234"), ("8300", "****"), ("", ""), ("0757-83000000", "075****0000")]
)
def test_the_middle_of_a_telephone_number_is_hidden(phone, shown):
    assert masked(phone) == shown
