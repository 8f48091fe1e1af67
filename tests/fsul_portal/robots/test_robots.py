"""Hold the robots of groups: what they post, to whom nobody shows their address, and what comes of a refusal."""

import base64
import hashlib
import hmac
import socket
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from fsul_portal.notices.actions import choose, tell
from fsul_portal.notices.models import ATTEMPTS_ALLOWED, Delivery
from fsul_portal.notices.robots.actions import add_robot, change_robot, try_robot
from fsul_portal.notices.robots.models import GroupRobot
from fsul_portal.notices.sending import posting
from fsul_portal.notices.sending.outbox import send_due
from fsul_portal.notices.words import NotSent
from fsul_portal.records.models import Record
from fsul_portal.rooms import waiting_for
from fsul_portal.verdicts import Unready
from tests.fsul_portal.test_channels import robot

__all__ = ["robot"]
pytestmark = pytest.mark.usefixtures("in_english")
LIST = "/notices/robots/"


@pytest.fixture
def group(cast, robot, settings):
    """Add the robot of a group: `group("wecom", secret="…")`; its server is `robot`."""
    settings.NOTICE_ROBOT_HOSTS = ["127.0.0.1"]

    def add(maker="wecom", *, name="专委会工作群", secret="", kinds=("meeting",)):
        facts = {"name": name, "maker": maker, "address": robot.address, "secret": secret, "kinds": kinds}
        return add_robot(**facts, by=cast["admin"])

    return add


def posts():
    return Delivery.objects.filter(robot__isnull=False)


def test_a_group_gets_one_post_for_each_piece_of_news_of_its_kinds(group, cast, robot):
    group()
    everybody = [cast[name] for name in ("chair", "committee", "office")]
    tell(everybody, key="meeting:1:announced", subject="召开会议", body="五楼", link="/committee/")
    tell([cast["nanhai"]], key="meeting:1:announced", subject="召开会议", body="五楼", link="/committee/")
    tell(everybody, key="filing:1", subject="备案")
    assert posts().count() == 1
    send_due()
    assert robot.texts() == ["召开会议\n五楼\n\nhttp://127.0.0.1:8000/committee/"]


def test_a_robot_that_is_not_in_use_posts_nothing(group, cast, robot):
    known = group()
    facts = {"name": known.name, "maker": known.maker, "address": "", "secret": "", "kinds": ["meeting"]}
    change_robot(known, **facts, is_enabled=False, by=cast["admin"])
    tell([cast["office"]], key="meeting:1", subject="A")
    assert (posts().count(), GroupRobot.objects.get().address) == (0, robot.address)


def test_feishu_and_dingtalk_are_spoken_to_in_their_own_form(group, cast, robot):
    feishu, dingtalk = group("feishu", name="飞书群", secret="s1"), group("dingtalk", name="钉钉群", secret="s2")
    for one in (feishu, dingtalk):
        try_robot(one, by=cast["admin"])
    (path, first), (signed, second) = robot.posted
    text = "The portal can post into this group."
    assert (first["msg_type"], first["content"], path) == ("text", {"text": text}, "/cgi-bin/send?key=secret")
    assert first["sign"] == digest(f"{first['timestamp']}\ns1", "")
    asked = {name: value for name, [value] in parse_qs(urlsplit(signed).query).items()}
    assert (second, asked["key"]) == ({"msgtype": "text", "text": {"content": text}}, "secret")
    assert asked["sign"] == digest("s2", f"{asked['timestamp']}\ns2")


def digest(key, words):
    return base64.b64encode(hmac.new(key.encode(), words.encode(), hashlib.sha256).digest()).decode()


def test_an_error_with_status_200_is_tried_again_and_then_stands_on_the_desk(group, cast, robot, signed_in):
    robot.answer = (200, '{"errcode": 45009, "errmsg": "超过频率"}'.encode())
    group()
    tell([cast["office"]], key="meeting:1", subject="A")
    pauses = []
    for __ in range(ATTEMPTS_ALLOWED):
        Delivery.objects.filter(state="waiting").update(due_at=timezone.now())
        send_due()
        pauses.append(round((posts().get().due_at - timezone.now()) / timedelta(minutes=1)))
    [post] = posts()
    assert pauses == [4, 16, 64, 256, 1024, 4096]
    assert (post.state, post.attempts, post.problem) == ("failed", 6, "The robot refused it: 超过频率 (45009)")
    [line] = [line for line in waiting_for(cast["admin"]) if line.label == "Letters that did not go out"]
    page = signed_in("admin").get(line.url).content.decode()
    assert (line.count, "超过频率" in page) == (1, True)
    assert [line for line in waiting_for(cast["chair"]) if line.label == "Letters that did not go out"] == []
    # It hangs on the notice of one of those who were told; he reads nothing of it.
    assert "not delivered" not in signed_in("office").get("/notices/").content.decode()


