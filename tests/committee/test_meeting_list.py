"""Hold the list of meetings: a year at a time, what waits for a signature, the file of exactly what is shown."""

import csv
import io
from datetime import timedelta

import pytest
from django.utils import timezone

from committee.meetings import actions
from tests.committee.conftest import MINUTES
from tests.minutes import confirmed

pytestmark = [pytest.mark.clause("6.2.1 b", "7.1"), pytest.mark.usefixtures("cast")]
LIST, FILE = "/committee/", "/committee/export.csv"
TODAY = timezone.localdate


def titles(answer):
    return [meeting.title for meeting, __ in answer.context["lines"]]


def rows_of(answer):
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_a_year_without_meetings_or_sense_shows_this_year(meeting_in, signed_in):
    now, client = meeting_in("called"), signed_in("chair")
    for asked in ("", "1999", "x", "-1"):
        assert titles(client.get(LIST, {"year": asked})) == [now.title]


def test_a_file_holds_the_year_that_is_shown(meeting_in, signed_in):
    old = meeting_in("minuted", starts_at=timezone.now() - timedelta(days=366))
    new, client = meeting_in("minuted"), signed_in("committee")
    assert [row[0] for row in rows_of(client.get(FILE))[1:]] == [new.title]
    rows = rows_of(client.get(FILE, {"year": old.year}))
    assert [row[0] for row in rows[1:]] == [old.title]
    came, due = (rows[1][4], rows[1][5])
    assert (int(came), int(due)) == (
        sum(entry.presence in entry.ATTENDED for entry in old.roll.all()),
        old.roll.count(),
    )
    assert signed_in("observer").get(FILE).status_code == 403
    assert rows_of(signed_in("branch").get(FILE))[1:] == [], "nobody reads of another body"


def test_a_meeting_without_a_roll_has_no_numbers(meeting_in, signed_in):
    meeting_in("called")
    assert rows_of(signed_in("office").get(FILE))[1][4:6] == ["", ""]


def test_what_waits_for_a_signature_has_a_tab_of_its_own(meeting_in, signed_in, person):
    held = meeting_in("held")
    confirmed(actions.write_minutes(held, MINUTES, by=person("office")), person("office"))
    meeting_in("called")
    assert titles(signed_in("chair").get(LIST, {"tab": "sign"})) == [held.title]
    tabs = {name: [tab["url"] for tab in signed_in(name).get(LIST).context["tabs"]] for name in ("chair", "office")}
    year = f"?year={TODAY().year}"
    assert tabs == {"chair": [year, "?tab=all", "?tab=sign"], "office": [year, "?tab=all"]}
