"""Hold the ways out of the portal: each is one module, robots are believed only when they say yes, keys stay secret."""

import json
import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import import_module

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from fsul_portal.notices.actions import choose, tell
from fsul_portal.notices.channels import channels
from fsul_portal.notices.models import Delivery
from fsul_portal.notices.sending import posting
from fsul_portal.notices.sending.channel import Channel, Setting, Way
from fsul_portal.notices.sending.checks import read_settings
from fsul_portal.notices.sending.letter import Letter
from fsul_portal.notices.sending.outbox import send_due
from fsul_portal.notices.words import NotSent
from ops.places import ROOT

pytestmark = pytest.mark.usefixtures("in_english")

TAKEN = (200, b'{"errcode": 0, "errmsg": "ok"}')


class Robot(ThreadingHTTPServer):
    """Stand for the robot of a chat: keep what was posted, and answer as told."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Hearing)
        self.answer, self.posted, self.headers = TAKEN, [], {}

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server_port}/cgi-bin/send?key=secret"

    def texts(self):
        return [message["text"]["content"] for __, message in self.posted]


class Hearing(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.posted.append((self.path, json.loads(body)))
        status, answer = self.server.answer
        self.send_response(status)
        for name, value in self.server.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *__):
        pass


@pytest.fixture
def robot():
    with Robot() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def office(cast, robot, settings):
    """The office, whose account has a robot and who wants everything there at once and nothing by mail."""
    settings.NOTICE_ROBOTS, settings.NOTICE_ROBOT_HOSTS = {"office": robot.address}, ["127.0.0.1"]
    choose(cast["office"], language="en", ways={("", "robot"): "at_once", ("", "mail"): "never"})
    return cast["office"]


@pytest.fixture
def channel(monkeypatch):
    """Add a channel as one would with a module: `channel("pigeon", send=…)`; returns what it sent."""

    def add(name, **more):
        sent = []
        facts = {"title": name, "reaches": lambda person: True, "send": sent.append, "way": Way.AT_ONCE} | more
        monkeypatch.setitem(channels(), name, Channel(**facts))
        return sent

    return add


def delivery():
    return Delivery.objects.get()


def test_the_ways_out_are_the_modules_of_one_folder():
    folder = ROOT / "fsul_portal/notices/channels"
    assert list(channels()) == sorted(path.stem for path in folder.glob("[!_]*.py"))


def test_a_channel_declares_every_setting_that_its_module_reads():
    for name, channel in channels().items():
        module = import_module(f"fsul_portal.notices.channels.{name}")
        read = {one.name for one in vars(module).values() if isinstance(one, Setting)}
        assert read <= {one.name for one in channel.settings}, name


def test_readme_names_every_setting_of_a_channel():
    readme = (ROOT / "README.md").read_text("utf-8")
    assert [name for name in read_settings() if f"`{name}`" not in readme] == []


def test_every_channel_has_its_own_words():
    titles = [str(channel.title) for channel in channels().values()]
    assert (all(titles), len(set(titles))) == (True, len(titles))


def test_a_robot_is_off_until_it_has_an_address_and_somebody_wants_it(cast, robot, settings):
    tell([cast["office"]], key="a", subject="A")
    settings.NOTICE_ROBOTS = {"office": robot.address}
    tell([cast["office"], cast["chair"]], key="b", subject="B")
    assert set(Delivery.objects.values_list("channel", flat=True)) == {"mail"}


def test_the_page_offers_a_robot_to_whom_it_leads(office, signed_in):
    fields = signed_in("office").get("/notices/settings/").context["form"].fields
    assert (fields["robot-filing"].label, fields["robot-filing"].initial) == ("Filings, by chat robot", "never")
    assert fields["robot-"].initial == "at_once"
    assert "robot-" not in signed_in("chair").get("/notices/settings/").context["form"].fields


def test_a_robot_is_posted_the_text_in_the_form_of_robots(office, robot, settings):
    settings.SITE_URL = "https://portal.example.org"
    tell([office], key="k", subject="本月已锁定", body="2026-03", link="/committee/")
    assert (send_due(), delivery().state) == (1, "sent")
    text = "本月已锁定\n2026-03\n\nhttps://portal.example.org/committee/"
    assert robot.posted == [("/cgi-bin/send?key=secret", {"msgtype": "text", "text": {"content": text}})]


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        ((200, '{"errcode": 45009, "errmsg": "api freq\\nout of limit"}'), "api freq out of limit (45009)"),
        ((200, '{"errcode": "310000", "errmsg": "关键词不匹配"}'), "关键词不匹配 (310000)"),
        ((200, '{"code": 19001, "msg": "param invalid"}'), "param invalid (19001)"),
        ((200, '{"errcode": -1}'), "(-1)"),
        ((200, '{"errcode": false, "errmsg": "odd"}'), "odd (False)"),
        ((200, '{"ok": false, "description": "chat not found"}'), "chat not found (False)"),
        ((200, '{"ok": 0}'), "(0)"),
    ],
)
def test_what_a_robot_refuses_in_its_body_was_not_sent(answer, problem, office, robot):
    robot.answer = (answer[0], answer[1].encode())
    tell([office], key="k", subject="A")
    assert (send_due(), delivery().state, delivery().attempts) == (0, "waiting", 1)
    assert delivery().problem == f"The robot refused it: {problem}"
    robot.answer = TAKEN
    Delivery.objects.update(due_at=timezone.now())
    assert (send_due(), delivery().state, delivery().attempts, delivery().problem) == (1, "sent", 2, "")


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        ((500, b""), "The robot answered 500."),
        ((302, b""), "The robot answered 302."),
        ((200, b"<html>sign in first</html>"), "The robot's answer cannot be read."),
        ((200, b"[0]"), "The robot's answer cannot be read."),
        ((200, b"\xff"), "The robot's answer cannot be read."),
        ((200, b" " * 70_000 + TAKEN[1]), "The robot's answer cannot be read."),
    ],
)
def test_what_is_no_yes_was_not_sent(answer, problem, office, robot):
    robot.answer, robot.headers = answer, {"Location": robot.address}
    tell([office], key="k", subject="A")
    assert (send_due(), delivery().state, delivery().problem) == (0, "waiting", problem)
    assert len(robot.posted) == 1


@pytest.mark.parametrize("answer", [b"{}", b'{"ok": true}', b'{"errcode": "0"}', b'{"code": 0, "msg": "success"}'])
def test_a_yes_is_a_yes_with_a_number_or_without(answer, office, robot):
    robot.answer = (200, answer)
    tell([office], key="k", subject="A")
    assert send_due() == 1


@pytest.mark.checklist("E4")
def test_the_key_of_a_robot_stands_in_no_log_and_no_row(office, robot, settings, caplog):
    settings.NOTICE_ROBOTS = {"office": robot.address.replace("key=", "key= \x7f")}
    tell([office], key="k", subject="A")
    assert (send_due(), delivery().problem) == (0, "The robot's answer cannot be read.")
    assert "secret" not in caplog.text


def test_a_robot_that_is_gone_is_tried_again(office, robot, settings):
    # Nobody is in the middle of taking a call when the door shuts: what is gone refuses, it does not hang up.
    robot.shutdown()
    robot.server_close()
    tell([office], key="k", subject="A")
    assert (send_due(), delivery().state, delivery().problem) == (0, "waiting", "[Errno 111] Connection refused")


def test_https_is_spoken_as_https(office, robot, settings):
    settings.NOTICE_ROBOTS = {"office": robot.address.replace("http:", "https:")}
    tell([office], key="k", subject="A")
    assert (send_due(), robot.posted, delivery().problem[:5]) == (0, [], "[SSL:")


def test_a_robot_that_lost_its_address_is_no_success(office, settings):
    tell([office], key="k", subject="A")
    settings.NOTICE_ROBOTS = {}
    assert send_due() == 0
    assert delivery().problem == "The account is closed, or this way no longer leads to it."


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1", ""),
        ("https://203.0.114.7/robot", ""),
        ("http://oapi.dingtalk.com/robot/send", "the address of a robot begins with https."),
        ("file:///etc/passwd", "this is no address of a robot."),
        ("https://", "this is no address of a robot."),
        ("https://a@b.example.org/", "this is no address of a robot."),
        ("https://b.example.org:x/", "this is no address of a robot."),
        *(
            (f"https://{host}/", "this lies in the own network; name its host in NOTICE_ROBOT_HOSTS.")
            for host in (
                *("localhost", "broker", "a.localhost", "printer.local", "127.0.0.1", "10.0.0.8", "192.168.1.1"),
                *("169.254.169.254", "[::1]", "[fe80::1]", "[::ffff:10.0.0.8]", "0.0.0.0", "224.0.0.1"),
            )
        ),
    ],
)
def test_the_address_of_a_robot_is_looked_at(address, fault, settings):
    settings.NOTICE_ROBOTS = {"office": address}
    found = [f"{error.id} {error.msg}" for error in run_checks() if error.id.startswith("notices.")]
    assert found == ([f"notices.E002 NOTICE_ROBOTS: office: {fault}"] if fault else [])


def test_a_server_of_the_own_network_is_trusted_by_its_name(settings):
    settings.NOTICE_ROBOTS, settings.NOTICE_ROBOT_HOSTS = {"office": "http://chat.local/hook"}, ["chat.local"]
    assert [error for error in run_checks() if error.id.startswith("notices.")] == []


def test_a_name_that_leads_into_the_own_network_is_not_called(robot, settings, monkeypatch):
    asked = []

    def look_up(host, port, **__):
        asked.append(host)
        return [(2, 1, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(posting.socket, "getaddrinfo", look_up)
    with pytest.raises(NotSent, match=r"^The name of the robot leads into the own network\.$"):
        posting.post(f"https://robot.example.org:{robot.server_port}/", {})
    assert (asked, robot.posted) == (["robot.example.org"], [])


def test_a_setting_that_cannot_be_read_lets_no_portal_start(monkeypatch):
    monkeypatch.setenv("NOTICE_ROBOTS", "https://qyapi.example.org/send?secret")
    with pytest.raises(ImproperlyConfigured, match=r"^NOTICE_ROBOTS cannot be read as dict\.$"):
        read_settings()


def test_a_setting_comes_from_the_environment(monkeypatch):
    monkeypatch.setenv("NOTICE_ROBOTS", "office=https://r.example.org/send?key=1,chair=https://r.example.org/2")
    assert read_settings()["NOTICE_ROBOTS"] == {
        "office": "https://r.example.org/send?key=1",
        "chair": "https://r.example.org/2",
    }


def test_a_channel_needs_nothing_but_its_declaration(channel, cast, signed_in):
    sent = channel("pigeon", title="carrier pigeon")
    fields = signed_in("office").get("/notices/settings/").context["form"].fields
    assert fields["pigeon-filing"].label == "Filings, by carrier pigeon"
    for number in (1, 2):
        tell([cast["office"]], key=f"filing:{number}", subject=f"Filing {number}")
    assert send_due() == 2
    assert [letter.subject for letter in sent] == ["Filing 1 and 1 more"]
    Delivery.objects.filter(channel="pigeon").update(state="failed")
    assert "not delivered by carrier pigeon" in signed_in("office").get("/notices/").content.decode()


def test_a_channel_that_may_not_bundle_sends_each_and_offers_no_daily_way(channel, cast, signed_in):
    sent = channel("pigeon", bundles=False)
    fields = signed_in("office").get("/notices/settings/").context["form"].fields
    assert fields["pigeon-"].choices == [("at_once", "at once"), ("never", "not")]
    for number in (1, 2):
        tell([cast["office"]], key=f"filing:{number}", subject=f"Filing {number}")
    assert send_due() == 3
    assert [letter.subject for letter in sent] == ["Filing 1", "Filing 2"]


def test_what_a_channel_cannot_send_waits_and_holds_up_no_other(channel, cast):
    def refuse(letter):
        raise NotSent("No wind.")

    channel("pigeon", send=refuse)
    tell([cast["office"]], key="k", subject="A")
    assert send_due() == 1
    assert set(Delivery.objects.values_list("channel", "state", "problem")) == {
        ("mail", "sent", ""),
        ("pigeon", "waiting", "No wind."),
    }


def test_the_windows_of_two_channels_do_not_meet(channel, cast):
    tell([cast["office"]], key="filing:1", subject="A")
    assert send_due() == 1
    channel("pigeon")
    tell([cast["office"]], key="filing:2", subject="B")
    assert send_due() == 1
    assert set(Delivery.objects.filter(state="sent").values_list("channel", "notice__subject")) == {
        ("mail", "A"),
        ("pigeon", "B"),
    }


def test_a_name_that_no_row_can_keep_is_told_at_the_start(channel):
    channel("a-very-long-name-of-a-channel")
    assert [error.id for error in run_checks() if error.id.startswith("notices.")] == ["notices.E001"]


def test_a_wrong_setting_of_any_channel_is_told_at_the_start(channel, settings):
    wrong = Setting("PIGEON_LOFT", default="here", check=lambda value: [f"{len(value)} letters are too few."])
    channel("pigeon", settings=(wrong,))
    assert [error.msg for error in run_checks() if error.id == "notices.E002"] == [
        "PIGEON_LOFT: 4 letters are too few."
    ]


@pytest.mark.parametrize("most", [120, 200, 1000, 2048])
def test_the_text_of_a_letter_is_never_longer_than_its_channel_lets_it_be(most, cast):
    notices = [
        tell([cast["office"]], key=str(number), subject="备案" * number, body="长" * 40 * number)[0]
        for number in range(1, 12)
    ]
    for told in (notices, notices[:1], notices[-1:], notices[::-1]):
        letter = Letter(cast["office"], told, most)
        assert len(letter.text.encode()) <= most
        assert letter.text[:3] in replace(letter, most_bytes=None).text


def test_what_does_not_fit_is_counted(cast, settings):
    settings.SITE_URL = "https://portal.example.org"
    notices = [tell([cast["office"]], key=str(number), subject=f"Notice {number}")[0] for number in range(5)]
    assert Letter(cast["office"], notices, 150).text == (
        "1. Notice 0\nhttps://portal.example.org\n\n2. Notice 1\nhttps://portal.example.org\n\n"
        "3 more in the portal: https://portal.example.org/notices/"
    )
    long = tell([cast["office"]], key="long", subject="Long", body="长" * 100)
    assert Letter(cast["office"], long, 100).text == (
        "Long\n长长长长长长长长…\n\nThe whole of it in the portal: https://portal.example.org/notices/"
    )
