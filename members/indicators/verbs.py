"""List what can be done with an indicator (6.2.1 j)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fsul_portal.acts.verbs import Acts, Verb
from members.indicators import actions, rules
from members.indicators.forms import AskForm, CeaseForm
from members.indicators.models import Indicator


def _of_asking(indicator: Indicator) -> str:
    words = {"title": indicator.title, "often": indicator.get_frequency_display()}
    return _("“%(title)s” stands in the forms and workbooks from that month on: %(often)s.") % words


def _of_ceasing(indicator: Indicator) -> str:
    return _("“%(title)s” leaves the forms and workbooks of the months after it.") % {"title": indicator.title}


ACTS = Acts(
    "indicators:indicator",
    (
        Verb(
            key="ask",
            title=gettext_lazy("Ask for it"),
            meaning=gettext_lazy("Libraries report this figure from a month on; months before it are not touched."),
            done=gettext_lazy("%(thing)s is asked for."),
            icon="list",
            tone="primary",
            rule=rules.may_ask,
            act=actions.ask,
            form=AskForm,
            effect=_of_asking,
            shows="members/indicators/_indicator.html",
            way_back=gettext_lazy("It can be left out again; what was reported until then stays."),
        ),
        Verb(
            key="cease",
            title=gettext_lazy("Ask no more"),
            meaning=gettext_lazy("Libraries are asked for this figure up to a month, and no longer."),
            done=gettext_lazy("%(thing)s is asked no more after that month."),
            icon="stop",
            rule=rules.may_cease,
            act=actions.cease,
            form=CeaseForm,
            effect=_of_ceasing,
            shows="members/indicators/_indicator.html",
            way_back=gettext_lazy("It can be asked for again at any time; what was reported stays in every report."),
            offered=lambda indicator: indicator.in_use and indicator.asked_until is None,
        ),
    ),
    key="code",
)
