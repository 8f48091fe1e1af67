"""The card of the plans of annual reports (6.1 d)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fsul_portal.rooms import Card, Entry
from reports.planning.rules import may_read_plans

CARD = Card(
    clauses=("6.1 d",),
    menu=(Entry(_("Reports"), _("Plans of annual reports"), "reports:plan-list", "list", 35, may_read_plans),),
    acts={
        "plan written": pgettext_lazy("act", "wrote the plan of the annual report"),
        "plan set": pgettext_lazy("act", "set the plan of the annual report"),
    },
)
