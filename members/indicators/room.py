"""The card of the dictionary of indicators (6.2.1 j)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fsul_portal.rooms import Card, Entry
from members.indicators.dictionary import load_first_indicators

CARD = Card(
    clauses=("6.2.1 j",),
    menu=(Entry(_("Reports"), _("Indicators"), "indicators:indicator-list", "list", 40),),
    acts={
        "asked": pgettext_lazy("act", "lets it be asked"),
        "asked no more": pgettext_lazy("act", "lets it be asked no more"),
    },
    permissions={
        "members.view_indicator": _("Looks at returns, reports and indicators in the admin"),
        "members.change_indicator": _("Keeps the dictionary of indicators"),
    },
    defaults={"indicators": load_first_indicators},
)