def test_a_robot_that_says_nothing_times_out_and_is_tried_again(group, cast, robot, monkeypatch):
    monkeypatch.setattr(posting, "SECONDS", 0.2)
    group()
    tell([cast["office"]], key="meeting:1", subject="A")
    # Somebody listens there and never answers.
    with socket.create_server(("127.0.0.1", 0)) as silent:
        GroupRobot.objects.update(address=f"http://127.0.0.1:{silent.getsockname()[1]}/")
        send_due()
    assert (posts().get().state, posts().get().attempts, posts().get().problem) == ("waiting", 1, "timed out")
    GroupRobot.objects.update(address=robot.address)
    posts().update(due_at=timezone.now())
    send_due()
    assert posts().get().state == "sent"


def test_only_the_administrator_keeps_robots(group, cast, robot, signed_in):
    known = group()
    facts = {"name": "A", "maker": "wecom", "address": robot.address, "secret": "", "kinds": ["meeting"]}
    acts = (
        lambda by: add_robot(**facts, by=by),
        lambda by: change_robot(known, **facts, is_enabled=True, by=by),
        lambda by: try_robot(known, by=by),
    )
    for act in acts:
        with pytest.raises(PermissionDenied, match="system administrator"):
            act(cast["office"])
    assert signed_in("office").get(LIST).status_code == 403


@pytest.mark.checklist("E4")
def test_the_address_is_shown_to_nobody_again(group, cast, robot, signed_in):
    known, client = group(secret="geheim"), signed_in("admin")
    pages = [client.get(LIST), client.get(f"{LIST}{known.pk}/"), client.get("/admin/fsul_portal/record/")]
    assert [b"key=secret" in page.content or b"geheim" in page.content for page in pages] == [False] * 3
    assert b"127.0.0.1" in pages[0].content
    change = {"name": "改名", "maker": "wecom", "address": "", "secret": "", "kinds": ["meeting", "7.1"], "version": 0}
    assert client.post(f"{LIST}{known.pk}/", change | {"is_enabled": "on"}).status_code == 302
    known.refresh_from_db()
    assert (known.name, known.address, known.secret, known.kinds) == (
        "改名",
        robot.address,
        "geheim",
        ["meeting", "7.1"],
    )
    told = str(list(Record.objects.of(known).values_list("before", "after", "note")))
    assert ("key=secret" in told, "geheim" in told) == (False, False)
    assert client.post(f"{LIST}{known.pk}/", change).status_code == 409


def test_an_address_in_the_own_network_and_a_second_robot_of_a_group_are_refused(group, cast, settings):
    group()
    with pytest.raises(Unready, match="There is a robot of this group already"):
        group()
    settings.NOTICE_ROBOT_HOSTS = []
    with pytest.raises(Unready, match="lies in the own network"):
        add_robot(name="B", maker="wecom", address="https://10.0.0.8/", secret="", kinds=["meeting"], by=cast["admin"])


def test_trying_says_what_the_robot_answered(group, cast, robot, signed_in):
    known, client = group(), signed_in("admin")
    assert "One line was posted" in client.post(f"{LIST}{known.pk}/try/", follow=True).content.decode()
    robot.answer = (200, b'{"errcode": 93000, "errmsg": "invalid webhook url"}')
    with pytest.raises(NotSent):
        try_robot(known, by=cast["admin"])
    assert "invalid webhook url (93000)" in client.post(f"{LIST}{known.pk}/try/", follow=True).content.decode()


def test_what_is_obligatory_comes_by_mail_whatever_was_chosen(cast, signed_in):
    form = signed_in("office").get("/notices/settings/").context["form"]
    assert ("mail-meeting" in form.fields, "mail-7.1" in form.fields, "mail-filing" in form.fields) == (
        False,
        False,
        True,
    )
    choose(cast["office"], language="en", ways={("meeting", "mail"): "never", ("filing", "mail"): "never"})
    tell([cast["office"]], key="meeting:1", subject="A")
    tell([cast["office"]], key="filing:1", subject="B")
    assert list(Delivery.objects.values_list("notice__subject", "bundle")) == [("A", "meeting")]
