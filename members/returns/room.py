"""The card of returns (6.2.1 j)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fsul_portal.rooms import Card, Entry

CARD = Card(
    clauses=("6.2.1 j",),
    menu=(Entry(_("Reports"), _("Returns"), "returns:return-list", "table", 10),),
    acts={
        "acceptance": pgettext_lazy("act", "accepted"),
        "imported": pgettext_lazy("act", "imported"),
    },
    permissions={
        "members.report_returns": _("Enters and submits returns"),
        "members.accept_returns": _("Accepts returns or gives them back"),
        "members.import_returns": _("Takes returns in from files"),
        "members.view_return": _("Looks at returns, reports and indicators in the admin"),
    },
)
