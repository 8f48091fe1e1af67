"""List what can be done with a plan beside what is done with every document (6.1 b)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committee.documents.verbs import committee_verbs
from committee.plans import actions, rules
from committee.plans.forms import DropForm, IndicatorForm, ValueForm
from committee.plans.models import Plan
from fsul_portal.acts.verbs import Acts, Verb, in_states


def _count(plan: Plan) -> str:
    return _("The plan has %(count)s indicators.") % {"count": plan.indicators.count()}


def _may_be_dropped(plan: Plan) -> bool:
    return plan.state in Plan.IN_HAND and plan.indicators.exists()


OWN = (
    Verb(
        key="indicator",
        title=gettext_lazy("Add an indicator"),
        meaning=gettext_lazy("A goal, what it is measured by, its base and its target."),
        done=gettext_lazy("The indicator is added."),
        icon="plus",
        rule=rules.may_set_indicators,
        act=actions.add_indicator,
        form=IndicatorForm,
        effect=_count,
        way_back=gettext_lazy("It can be taken out until the plan is put to decision."),
        offered=in_states(*Plan.IN_HAND),
    ),
    Verb(
        key="drop",
        title=gettext_lazy("Take an indicator out"),
        meaning=gettext_lazy("It no longer belongs to the plan."),
        done=gettext_lazy("The indicator is taken out."),
        icon="remove",
        rule=rules.may_drop_indicators,
        act=actions.drop_indicator,
        form=DropForm,
        effect=_count,
        way_back=gettext_lazy("It can be added once more."),
        offered=_may_be_dropped,
        is_silent=True,
    ),
    Verb(
        key="value",
        title=gettext_lazy("Enter the value of a year"),
        meaning=gettext_lazy("For what libraries do not report, with its source."),
        done=gettext_lazy("The value is entered."),
        icon="edit",
        rule=rules.may_enter_values,
        act=actions.enter_value,
        form=ValueForm,
        effect=_count,
        way_back=gettext_lazy("Entered once more, it corrects what stands there; the record says what it was."),
        offered=in_states(Plan.State.ISSUED, Plan.State.IN_FORCE),
        is_silent=True,
    ),
)

REVIEWED = {"title": gettext_lazy("Mid-term review")}
ACTS = Acts("committee:systemplan", (*OWN, *committee_verbs("6.1 b", review=REVIEWED)))
