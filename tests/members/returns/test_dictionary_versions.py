"""Read each period with the dictionary that was in force then, and a locked one as it was locked (6.2.1 j)."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied

from members.indicators.actions import ask, change_indicator
from members.indicators.models import Indicator
from members.indicators.versions.actions import digest_of
from members.indicators.versions.models import BEGINNING, DictionaryVersion
from members.indicators.versions.reading import Dictionaries
from members.months.actions import lock
from members.periods.models import period_named
from members.returns.checks.asked import asked_of
from reports.editions.figures.snapshot import digest, freeze
from tests.members.returns.figures import CODES

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def office(person):
    return person("office")


@pytest.fixture
def renamed(office):
    """Call an indicator otherwise from a month on: `renamed("进馆人次", since="2026-04")`."""

    def rename(name, since="", code="V01"):
        one = Indicator.objects.get(code=code)
        one.name = name
        return change_indicator(one, since=since, by=office)

    return rename


def called(month, code="V01"):
    return next(one.name for one in Dictionaries().at(period_named(month)) if one.code == code)


def numbers():
    return list(DictionaryVersion.objects.order_by("number").values_list("number", "since"))


@pytest.mark.clause("6.2.1 j")
def test_a_change_makes_a_version_and_the_months_before_it_are_read_as_they_were(renamed, office, cast):
    assert numbers() == [(1, BEGINNING)]
    renamed("进馆人次", since="2026-04")
    assert numbers() == [(1, BEGINNING), (2, "2026-04")]
    assert [called(month) for month in ("2026-03", "2026-04", "2026", "2025")] == [
        *("到馆人次", "进馆人次", "进馆人次", "到馆人次"),
    ]
    newest = DictionaryVersion.objects.get(number=2)
    assert (newest.made_by, newest.digest) == (office, digest_of(newest.content))


def test_what_changes_before_a_later_change_is_true_after_it_too(renamed):
    renamed("进馆人次", since="2026-06")
    renamed("借书册次", since="2026-04", code="L01")
    assert numbers() == [(1, BEGINNING), (2, "2026-06"), (3, "2026-04"), (4, "2026-06")]
    names = [(called(month), called(month, "L01")) for month in ("2026-03", "2026-04", "2026-06")]
    assert names == [("到馆人次", "文献外借册次"), ("到馆人次", "借书册次"), ("进馆人次", "借书册次")]


def test_months_that_are_over_keep_their_dictionary(renamed):
    with pytest.raises(PermissionDenied, match="February 2026 is over"):
        renamed("进馆人次", since="2026-02")
    assert numbers() == [(1, BEGINNING)]


@pytest.mark.clause("6.1 d")
def test_an_indicator_of_next_year_leaves_last_years_reports_as_they_are(office, accepted):
    accepted()
    before = {code: digest(freeze(kind, code)) for kind, code in (("monthly", "2026-02"), ("annual", "2025"))}
    ask(Indicator.objects.get(code="N04"), since="2027-01", by=office)
    after = {code: digest(freeze(kind, code)) for kind, code in (("monthly", "2026-02"), ("annual", "2025"))}
    assert before == after
    assert [entry["code"] for entry in freeze("monthly", "2026-02")["dictionary"]] == list(CODES)


@pytest.mark.clause("6.1 d")
def test_a_report_names_the_version_of_the_dictionary_that_it_was_frozen_with(renamed, accepted, clock):
    accepted()
    first = DictionaryVersion.objects.get()
    assert freeze("monthly", "2026-02")["dictionary_version"] == {
        "number": 1,
        "since": BEGINNING,
        "digest": first.digest,
    }
    renamed("进馆人次")
    clock.move_to(datetime(2026, 4, 3, 9, tzinfo=SHANGHAI))
    assert freeze("monthly", "2026-03")["dictionary_version"]["number"] == 2
    assert [freeze("monthly", month)["dictionary"][0]["name"] for month in ("2026-02", "2026-03")] == [
        *("到馆人次", "进馆人次"),
    ]


def test_a_locked_month_is_read_as_the_dictionary_was_when_it_was_locked(office, renamed, accepted, clock):
    clock.move_to(datetime(2026, 4, 3, 9, tzinfo=SHANGHAI))
    one = accepted(period="2026-03")
    renamed("进馆人次", since="2026-04")
    lock("2026-03", by=office, acknowledged=99)
    # Nobody can do this any more through the action; the lock holds where the rows would not.
    late = DictionaryVersion.objects.get(number=2)
    DictionaryVersion.objects.create(number=3, since="2026-03", content=late.content, digest=late.digest)
    assert called("2026-03") == "到馆人次"
    one.refresh_from_db()
    assert next(each.name for each in asked_of(one) if each.code == "V01") == "到馆人次"


def test_nobody_is_asked_in_an_earlier_month_for_what_is_asked_from_the_next_one(office, draft):
    ask(Indicator.objects.get(code="L04"), since="2026-04", levels=["point"], by=office)
    ask(Indicator.objects.get(code="N04"), since="2026-04", by=office)
    assert [one.code for one in asked_of(draft(L04=None))] == list(CODES)
    april = Dictionaries().at(period_named("2026-04"))
    assert {one.code: (one.in_use, one.asked_from) for one in april if one.code in ("L04", "N04")} == {
        "L04": (True, date(2026, 4, 1)),
        "N04": (True, date(2026, 4, 1)),
    }


def test_nothing_more_is_read_where_nothing_has_changed(cast, django_assert_num_queries):
    period = period_named("2026-02")
    with django_assert_num_queries(1):
        assert len(Dictionaries().at(period)) == 69
