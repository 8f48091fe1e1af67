"""Hold the plan of the annual report: written by the office, set by the chair, done by those it names."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from fsul_portal.assignments.models import Assignment
from fsul_portal.records.models import Record
from fsul_portal.rooms import waiting_for
from fsul_portal.verdicts import Overtaken
from reports.editions.life.room import plan_is_late
from reports.planning.actions import set_plan, write_plan
from reports.planning.models import ReportPlan
from reports.planning.tasks import ask_for_the_plan
from tests.english import in_english
from tests.reports.planning.stage import planned

__all__ = ["in_english"]
pytestmark = [pytest.mark.clause("6.1 d"), pytest.mark.usefixtures("in_english")]
PAGE = "/reports/plans/2026/"
TODAY = "2026-12-03T09:00:00+08:00"


@pytest.fixture(autouse=True)
def in_december(time_machine):
    time_machine.move_to(TODAY, tick=False)


@pytest.fixture
def plan(cast):
    return planned(cast, 2026)


def typed(plan, **change):
    facts = {"version": plan.version, "outline": "一、概况", "dictionary": plan.dictionary_id}
    return facts | {"parts": f"概况，office，2027-01-31\n服务，{plan.parts.last().writer.name}，2027-02-15"} | change


def test_the_office_writes_it_and_the_chair_sets_it(plan, cast, signed_in):
    assert signed_in("office").post(PAGE, typed(plan)).status_code == 302
    plan.refresh_from_db()
    assert list(plan.parts.values_list("title", "writer__username")) == [("概况", "office"), ("服务", "committee")]
    with pytest.raises(PermissionDenied, match="Only the chair"):
        set_plan(plan, by=cast["office"])
    [line] = [line for line in waiting_for(cast["chair"]) if line.label == "Plans of annual reports to set"]
    assert (line.count, line.url) == (1, "/reports/plans/")
    page = signed_in("chair").get(PAGE).content.decode()
    assert ("Set the plan" in page, "Save the plan" in page) == (True, False)
    assert signed_in("chair").post(f"{PAGE}set/", {"version": 1}).status_code == 302
    tasks = Assignment.objects.of(plan).order_by("due_on").values_list("person__username", "due_on", "title")
    assert list(tasks) == [
        ("office", date(2027, 1, 29), "Write for the annual report of 2026: 概况"),
        ("committee", date(2027, 2, 15), "Write for the annual report of 2026: 服务"),
    ]
    verbs = list(Record.objects.of(plan).filter(verb__startswith="plan").values_list("verb", flat=True))
    assert verbs == ["plan set", "plan written", "plan written"]


def test_a_plan_that_is_set_changes_no_more(plan, cast, signed_in):
    set_plan(plan, by=cast["chair"])
    assert signed_in("office").post(PAGE, typed(plan)).status_code == 409
    assert "Save the plan" not in signed_in("office").get(PAGE).content.decode()


def test_nobody_sets_his_own_or_one_without_parts_or_another_than_he_saw(plan, cast):
    facts = {"outline": plan.outline, "dictionary": plan.dictionary}
    ReportPlan.objects.update(written_by=cast["chair"])
    with pytest.raises(PermissionDenied, match="which he wrote himself"):
        set_plan(plan, by=cast["chair"])
    plan = write_plan(2026, **facts, parts=[], by=cast["office"])
    with pytest.raises(PermissionDenied, match="who writes what"):
        set_plan(plan, by=cast["chair"])
    parts = [("概况", cast["office"], date(2027, 1, 31))]
    write_plan(2026, **facts, parts=parts, by=cast["office"])
    with pytest.raises(Overtaken):
        set_plan(plan, by=cast["chair"], version=plan.version)
    with pytest.raises(Overtaken):
        write_plan(2026, **facts, parts=[], by=cast["office"], version=0)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("概况，office", "“概况，office” lacks a title, a name or a day."),
        ("概况，office，2027-02-30", "“概况，office，2027-02-30” does not end with a day such as 2027-01-31."),
        ("概况，查无此人，2027-01-31", "Nobody is called “查无此人”."),
        ("概况，office，2027-01-31\n概况，office，2027-02-01", "A part stands there twice."),
    ],
)
def test_a_line_that_cannot_be_read_is_named(line, sentence, plan, signed_in):
    form = signed_in("office").post(PAGE, typed(plan, parts=line)).context["form"]
    assert form.errors["parts"] == [sentence]


def test_others_do_not_write_it(plan, signed_in):
    assert [signed_in(name).post(PAGE, typed(plan)).status_code for name in ("chair", "nanhai")] == [403, 403]
    assert signed_in("nanhai").get("/reports/plans/").status_code == 403


def test_december_asks_for_the_plan_twice_until_it_is_set(plan, cast):
    told = {day: len(ask_for_the_plan(date(2026, 12, day))) for day in (1, 2, 20, 31)}
    assert [bool(count) for count in told.values()] == [True, False, True, False]
    assert ask_for_the_plan(date(2026, 11, 30)) == []
    set_plan(plan, by=cast["chair"])
    assert ask_for_the_plan(date(2027, 12, 1)) != []


def test_a_part_past_its_day_puts_the_duty_at_risk(plan, cast):
    set_plan(plan, by=cast["chair"])
    found = [plan_is_late(2026, day) for day in (date(2027, 1, 29), date(2027, 1, 30))]
    assert found == [False, True]
