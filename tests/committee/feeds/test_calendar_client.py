"""Let two calendar programs that know nothing of us take a meeting, its change and its end: vdirsyncer and khal."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from committee.bodies.models import Body
from committee.meetings import actions
from committee.meetings.feeds.actions import renew_feed

SYNCER = """\
[general]
status_path = "{folder}/status/"
[pair meetings]
a = "kept"
b = "portal"
collections = null
conflict_resolution = "b wins"
[storage kept]
type = "filesystem"
path = "{folder}/kept/"
fileext = ".ics"
[storage portal]
type = "http"
url = "{address}"
"""
READER = """\
[calendars]
[[meetings]]
path = {folder}/kept/
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
local_timezone = Asia/Shanghai
default_timezone = Asia/Shanghai
[sqlite]
path = {folder}/khal.db
"""
LINE = "{start-date} {start-time}-{end-time}|{location}|{status}{title}"


class Calendars:
    """A folder of calendar files, kept by one program and read by the other."""

    def __init__(self, folder: Path, address: str) -> None:
        self.folder = folder
        (folder / "kept").mkdir()
        for name, text in {"syncer": SYNCER, "reader": READER}.items():
            (folder / name).write_text(text.format(folder=folder, address=address), "utf-8")
        self._run("vdirsyncer", "-c", "syncer", "discover")

    def fetch(self) -> None:
        self._run("vdirsyncer", "-c", "syncer", "sync", "--force-delete")

    def shown(self) -> list[str]:
        listed = self._run("khal", "-c", "reader", "list", "--day-format", "", "--format", LINE, "2026-12-01", "31d")
        return [line for line in listed.splitlines() if line]

    def _run(self, program: str, *arguments: str) -> str:
        # Of the same environment as the portal; the clock of the test is none of theirs.
        command = [str(Path(sys.executable).with_name(program)), *arguments]
        own = {"HOME": str(self.folder), "PATH": os.environ["PATH"], "LANG": "C.UTF-8", "NO_PROXY": "*"}
        done = subprocess.run(
            command, cwd=self.folder, env=own, capture_output=True, text=True, timeout=60, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.mark.clause("6.2.1 b")
def test_a_calendar_client_takes_the_meeting_its_change_and_its_end(live_server, tmp_path, cast, office, start):
    facts = {"kind": "joint", "place": "五楼会议室", "title": "第二次联席会议"}
    meeting = actions.call_meeting(**facts, starts_at=start, by=office)
    calendars = Calendars(
        tmp_path, live_server.url + renew_feed(Body.objects.committee(), by=office).get_absolute_url()
    )
    calendars.fetch()
    assert calendars.shown() == ["2026-12-03 14:30-16:30|五楼会议室|CONFIRMED Meeting: 第二次联席会议"]
    change = {"title": meeting.title, "place": "六楼"}
    meeting = actions.revise_meeting(meeting, **change, starts_at=start.replace(day=4, hour=9), by=office)
    calendars.fetch()
    assert calendars.shown() == ["2026-12-04 09:30-11:30|六楼|CONFIRMED Meeting: 第二次联席会议"]
    actions.cancel_meeting(meeting, by=office, reason="台风")
    calendars.fetch()
    assert calendars.shown() == ["2026-12-04 09:30-11:30|六楼|CANCELLED Meeting: 第二次联席会议"]
