"""The card of the dictionary of indicators (6.2.1 j)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fsul_portal.rooms import Card, Entry
from members.indicators.dictionary import load_first_indicators
from members.indicators.formulas.actions import load_first_formulas

CARD = Card(
    clauses=("6.2.1 j",),
    menu=(Entry(_("Reports"), _("Indicators"), "indicators:indicator-list", "list", 40),),
    acts={
        "formula changed": pgettext_lazy("act", "changed a formula"),
        "formula made": pgettext_lazy("act", "made a formula"),
        "formula retired": pgettext_lazy("act", "retired a formula"),
        "formula restored": pgettext_lazy("act", "took a retired formula up again"),
        "asked": pgettext_lazy("act", "lets it be asked"),
        "asked no more": pgettext_lazy("act", "lets it be asked no more"),
    },
    permissions={
        "members.view_indicator": _("Looks at returns, reports and indicators in the admin"),
        "members.change_indicator": _("Keeps the dictionary of indicators"),
    },
    defaults={"formulas": load_first_formulas, "indicators": load_first_indicators},
)
