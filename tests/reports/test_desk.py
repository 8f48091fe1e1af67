"""Hold that the desk of every person tells what the lists behind it hold, and that its first row can be done."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone

from committee.confirmations.waiting import to_sign
from committee.meetings import actions as meetings
from committee.meetings.models import Meeting
from fsul_portal.access.deputies.actions import name_deputy
from fsul_portal.rooms import waiting_for
from members.months import actions as months
from members.periods.models import Period, month_before
from members.returns import actions as returns
from members.returns.models import Return
from reports.demo.cast import PEOPLE
from reports.editions.actions import freeze_edition
from reports.editions.life.actions import submit as put_to_review
from reports.editions.models import Edition
from tests.members.returns.figures import SOUND
from tests.minutes import confirmed
from workgroups.coordination.filings import actions as filings
from workgroups.coordination.filings.models import Filing

EVERYBODY = [one.username for one in PEOPLE]


@pytest.fixture
def full_desks(cast, library):
    """Leave something at every desk: filings at each stage, returns, minutes, a month, a report."""
    today, nanhai = timezone.localdate(), cast["nanhai"]
    for number, code in enumerate(("NH002", "NH003", "NH004")):
        asked = {"effective_on": today + timedelta(days=30), "reason": "x", "requested": _move(number)}
        filing = filings.begin("move", library(code), by=nanhai, asked=asked)
        if number:
            filing = filings.submit(filing, by=nanhai, checked=True)
        if number == 2:
            filings.agree(filing, by=cast["nanhai-reviewer"])
    due = month_before(f"{today:%Y-%m}")
    for code in ("NH001", "NH002"):
        returns.hand_in(library(code), due, SOUND, {}, by=nanhai)
    before = returns.hold(month_before(due))
    handed_in = returns.hand_in(library("NH001"), before, SOUND, {}, by=nanhai)
    returns.accept(handed_in, by=cast["nanhai-reviewer"])
    edition = freeze_edition("monthly", month_before(due, 2))
    Edition.objects.filter(pk=edition.pk).update(provisional=False, pdf="a.pdf", xlsx="a.xlsx", json="a.json")
    meeting = meetings.call_meeting(
        kind=Meeting.Kind.JOINT, starts_at=timezone.now() - timedelta(days=3), place="x", by=cast["office"]
    )
    meetings.write_roll(meeting, [{"name": "梁主任", "unit": "", "presence": "present"}], by=cast["office"])
    meetings.sign_roll(meeting, by=cast["office"])
    confirmed(meetings.write_minutes(meeting, "议定", by=cast["office"]), cast["office"])
    name_deputy(cast["nanhai-reviewer"], cast["observer"], first_day=today, last_day=today, by=cast["nanhai-reviewer"])


def _move(number):
    return {"town": "440605125", "address": f"大沥新路{number}号", "longitude": "", "latitude": "", "crs": ""}


def rows_behind(client, url):
    """Count the rows of the first table of a page, as a reader would, page by page."""
    text = client.get(url).content.decode()
    tables = re.findall(r"<tbody>(.*?)</tbody>", text, re.S)
    return len(re.findall(r"<tr", tables[0])) if tables else 0


def cards_shown(client):
    """Return {address: number} as the first page prints them."""
    text = client.get("/").content.decode()
    links = re.search(r'<ul class="links">(.*?)</ul>', text, re.S)
    found = re.findall(r'<a href="([^"]+)">.*?<span class="count">([\d,]+)</span>', links[1], re.S) if links else []
    return {unescape(url): int(number.replace(",", "")) for url, number in found}


@pytest.mark.parametrize("username", EVERYBODY)
def test_every_number_on_the_desk_is_that_of_the_rows_behind_its_link(username, full_desks, signed_in):
    client = signed_in(username)
    shown = cards_shown(client)
    assert shown == {url: rows_behind(client, url) for url in shown}


def test_everybody_who_has_something_to_do_is_told(full_desks, person):
    told = {name: sorted(card.url.split("?")[0] for card in waiting_for(person(name))) for name in EVERYBODY}
    assert told == {
        "admin": [],
        "chair": ["/committee/"],
        "committee": [],
        "office": ["/reports/", "/reports/months/"],
        "central": ["/reports/returns/"],
        "coordination-lead": ["/workgroups/coordination/filings/"],
        "technical-lead": [],
        "resources-lead": [],
        "nanhai": ["/reports/returns/", "/workgroups/coordination/filings/"],
        "nanhai-reviewer": ["/reports/returns/", "/workgroups/coordination/filings/"],
        "chancheng": ["/reports/returns/"],
        "branch": [],
        "observer": ["/reports/returns/", "/workgroups/coordination/filings/"],
    }


def test_the_first_row_of_every_list_can_be_done(full_desks, person):
    observer, lead = person("observer"), person("coordination-lead")
    filings.agree(Filing.objects.open_to(observer).first(), by=observer)
    assert filings.agree(Filing.objects.open_to(lead).first(), by=lead).number
    returns.accept(Return.objects.open_to(person("nanhai-reviewer")).first(), by=person("nanhai-reviewer"))
    filings.submit(Filing.objects.in_hand_of(person("nanhai")).first(), by=person("nanhai"), checked=True)
    meetings.sign_minutes(to_sign(person("chair")).first(), by=person("chair"))
    put_to_review(Edition.objects.submittable_by(person("office")).first(), by=person("office"))
    locked = Period.objects.get(code=month_before(f"{timezone.localdate():%Y-%m}", 2))
    assert months.lock(locked, by=person("office"), acknowledged=100).is_locked


def test_what_was_given_back_in_an_earlier_month_is_told_until_it_is_handed_in_or_locked(
    cast, library, person, signed_in
):
    nanhai, reviewer = cast["nanhai"], cast["nanhai-reviewer"]
    due = month_before(f"{timezone.localdate():%Y-%m}")
    earlier = [month_before(due, back) for back in (1, 2)]
    for month in (due, *earlier):
        handed_in = returns.hand_in(library("NH002"), returns.hold(month), SOUND, {}, by=nanhai)
        returns.give_back(handed_in, by=reviewer, note="x")
    url = "/reports/returns/?tab=back"
    told = {name: cards_shown(signed_in(name)).get(url) for name in ("nanhai", "branch", "nanhai-reviewer", "office")}
    assert told == {"nanhai": 2, "branch": 2, "nanhai-reviewer": None, "office": None}
    assert rows_behind(signed_in("nanhai"), url) == 2
    returns.hand_in(library("NH002"), returns.hold(earlier[0]), SOUND, {}, by=person("nanhai"))
    assert cards_shown(signed_in("nanhai"))[url] == 1
    months.lock(Period.objects.get(code=earlier[1]), by=person("office"), acknowledged=100)
    assert url not in cards_shown(signed_in("nanhai"))


def test_a_locked_month_is_nobodys_to_do(cast, person, signed_in):
    due = returns.hold(month_before(f"{timezone.localdate():%Y-%m}"))
    months.lock(due, by=cast["office"], acknowledged=100)
    assert waiting_for(person("nanhai")) == []
