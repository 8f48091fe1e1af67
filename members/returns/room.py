"""The card of returns (6.2.1 j)."""

from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from fsul_portal.rooms import Card, Entry, Waiting
from members.returns.due.lists import BACK, FILL, ReturnList


def returns_to_fill_in(user):
    """Lead those who report to what has not been handed in this month, and to what came back earlier (6.2.1 j)."""
    found, address = ReturnList(user, FILL), reverse("returns:return-list")
    yield Waiting(gettext("Returns to fill in"), found.to_fill_in().count(), f"{address}?tab={FILL}")
    yield Waiting(gettext("Returns given back earlier"), found.given_back().count(), f"{address}?tab={BACK}")


CARD = Card(
    clauses=("6.2.1 j",),
    menu=(Entry(_("Reports"), _("Returns"), "returns:return-list", "table", 10),),
    desk=returns_to_fill_in,
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
