"""The page of a month says at which station each return waits, for whom, and since how many working days (6.2.1 j)."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fsul_portal.approvals.kinds import KINDS
from fsul_portal.approvals.models import Writer
from fsul_portal.approvals.ways.actions import edit_way, load_default_ways
from members.months.actions import lock
from members.periods.models import period_named
from members.returns import actions
from members.returns.intake.actions import import_returns
from members.returns.models import Return
from reports.corrections import actions as corrections
from reports.waits.stations import heaps, waiting, waits_of
from tests.members.returns.conftest import accepted, clock, draft, english, stored, submitted
from tests.members.returns.figures import table
from tests.members.returns.test_certification import ACCEPTED, head

__all__ = ["accepted", "clock", "draft", "english", "head", "stored", "submitted"]
pytestmark = pytest.mark.clause("6.2.1 j")
MONTH = "2026-02"
ADDRESS = f"/reports/months/{MONTH}/waits/"
NANHAI = "440605"
OF_LIBRARY = "the library"
REVIEWER = "signing reviewer of the district library"
LEAD = "lead of the coordination group"


@pytest.fixture
def at_each_station(draft, submitted, accepted, person):
    """Leave one return of 南海 accepted, one with its reviewer, one given back and one in writing."""
    accepted("NH001")
    submitted("NH002")
    actions.give_back(submitted("NH003"), by=person("nanhai-reviewer"), note="请核对")
    draft("NH004")


def stations(code=NANHAI, period=MONTH):
    """Return (station, for whom, how many, the longest in working days) of a district."""
    return [
        (str(one.title), str(one.seat), one.count, one.waited and one.waited.days)
        for one in heaps(period_named(period))
        if one.code == code
    ]


def waits(period=MONTH):
    """Return the waits of all libraries by their code."""
    period = period_named(period)
    return {one.code: one for one in waits_of(list(waiting(period).select_related("library", "district")), period)}


def names(people):
    return [person.name for person in people]


def test_every_library_is_at_one_station_and_what_is_accepted_waits_for_nobody(at_each_station):
    # 28 February was worked for the holidays: seven working days lie between it and the tenth of March.
    assert stations() == [
        ("Being filled in", OF_LIBRARY, 1, 7),
        ("To be corrected", OF_LIBRARY, 1, 0),
        ("Acceptance by the district library", REVIEWER, 1, 0),
    ]
    assert stations("440604") == [("To be begun", OF_LIBRARY, 2, 7)]
    assert set(waits()) == {"NH002", "NH003", "NH004", "FS001", "CC001", "CC002", "SD001", "GM001", "SS001"}


def test_it_counts_working_days_since_the_stage_was_opened_and_says_what_is_overdue(at_each_station, clock):
    clock.shift(timedelta(days=6))
    # The tenth is a Tuesday, the sixteenth a Monday.
    assert [one[3] for one in stations()] == [11, 4, 4]
    found = waits()
    assert (found["NH002"].since, found["NH002"].due.day) == (date(2026, 3, 10), date(2026, 3, 13))
    assert [(code, found[code].is_late) for code in ("NH002", "NH003", "NH004")] == [
        ("NH002", True),
        ("NH003", False),
        ("NH004", True),
    ]


def test_it_names_whom_one_waits_for_and_where_there_is_nobody(at_each_station, person):
    found = waits()
    assert names(found["NH002"].people) == ["麦审核"]
    assert names(found["NH004"].people) == ["关南海"]
    assert names(found["GM001"].people) == []
    # Nobody reviews what he wrote: then it waits for nobody, and the page says so.
    Writer.objects.create(**Writer.objects.filter(object_id=Return.objects.get(library__code="NH002").pk).values(
        "content_type_id", "object_id", "round"
    )[0], person=person("nanhai-reviewer"))  # fmt: skip
    assert names(waits()["NH002"].people) == []


def test_the_people_of_the_library_itself_come_before_those_of_its_district(draft):
    draft("NH002")
    assert names(waits()["NH002"].people) == ["冯分馆", "关南海"]


def test_a_stage_that_the_office_lays_is_a_station_of_its_own(head, submitted, person):
    submitted("NH003")
    submitted("NH002")
    assert stations()[1:] == [
        ("Certification by the head", "head of the library", 1, 0),
        ("Acceptance by the district library", REVIEWER, 1, 0),
    ]
    assert names(waits()["NH003"].people) == ["冯分馆"]
    actions.accept(Return.objects.get(library__code="NH003"), by=person("branch"))
    assert stations()[1:] == [("Acceptance by the district library", REVIEWER, 2, 0)]


def test_what_the_office_accepts_waits_for_the_office(cast, submitted, person):
    load_default_ways()
    of_office = ACCEPTED | {"key": "office_1", "place": "office", "seat_zh": "办公室", "seat_en": "coordination office"}
    edit_way(KINDS["return"], [of_office], by=person("office"))
    submitted("NH003")
    assert stations()[1][1] == "coordination office"
    assert names(waits()["NH003"].people) == ["何秘书"]


def test_a_month_that_is_not_over_waits_for_nobody_yet(cast, signed_in):
    assert {one[3] for one in stations(period="2026-03")} == {None}
    page = signed_in("office").get("/reports/months/2026-03/waits/").content.decode()
    assert page.count("nobody is waited for before its end") == 1


def test_when_all_is_accepted_the_office_locks(cast, person, signed_in):
    everybody = [(code, MONTH, 1234) for code in sorted(waits())]
    assert import_returns(table(*everybody), name="all.csv", by=person("office")).problems == []
    page = signed_in("office").get(ADDRESS).content.decode()
    assert page.count("the coordination office locks the period by 12 March 2026") == 1


def test_a_district_reads_its_own_and_an_observer_nothing(at_each_station, signed_in):
    counts = {}
    for name in ("office", "nanhai", "nanhai-reviewer", "branch", "chancheng", "observer"):
        context = signed_in(name).get(ADDRESS).context
        counts[name] = (context["count"], {one.code for one in context["heaps"]})
    everywhere = {"440600", "440604", "440605", "440606", "440607", "440608"}
    assert counts == {
        "office": (9, everywhere),
        "nanhai": (3, {NANHAI}),
        "nanhai-reviewer": (3, {NANHAI}),
        "branch": (1, {NANHAI}),
        "chancheng": (2, {"440604"}),
        "observer": (0, set()),
    }


def test_a_line_leads_to_its_libraries_and_to_chasing(at_each_station, signed_in):
    client = signed_in("nanhai")
    shown = client.get(ADDRESS, {"district": NANHAI, "station": "returned"}).context
    assert [one.code for one in shown["page"].object_list] == ["NH003"]
    assert client.get(ADDRESS, {"station": "stage-acceptance"}).context["page"].object_list[0].code == "NH002"
    page = client.get(ADDRESS).content.decode()
    assert page.count(f"/reports/months/{MONTH}/chase/{NANHAI}/") == 2
    assert client.get(f"/reports/months/{MONTH}/").content.decode().count(ADDRESS) == 1
    assert client.get("/reports/months/2026-13/waits/").status_code == 404


def test_of_a_locked_month_only_slips_wait_and_the_page_says_for_whom(
    accepted, draft, person, library, signed_in, clock
):
    accepted("NH002")
    draft("NH004")
    month = lock(MONTH, by=person("office"), acknowledged=99)
    nanhai, lead, office = (person(name) for name in ("nanhai", "coordination-lead", "office"))

    def begin(visits):
        return corrections.begin(library("NH002"), month, by=nanhai, new={"V01": visits}, reason="漏计")

    begin(1500)
    corrections.submit(begin(1600), by=nanhai)
    corrections.give_back(corrections.submit(begin(1700), by=nanhai), by=lead, note="请附说明")
    corrections.agree(corrections.submit(begin(1800), by=nanhai), by=lead)
    soon = timezone.localdate() + timedelta(days=1)
    corrections.reopen(library("NH002"), month, by=office, codes=["L01"], reason="与系统不符", due_on=soon)
    clock.shift(timedelta(days=2))
    context = signed_in("office").get(ADDRESS).context
    assert (context["count"], list(context["page"].object_list)) == (0, [])
    told = [(str(one.title), one.seat, names(one.people), one.waited.days, one.is_late) for one in context["slips"]]
    assert told == [
        ("Slip to be filled in", "关南海", [], 2, False),
        ("Approval by the coordination group", LEAD, ["李统筹"], 2, False),
        ("Slip to be corrected", "关南海", [], 2, False),
        ("Slip to be filled in", OF_LIBRARY, ["冯分馆", "关南海"], 2, True),
    ]
    assert signed_in("chancheng").get(ADDRESS).context["slips"] == []


def queries(client):
    client.get(ADDRESS)
    with CaptureQueriesContext(connection) as found:
        client.get(ADDRESS)
    return len(found)


def test_it_costs_the_same_with_one_and_with_many(submitted, draft, signed_in):
    client = signed_in("office")
    submitted("NH002")
    draft("NH004")
    few = queries(client)
    submitted("NH001")
    submitted("NH003")
    draft("CC001", by="chancheng")
    assert (queries(client), few <= 20) == (few, True)
