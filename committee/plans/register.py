"""Declare the list and the page of plans (6.1 b)."""

from typing import Any

from django.utils.translation import gettext_lazy, pgettext_lazy

from committee.decisions.grounds.columns import GROUND
from committee.documents import lists
from committee.plans import actions, rules
from committee.plans.forms import PlanForm
from committee.plans.models import Plan
from committee.plans.verbs import ACTS
from fsul_portal.finding.matches import Match, chosen
from fsul_portal.records.course import Deed
from fsul_portal.registers.columns import Column
from members.indicators.words import titles_by_code

KIND = Column("kind", gettext_lazy("Kind"), "get_kind_display", sort="kind")
FIRST = Column("first_year", pgettext_lazy("plan", "First year"), sort="first_year")
LAST = Column("last_year", pgettext_lazy("plan", "Last year"), sort="last_year")
MIDTERM = Column("review_due_on", gettext_lazy("Mid-term review due on"), sort="review_due_on")


class PlanNarrowing(lists.InForceNarrowing):
    class Meta:
        model = Plan
        fields = ("kind", "state")


class Plans(lists.CommitteePapers):
    """The plans of the system, those in force first (6.1 b)."""

    name, model, clause, icon, acts = "committee:systemplan", Plan, "6.1 b", "report", ACTS
    title = gettext_lazy("Plans")
    lead = gettext_lazy("Goals with indicators, their base, target and yearly values; a review in the middle.")
    new_title = gettext_lazy("Propose a plan")
    created = gettext_lazy("The proposal is recorded; write it, and add its indicators.")
    empty = gettext_lazy("No plan is recorded yet.")
    columns = (lists.TITLE, lists.NUMBER, KIND, FIRST, LAST, lists.IN_FORCE_ON, lists.ENDED_ON, MIDTERM, lists.STATE)
    facts = (
        lists.NUMBER,
        KIND,
        FIRST,
        LAST,
        Column("consult_until", gettext_lazy("Opinions until")),
        GROUND,
        lists.IN_FORCE_ON,
        lists.ENDED_ON,
        MIDTERM,
        lists.REPLACES,
    )
    search: tuple[Match, ...] = (
        *lists.MET_BY,
        "first_year",
        "last_year",
        chosen("kind", lambda: Plan.Kind.choices),
    )
    filters = PlanNarrowing
    deeds = lists.DEEDS | {
        "plan indicator added": Deed(icon="plus"),
        "plan indicator dropped": Deed(icon="remove"),
        "plan value entered": Deed(icon="edit"),
    }
    page_template = "committee/plans/plan_page.html"
    form = PlanForm
    may_create, create = staticmethod(rules.may_propose_some), staticmethod(actions.propose_plan)

    def beside_page(self, thing: Any, user: Any) -> dict[str, Any]:
        titles = titles_by_code()
        indicators = [(one, one.named(titles)) for one in thing.indicators.all()]
        return super().beside_page(thing, user) | {"indicators": indicators}


PLANS = Plans()
