"""Hold the plans: their indicators, what the years have brought, and when something of it is missing (6.1 b)."""

import io
from datetime import date, timedelta
from decimal import Decimal

import openpyxl
import pytest
from django.utils import timezone

from committee.plans.actions import add_indicator, drop_indicator, enter_value
from committee.plans.models import Plan, PlanIndicator
from committee.plans.monitoring.sheet import Course, YearValue, _line, lines_of
from committee.plans.room import plans_in_force
from committee.plans.rules import may_drop_indicators
from committee.plans.tasks import enter_due, remind_of_plans, remind_of_values
from fsul_portal.grammar.evidence import NO_RECORD, Standing
from fsul_portal.papers import actions
from fsul_portal.verdicts import Kind, Overtaken, Unready
from members.returns.actions import accept, hand_in
from tests.committee.plans.stage import decided, in_force, measured, proposed
from tests.members.returns.figures import SOUND

pytestmark = pytest.mark.clause("6.1 b")
YEAR = timezone.localdate().year
FACTS = {"goal": "覆盖", "base_year": 2024, "base": Decimal(1), "target": Decimal(2)}


def typed_of(plan):
    return plan.indicators.get(code="")


def test_a_plan_does_not_end_before_it_begins(cast):
    with pytest.raises(Unready):
        proposed(cast, first_year=2026, last_year=2025)
    assert not Plan.objects.exists()


def test_a_reported_indicator_has_the_name_and_unit_it_has_there_and_any_other_needs_its_source(cast):
    plan = proposed(cast)
    plan = add_indicator(plan, by=cast["office"], code="V01", unit="另写", **FACTS)
    kept = plan.indicators.get()
    assert (kept.code, kept.source, kept.title, kept.unit) == ("V01", "", "", "")
    for wrong in ({"code": "V99"}, {"title": "覆盖率"}, {"source": "统计"}, {"code": "V01"}):
        with pytest.raises(Unready):
            add_indicator(plan, by=cast["office"], **FACTS, **wrong)
    plan = drop_indicator(plan, by=cast["office"], indicator=kept.pk)
    assert may_drop_indicators(cast["office"], plan).kind is Kind.NOT_NOW


def test_what_was_decided_keeps_its_indicators(cast):
    plan = decided(cast)
    with pytest.raises(Overtaken):
        add_indicator(plan, by=cast["office"], code="L01", **FACTS)
    with pytest.raises(Overtaken):
        drop_indicator(plan, by=cast["office"], indicator=typed_of(plan).pk)


def test_values_are_typed_with_their_source_where_libraries_do_not_report_and_corrected_by_typing_again(cast):
    plan, office = in_force(cast), cast["office"]
    facts = {"by": office, "year": YEAR - 1, "source": "统计月报"}
    with pytest.raises(Unready) as refused:
        enter_value(plan, indicator=plan.indicators.get(code="V01").pk, value=Decimal(1), **facts)
    assert [one.field for one in refused.value.findings] == ["indicator"]
    for wrong in (YEAR - 2, YEAR + 1):
        with pytest.raises(Unready):
            enter_value(plan, indicator=typed_of(plan).pk, value=Decimal(1), **facts | {"year": wrong})
    plan = enter_value(plan, indicator=typed_of(plan).pk, value=Decimal(85), **facts)
    plan = enter_value(plan, indicator=typed_of(plan).pk, value=Decimal(86), **facts)
    assert [(one.year, one.value) for one in typed_of(plan).values.all()] == [(YEAR - 1, Decimal(86))]


def test_a_reported_indicator_is_added_up_from_the_accepted_returns_of_the_months(cast, library):
    plan = in_force(cast)
    for code, month, visits in (("NH002", "2026-08", 2100), ("NH003", "2026-09", 1900)):
        one = hand_in(library(code), month, SOUND | {"V01": visits}, {}, by=cast["nanhai"])
        accept(one, by=cast["nanhai-reviewer"])
    reported = next(line for line in lines_of(plan, date(2026, 12, 1)) if line.indicator.code == "V01")
    assert [(one.year, one.value, one.is_whole) for one in reported.years] == [
        (2025, None, True),
        (2026, Decimal(4000), False),
    ]
    # Two months are no year: it says nothing about the course.
    assert (reported.course, reported.share) == (Course.UNKNOWN, None)


