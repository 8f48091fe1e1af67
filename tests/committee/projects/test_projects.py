"""Hold the key projects: who decides, what makes a light, what is told when, and what the bulletin freezes."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from committee.projects import actions
from committee.projects.bulletins.actions import give_bulletin
from committee.projects.bulletins.models import last_day_of, quarter_before
from committee.projects.bulletins.papers import BULLETIN
from committee.projects.gantt import LABELS, WIDTH, gantt_of
from committee.projects.lights import Colour, light_of
from committee.projects.models import Project
from committee.projects.room import projects_decided, projects_followed_up
from committee.projects.tasks import escalate_milestones, remind_of_bulletin, remind_of_updates
from fsul_portal.grammar.evidence import NO_RECORD, Standing
from fsul_portal.letters.actions import draft
from fsul_portal.rooms import dues_between
from fsul_portal.verdicts import NotNow, Refusal, Unready
from members.periods.models import month_before
from tests.committee.projects.stage import (
    backdated,
    decided,
    in_days,
    last_quarter,
    proposed,
    reached,
    under_way,
    with_risk,
)

DAY = timedelta(days=1)
DECIDES, FOLLOWS = pytest.mark.clause("6.1 c"), pytest.mark.clause("6.2.1 f")


def updated(cast, project, progress=50, month=""):
    month = month or month_before(f"{timezone.localdate():%Y-%m}")
    return actions.update(project, by=cast["technical-lead"], month=month, progress=progress, done="完成测试")


def told_to(notices):
    return {one.recipient.username for one in notices}


@DECIDES
def test_a_meeting_decides_and_nobody_enters_it_for_his_own_proposal(cast):
    project, today = proposed(cast, by="chair"), in_days(0)
    with pytest.raises(Refusal, match="proposal of their own"):
        actions.decide(project, by=cast["chair"], number="6", day=today)
    project = proposed(cast)
    with pytest.raises(Refusal):
        actions.decide(project, by=cast["office"], number="6", day=today)
    with pytest.raises(Unready):
        actions.decide(project, by=cast["chair"], number="6", day=today + DAY)
    project = actions.decide(project, by=cast["chair"], number="议定〔2026〕6号", day=today)
    assert (project.number, project.decided_by) == (f"FSUL-XM-{today.year}-01", cast["chair"])


@DECIDES
@pytest.mark.checklist("B9")
@pytest.mark.parametrize(("by", "may"), [("committee", True), ("nanhai-reviewer", True), ("nanhai", False)])
def test_committee_leads_and_districts_propose(cast, by, may):
    if may:
        assert proposed(cast, by=by).state == "proposed"
    else:
        with pytest.raises(Refusal):
            proposed(cast, by=by)


@DECIDES
@pytest.mark.checklist("B9")
def test_a_proposal_is_read_by_those_who_oversee_what_is_decided_by_everybody(cast, signed_in):
    for project, status in ((proposed(cast), 404), (decided(cast), 200)):
        assert signed_in("observer").get(project.get_absolute_url()).status_code == status
        assert signed_in("technical-lead").get(project.get_absolute_url()).status_code == 200


@DECIDES
@pytest.mark.parametrize("wrong", [{"ends": -100}, {"ends": -101}, {"budget": Decimal(-1)}])
def test_a_project_that_ends_before_it_begins_or_costs_less_than_nothing_is_refused(cast, wrong):
    with pytest.raises(Unready):
        proposed(cast, **wrong)


@DECIDES
def test_a_milestone_lies_within_the_project_and_is_moved_by_a_decision_alone(cast):
    project = decided(cast)
    for days in (-101, 101):
        with pytest.raises(Unready):
            actions.add_milestone(project, by=cast["office"], title="外", due_on=in_days(days))
    milestone = project.milestones.get()
    facts = {"milestone": milestone.pk, "number": "议定〔2026〕7号", "day": in_days(0)}
    with pytest.raises(Refusal):
        actions.move_milestone(project, by=cast["technical-lead"], due_on=in_days(200), **facts)
    project = actions.move_milestone(project, by=cast["office"], due_on=in_days(200), **facts)
    moved = project.milestones.get()
    assert (moved.due_on, moved.first_due_on, moved.decision) == (in_days(200), in_days(30), "议定〔2026〕7号")
    assert project.ends_on == in_days(200)


@DECIDES
def test_it_begins_with_a_milestone_and_is_accepted_once_all_are_reached_by_somebody_else(cast):
    bare = actions.decide(proposed(cast), by=cast["chair"], number="6", day=in_days(0))
    with pytest.raises(NotNow, match="no milestone yet"):
        actions.begin_project(bare, by=cast["technical-lead"])
    with pytest.raises(NotNow, match="Not every milestone"):
        actions.accept(under_way(cast), by=cast["chair"], outcome="好")
    project = actions.accept(reached(cast), by=cast["chair"], outcome="按期上线")
    assert (project.state, project.finished_by, project.outcome) == ("accepted", cast["chair"], "按期上线")


@FOLLOWS
def test_an_update_of_the_same_month_corrects_it_and_months_to_come_are_refused(cast):
    project = updated(cast, updated(cast, under_way(cast), 30), 40)
    assert [one.progress for one in project.updates.all()] == [40]
    for month in ("2026", "2026-13", f"{timezone.localdate().year + 1}-01"):
        with pytest.raises(Unready):
            updated(cast, project, month=month)
    with pytest.raises(Refusal):
        actions.update(project, by=cast["resources-lead"], month="2026-10", progress=1, done="x")


@FOLLOWS
@pytest.mark.parametrize(
    ("starts", "ends", "due", "progress", "colour", "said"),
    [
        (-100, 100, 30, 50, Colour.GREEN, ""),
        (-100, 100, 30, 39, Colour.YELLOW, "points behind time"),
        (-100, 100, 30, 20, Colour.RED, "points behind time"),
        (-100, 100, -5, 50, Colour.YELLOW, "overdue for"),
        (-100, 100, -60, 50, Colour.RED, "overdue for"),
        (-100, -1, -50, 100, Colour.RED, "its last day is over"),
    ],
)
def test_the_light_follows_from_milestones_time_and_progress(cast, starts, ends, due, progress, colour, said):
    project = backdated(under_way(cast, starts=starts, ends=ends, due=due))
    light = light_of(updated(cast, project, progress), timezone.localdate())
    assert light.colour is colour
    assert said in "".join(light.reasons)
    assert bool(light.reasons) == (colour is not Colour.GREEN)


@FOLLOWS
def test_a_missing_update_and_a_high_risk_make_it_yellow_and_what_is_over_has_no_light(cast):
    today = timezone.localdate()
    project = backdated(under_way(cast, starts=-1))
    assert light_of(project, today).reasons == ("no update of last month",)
    assert light_of(updated(cast, project, 0), today).colour is Colour.GREEN
    risky = with_risk(cast)
    assert "1 high risks open" in light_of(updated(cast, risky, 50), today).reasons
    risky = actions.close_risk(risky, by=cast["office"], risk=risky.risks.get().pk)
    assert light_of(risky, today).colour is Colour.GREEN
    with pytest.raises(Unready):
        actions.add_risk(risky, by=cast["office"], text="高", level="high")
    assert light_of(proposed(cast), today) is None


@DECIDES
def test_an_overdue_milestone_goes_up_to_the_chair_and_then_to_the_committee(cast):
    project = under_way(cast, due=1)
    due = project.milestones.get().due_on
    assert told_to(escalate_milestones(due)) == set()
    assert told_to(escalate_milestones(due + DAY)) == {"technical-lead", "office"}
    assert told_to(escalate_milestones(due + 17 * DAY)) == {"chair"}
    assert {"committee", "chair", "coordination-lead"} <= told_to(escalate_milestones(due + 35 * DAY))
    assert escalate_milestones(due + 36 * DAY) == []


@FOLLOWS
def test_the_update_of_a_month_is_asked_for_near_its_end_and_told_to_the_office_once_it_is_over(cast):
    backdated(under_way(cast), 70)
    last = date(timezone.localdate().year, 12, 27)
    assert told_to(remind_of_updates(last.replace(day=24))) == {"technical-lead", "office"}
    assert told_to(remind_of_updates(last)) == {"technical-lead"}
    assert told_to(remind_of_updates(last + 6 * DAY)) == {"technical-lead", "office"}


@DECIDES
def test_conformity_asks_for_milestones_that_are_not_overdue_without_a_decision(cast):
    today = timezone.localdate()
    assert projects_decided(today) == NO_RECORD
    proposed(cast)
    assert projects_decided(today) == NO_RECORD
    project = decided(cast, due=1)
    late = in_days(3)
    assert projects_decided(today).standing is Standing.HELD
    assert projects_decided(late).standing is Standing.AT_RISK
    assert projects_decided(late + 40 * DAY).standing is Standing.NOT_HELD
    facts = {"milestone": project.milestones.get().pk, "number": "议定〔2026〕7号", "day": in_days(0)}
    actions.move_milestone(project, by=cast["office"], due_on=in_days(90), **facts)
    assert projects_decided(late + 40 * DAY).standing is Standing.HELD


@FOLLOWS
def test_conformity_asks_for_the_updates_of_last_month_and_the_bulletin_of_last_quarter(cast):
    today = timezone.localdate()
    assert projects_followed_up(today) == NO_RECORD
    project = backdated(under_way(cast))
    assert projects_followed_up(today).standing is Standing.AT_RISK
    updated(cast, project)
    backdated(project, 100)
    assert projects_followed_up(today).standing is Standing.AT_RISK
    assert told_to(remind_of_bulletin(today)) == {"office"}
    give_bulletin(quarter=last_quarter(), by=cast["office"])
    assert projects_followed_up(today).standing is Standing.HELD
    assert remind_of_bulletin(today) == []


@FOLLOWS
def test_a_bulletin_freezes_how_the_projects_stood_and_goes_out_on_paper(cast):
    project = updated(cast, backdated(under_way(cast, due=-60), 100), 50)
    bulletin = give_bulletin(quarter=last_quarter(), by=cast["office"], summary="总体平稳。")
    actions.end(project, by=cast["chair"], note="停止")
    row = bulletin.rows[0]
    assert (row["title"], row["colour"], row["progress"]) == ("统一自动化平台升级", "red", 50)
    assert "逾期" in row["reasons"][0]
    paper = draft(BULLETIN, bulletin, by=cast["office"])
    assert "统一自动化平台升级" in str(paper.content)
    with pytest.raises(Unready):
        give_bulletin(quarter=last_quarter(), by=cast["office"])
    with pytest.raises(Unready):
        give_bulletin(quarter=f"{timezone.localdate().year + 1}-Q1", by=cast["office"])
    with pytest.raises(Refusal):
        give_bulletin(quarter="2026-Q2", by=cast["chair"])


@FOLLOWS
@pytest.mark.parametrize(
    ("day", "quarter", "last"),
    [
        (date(2026, 1, 1), "2025-Q4", date(2025, 12, 31)),
        (date(2026, 4, 1), "2026-Q1", date(2026, 3, 31)),
        (date(2026, 12, 31), "2026-Q3", date(2026, 9, 30)),
    ],
)
def test_the_quarter_before_a_day_ends_on_its_last_day(day, quarter, last):
    assert (quarter_before(day), last_day_of(quarter)) == (quarter, last)


@FOLLOWS
def test_the_chart_has_its_bars_within_its_months_and_nothing_where_there_is_nothing(cast, signed_in):
    today = timezone.localdate()
    assert gantt_of([], today) is None
    project = updated(cast, under_way(cast), 50)
    chart = gantt_of([Project.objects.for_lists().get(pk=project.pk)], today)
    bar = chart.bars[0]
    assert LABELS <= bar.left < bar.left + bar.width <= WIDTH
    assert bar.done == pytest.approx(bar.width / 2, abs=0.1)
    assert [mark.looks for mark in bar.marks] == ["open"]
    assert bar.left < chart.today < bar.left + bar.width
    page = signed_in("observer").get("/committee/projects/gantt/").content.decode()
    assert page.count('class="span ') == 1
    assert "完成数据迁移" in page.split("<table")[1]


@FOLLOWS
def test_a_list_finds_a_project_by_its_light(cast, signed_in):
    red = updated(cast, under_way(cast, due=-60), 50)
    under_way(cast, starts=-1, title="另一项")
    page = signed_in("office").get("/committee/projects/", {"tab": "all", "words": "red"})
    assert [thing for thing, __ in page.context["lines"]] == [red]


@FOLLOWS
def test_the_calendar_tells_milestones_to_whoever_is_responsible_and_to_those_who_follow_up(cast):
    milestone = under_way(cast).milestones.get()
    day, key = milestone.due_on, f"milestone-{milestone.pk}"
    found = [
        [due.own for due in dues_between(cast[name], day, day) if due.key == key]
        for name in ("technical-lead", "office", "committee", "nanhai")
    ]
    assert found == [[True], [False], [False], []]
