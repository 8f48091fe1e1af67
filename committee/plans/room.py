"""The card of plans (6.1 b)."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from committee.plans.models import Plan
from committee.plans.monitoring.sheet import lines_of_all
from committee.plans.register import PLANS
from fsul_portal.finding.hits import Find, Hit, hit_of, joined
from fsul_portal.grammar.evidence import NO_RECORD, Evidence, Standing
from fsul_portal.rooms import Card, Entry, Job

# By this day the values of the year before are entered.
VALUES_DUE = (3, 31)


def missing_values(day: date) -> dict[Plan, int]:
    """Count the values of last year that are missing, by plan that is in force and spoke of that year."""
    last = day.year - 1
    plans: list[Any] = list(Plan.objects.in_force(day).filter(first_year__lte=last, last_year__gte=last))
    missing = Counter(line.indicator.plan for line in lines_of_all(plans, day) if line.missing(last))
    return dict(missing)


def plans_in_force(day: date) -> Evidence:
    """Say whether a plan is in force, with last year's values, and its mid-term review done (6.1 b)."""
    if not Plan.objects.filter(started_at__date__lte=day).exists():
        return NO_RECORD
    running = list(Plan.objects.covering(day))
    told = {
        "plans": len(running),
        "missing": sum(missing_values(day).values()),
        "reviews": sum(one.review_due_on is not None and one.review_due_on <= day for one in running),
        "year": day.year - 1,
    }
    sentence = _(
        "%(plans)s plans in force today, %(missing)s values of %(year)s missing, %(reviews)s mid-term reviews due"
    )
    return Evidence(_standing(told, day), sentence % told, reverse("committee:systemplan-list"), len(running))


def _standing(told: dict[str, int], day: date) -> Standing:
    if not told["plans"] or (told["missing"] and day > date(day.year, *VALUES_DUE)):
        return Standing.NOT_HELD
    return Standing.AT_RISK if told["missing"] or told["reviews"] else Standing.HELD


def plan_hit(plan: Plan, words: Sequence[str]) -> Hit:
    """Show a plan with its years and how far it is."""
    return hit_of(plan, line=joined(f"{plan.first_year}–{plan.last_year}", plan.get_state_display()))


CARD = Card(
    clauses=("6.1 b",),
    menu=(Entry(gettext_lazy("Committee"), gettext_lazy("Plans"), "committee:systemplan-list", "report", 13),),
    acts={
        "plan indicator added": pgettext_lazy("act", "added an indicator"),
        "plan indicator dropped": pgettext_lazy("act", "took an indicator out"),
        "plan value entered": pgettext_lazy("act", "entered the value of a year"),
    },
    jobs=(Job("plans.enter_due", gettext_lazy("Let plans enter into force"), daily=(0, 12)),),
    evidence={"6.1 b": plans_in_force},
    finds=(
        Find(Plan, PLANS.search, "report", shown=plan_hit, listed="committee:systemplan-list?tab=all&words=", sort=32),
    ),
)
