"""Returns are reminded of before and after their day, and chased by district with one press (6.2.1 j)."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from fsul_portal.access.deputies.actions import name_deputy
from fsul_portal.notices.models import Notice
from fsul_portal.notices.reminders import remind
from fsul_portal.records.models import Record
from members.chasing.actions import chase, missing_in
from members.chasing.models import Chase
from members.chasing.reporters import reporters_of
from members.divisions.models import Division
from members.months.actions import lock
from members.periods.models import period_named
from members.returns.due.actions import set_due_day
from members.returns.due.completeness import missing_spells
from members.returns.due.days import deadline, district_deadline, lock_deadline
from members.returns.due.models import DueRule
from tests.members.returns.conftest import accepted, clock, draft, english, submitted

__all__ = ["accepted", "clock", "draft", "english", "submitted"]
pytestmark = pytest.mark.clause("6.2.1 j")
MONTH = "2026-02"


@pytest.fixture
def nanhai_district(cast):
    return Division.objects.get(code="440605")


def told(person, beginning="return-due"):
    return Notice.objects.filter(recipient__username=person, key__startswith=beginning)


def test_whoever_reports_for_a_missing_library_is_told_once_with_all_of_them(person, nanhai_district, accepted):
    accepted("NH003")
    one = chase(period_named(MONTH), nanhai_district, by=person("office"), note="请于今日报送")
    assert sorted(one.libraries) == ["NH001", "NH002", "NH004"]
    [notice] = told("nanhai")
    assert notice.body.split("\n")[1] == "请于今日报送"
    assert [told(name).count() for name in ("branch", "chancheng", "nanhai-reviewer")] == [1, 0, 0]
    assert (one.told, Record.objects.of(one).get().verb) == (2, "chased")


def test_twice_on_one_day_is_once(person, nanhai_district):
    chase(period_named(MONTH), nanhai_district, by=person("office"))
    with pytest.raises(PermissionDenied, match="has chased"):
        chase(period_named(MONTH), nanhai_district, by=person("nanhai-reviewer"))
    assert (Chase.objects.count(), told("nanhai").count()) == (1, 1)


def test_the_next_day_it_is_asked_again(person, nanhai_district, clock):
    chase(period_named(MONTH), nanhai_district, by=person("office"))
    clock.shift(86400)
    chase(period_named(MONTH), nanhai_district, by=person("office"))
    assert told("nanhai").count() == 2


def test_the_database_keeps_two_chases_of_a_day_apart(person, nanhai_district):
    one = chase(period_named(MONTH), nanhai_district, by=person("office"))
    one.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        one.save(force_insert=True)


@pytest.mark.parametrize("name", ["chancheng", "observer", "chair", "branch"])
def test_others_do_not_chase(person, nanhai_district, name):
    with pytest.raises(PermissionDenied):
        chase(period_named(MONTH), nanhai_district, by=person(name))


def test_nobody_is_chased_for_a_month_that_runs_or_is_locked_or_is_complete(person, nanhai_district, accepted):
    with pytest.raises(PermissionDenied, match="is not over yet"):
        chase(period_named("2026-03"), nanhai_district, by=person("office"))
    for code in ("NH001", "NH002", "NH003", "NH004"):
        accepted(code)
    with pytest.raises(PermissionDenied, match="has handed in"):
        chase(period_named(MONTH), nanhai_district, by=person("office"))
    lock(MONTH, by=person("office"), acknowledged=99)
    with pytest.raises(PermissionDenied, match="is locked"):
        chase(period_named(MONTH), nanhai_district, by=person("office"))


def test_libraries_for_which_nobody_reports_are_named(person, cast):
    gaoming = Division.objects.get(code="440608")
    found = missing_in(period_named(MONTH), gaoming)
    assert (len(found.unheard), len(found.people)) == (len(found.spells), 0)


def test_who_reports_is_found_in_two_queries_however_many(cast, django_assert_max_num_queries):
    spells = list(missing_spells(period_named(MONTH)))
    reporters_of([])
    with django_assert_max_num_queries(2):
        assert len(reporters_of(spells)) == 4


def test_reminders_come_before_the_day_on_it_and_after_it_each_once(cast, clock):
    end = deadline(period_named(MONTH)).day
    assert end == date(2026, 3, 5)
    counts = []
    for day in (date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 5), date(2026, 3, 5), date(2026, 3, 6)):
        with time_machine.travel(datetime(day.year, day.month, day.day, 8, tzinfo=ZoneInfo("Asia/Shanghai"))):
            remind(day)
        counts.append(told("nanhai", f"return-due:{MONTH}").count())
    assert counts == [0, 1, 2, 2, 3]
    assert told("nanhai", f"return-due:{MONTH}").order_by("pk").last().subject == (
        "Returns of February 2026 are overdue since 5 March 2026"
    )


def test_whoever_has_handed_in_is_not_reminded(person, submitted):
    submitted("NH003")
    remind(date(2026, 3, 5))
    assert [told("nanhai", f"return-due:{MONTH}").get().body.count(name) for name in ("大沥", "桂城")] == [0, 1]


def test_districts_and_the_office_are_told_on_their_days(person, submitted):
    period = period_named(MONTH)
    assert (district_deadline(period).day, lock_deadline(period).day) == (date(2026, 3, 9), date(2026, 3, 12))
    submitted("NH003")
    remind(date(2026, 3, 9))
    [notice] = told("nanhai-reviewer", f"return-due:district:{MONTH}")
    assert notice.body.split("\n")[0] == "1 return waits for you."
    assert not told("office", f"return-due:lock:{MONTH}").exists()
    remind(date(2026, 3, 12))
    assert told("office", f"return-due:lock:{MONTH}").count() == 1


def test_whoever_acts_for_a_reviewer_who_is_away_is_told_of_what_waits_for_him(person, submitted):
    submitted("NH003")
    reviewer, deputy = person("nanhai-reviewer"), person("committee")
    name_deputy(reviewer, deputy, first_day=date(2026, 3, 9), last_day=date(2026, 3, 20), by=reviewer)
    with time_machine.travel(datetime(2026, 3, 9, 8, tzinfo=ZoneInfo("Asia/Shanghai"))):
        remind(date(2026, 3, 9))
    [own], [of_deputy] = (told(name, f"return-due:district:{MONTH}") for name in ("nanhai-reviewer", "committee"))
    assert (of_deputy.body, of_deputy.body.split("\n")[0]) == (own.body, "1 return waits for you.")


def test_an_editor_who_is_away_has_no_deputy(person):
    """Deputies answer turns; nobody enters figures for another person by being his deputy."""
    editor = person("nanhai")
    name_deputy(editor, person("committee"), first_day=date(2026, 3, 1), last_day=date(2026, 3, 20), by=editor)
    with time_machine.travel(datetime(2026, 3, 5, 8, tzinfo=ZoneInfo("Asia/Shanghai"))):
        remind(date(2026, 3, 5))
    assert [told(name, f"return-due:{MONTH}").count() for name in ("nanhai", "committee")] == [1, 0]


def test_the_chain_begins_with_a_month_and_changes_no_month_that_is_over(person):
    set_due_day("2026-03", 6, by=person("office"), district_day=10, lock_day=15)
    rules = DueRule.objects.order_by("since").values_list("day", "district_day", "lock_day")
    assert list(rules) == [(5, 8, 12), (6, 10, 15)]
    assert lock_deadline(period_named(MONTH)).day == date(2026, 3, 12)
    set_due_day("2026-04", 20, by=person("office"))
    assert DueRule.objects.values_list("day", "district_day", "lock_day").get(since="2026-04") == (20, 20, 20)


def test_the_page_of_the_month_leads_to_chasing_and_tells_of_it(signed_in, cast):
    client = signed_in("office")
    address = f"/reports/months/{MONTH}/chase/440605/"
    assert client.get(f"/reports/months/{MONTH}/").content.decode().count(address) == 1
    page = client.get(address).content.decode()
    assert page.count("4 libraries have not handed in; 2 people are told.") == 1
    answer = client.post(address, {"note": "请尽快"}, follow=True)
    assert answer.content.decode().count("请尽快") == 1


def test_a_district_is_led_to_its_own_libraries_alone(signed_in, cast):
    page = signed_in("nanhai").get(f"/reports/months/{MONTH}/").content.decode()
    assert [page.count(f"/chase/{code}/") for code in ("440605", "440604")] == [1, 0]
