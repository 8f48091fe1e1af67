"""The return of a year is reminded of and chased like that of a month, where it is asked for (6.2.1 j)."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from fsul_portal.access.deputies.actions import name_deputy
from fsul_portal.notices.models import Notice
from fsul_portal.notices.reminders import remind
from members.chasing.actions import chase
from members.divisions.models import Division
from members.indicators.actions import ask
from members.indicators.models import Indicator
from members.periods.models import Period, period_named
from members.returns.due.completeness import missing_spells
from members.returns.due.days import deadline, district_deadline, lock_deadline
from tests.members.returns.conftest import clock, english

__all__ = ["clock", "english"]
pytestmark = pytest.mark.clause("6.2.1 j")
YEAR = "2026"


@pytest.fixture
def year(person):
    """The year 2026, of which funding is asked of the central library and those of districts."""
    ask(Indicator.objects.get(code="X01"), since="2026-03", levels=["central", "district"], by=person("office"))
    return period_named(YEAR)


def on(day):
    with time_machine.travel(datetime(day.year, day.month, day.day, 8, tzinfo=ZoneInfo("Asia/Shanghai"))):
        return remind(day)


def told(person, *parts):
    key = ":".join(["return-due", *parts])
    return Notice.objects.filter(recipient__username=person, key__startswith=key)


def counts(*people):
    return [told(name, f"{YEAR}:").count() for name in people]


def test_it_is_reminded_of_before_its_day_on_it_and_after_it(year):
    end = deadline(year).day
    assert end == date(2027, 1, 5)
    seen = []
    for days in (-3, -2, 0, 0, 1):
        on(end + timedelta(days=days))
        seen.append(counts("nanhai")[0])
    assert seen == [0, 1, 2, 2, 3]
    assert [one.subject for one in told("nanhai", f"{YEAR}:").order_by("pk")][-1] == (
        "Returns of 2026 are overdue since 5 January 2027"
    )


def test_only_those_who_are_asked_are_reminded_and_led_to_their_return(year, signed_in):
    on(deadline(year).day)
    [notice] = told("nanhai", f"{YEAR}:")
    assert notice.link == f"/reports/returns/?tab=fill&period={YEAR}"
    missing = {spell.library.code for spell in missing_spells(year)}
    assert "NH001" in missing
    with time_machine.travel(datetime(2027, 1, 6, 8, tzinfo=ZoneInfo("Asia/Shanghai"))):
        page = signed_in("nanhai").get(notice.link)
    assert (page.status_code, page.content.decode().count("/reports/returns/NH001/2026/")) == (200, 1)


def test_where_nothing_is_asked_once_a_year_nobody_is_reminded_of_a_year(cast):
    on(deadline(period_named(YEAR)).day)
    assert Notice.objects.filter(key__startswith=f"return-due:{YEAR}:").count() == 0
    assert Notice.objects.filter(key__startswith=f"return-due:{YEAR}-12:").exists()


def test_the_district_its_deputy_and_the_office_are_told_on_their_days(year, person):
    reviewer, deputy = person("nanhai-reviewer"), person("committee")
    day = district_deadline(year).day
    name_deputy(reviewer, deputy, first_day=day, last_day=day + timedelta(days=9), by=reviewer)
    on(day)
    own, of_deputy = told("nanhai-reviewer", "district", f"{YEAR}:"), told("committee", "district", f"{YEAR}:")
    assert (own.count(), of_deputy.count(), own.get().body == of_deputy.get().body) == (1, 1, True)
    assert not told("office", "lock", f"{YEAR}:").exists()
    on(lock_deadline(year).day)
    assert told("office", "lock", f"{YEAR}:").get().subject.startswith("2026 is to be locked by")


def test_a_locked_year_is_reminded_of_no_more(year):
    Period.objects.create(
        code=YEAR, first_day=year.first_day, last_day=year.last_day, locked_at=datetime.now(tz=ZoneInfo("UTC"))
    )
    on(deadline(year).day)
    assert counts("nanhai", "branch") == [0, 0]


def test_it_is_chased_by_district(year, person):
    nanhai = Division.objects.get(code="440605")
    with time_machine.travel(datetime(2027, 1, 10, 8, tzinfo=ZoneInfo("Asia/Shanghai"))):
        one = chase(year, nanhai, by=person("nanhai-reviewer"))
    assert "NH001" in one.libraries
    assert told("nanhai", "chase").get().subject == "Please hand in the returns of 2026"