@pytest.mark.parametrize(
    ("value", "course", "share"),
    [(100, Course.REACHED, 100), (84, Course.ON_COURSE, 20), (83, Course.BEHIND, 15), (79, Course.BEHIND, -5)],
)
def test_an_indicator_is_on_course_by_its_share_of_the_way_and_of_the_years(value, course, share):
    plan = Plan(first_year=2026, last_year=2030)
    indicator = PlanIndicator(plan=plan, base_year=2025, base=Decimal(80), target=Decimal(100))
    line = _line(indicator, None, (YearValue(2026, Decimal(value)),))
    assert (line.course, line.share) == (course, share)


def test_what_is_to_fall_is_on_course_when_it_falls():
    plan = Plan(first_year=2026, last_year=2027)
    indicator = PlanIndicator(plan=plan, base_year=2025, base=Decimal(10), target=Decimal(6))
    line = _line(indicator, None, (YearValue(2026, Decimal(8)),))
    assert (line.course, line.share) == (Course.ON_COURSE, 50)


def test_the_mid_term_review_is_due_in_the_middle_of_its_years(cast):
    plan = in_force(cast)
    assert plan.review_due_on == date(plan.first_year + 2, 6, 30)
    assert {one.recipient.username for one in remind_of_plans(plan.review_due_on)} == {"office"}


def test_conformity_asks_for_a_plan_in_force_and_the_values_of_last_year(cast):
    spring, summer = date(YEAR, 3, 31), date(YEAR, 6, 1)
    today = timezone.localdate()
    assert plans_in_force(today) == NO_RECORD
    plan = measured(cast)
    assert plans_in_force(today).standing is Standing.NOT_HELD
    actions.withdraw(plan, by=cast["office"])
    plan = in_force(cast)
    plan.indicators.filter(code="V01").delete()
    Plan.objects.filter(pk=plan.pk).update(
        in_force_on=date(YEAR, 1, 1), started_at=timezone.now() - timedelta(days=400)
    )
    assert [plans_in_force(day).standing for day in (spring, summer)] == [Standing.AT_RISK, Standing.NOT_HELD]
    assert {one.recipient.username for one in remind_of_values(spring)} == {"office"}
    facts = {"by": cast["office"], "year": YEAR - 1, "source": "统计"}
    enter_value(plan, indicator=typed_of(plan).pk, value=Decimal(85), **facts)
    assert plans_in_force(today).standing is Standing.HELD
    assert remind_of_values(spring) == []
    assert plans_in_force(date(plan.last_year + 1, 2, 1)).standing is Standing.NOT_HELD


def test_the_monitoring_sheet_is_a_page_and_a_workbook(cast, signed_in):
    plan = in_force(cast)
    enter_value(plan, by=cast["office"], indicator=typed_of(plan).pk, year=YEAR - 1, value=Decimal(85), source="统计")
    page = signed_in("observer").get(f"{plan.get_absolute_url()}monitoring/")
    assert [line.course for line in page.context["lines"]] == [Course.UNKNOWN, Course.ON_COURSE]
    answer = signed_in("observer").get(f"{plan.get_absolute_url()}monitoring.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert [(row[1], row[7]) for row in rows][1] == ("镇街覆盖率", 85)
    assert signed_in("observer").get(f"{measured(cast).get_absolute_url()}monitoring/").status_code == 404


def test_the_job_lets_a_plan_enter_into_force_on_its_day(cast):
    issued = actions.issue(decided(cast), by=cast["office"], in_force_on=timezone.localdate())
    for __ in range(2):
        enter_due()
        assert Plan.objects.get(pk=issued.pk).state == "in_force"
