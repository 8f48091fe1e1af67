"""The card of due days (6.2.1 j)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fsul_portal.rooms import Card, Entry
from members.returns.due.actions import load_first_rule

CARD = Card(
    clauses=("6.2.1 j",),
    menu=(Entry(_("Reports"), _("Due days"), "returns:due-days", "clock", 15),),
    acts={"due day set": pgettext_lazy("act", "set by when returns are due")},
    permissions={"members.set_due_days": _("Sets by when returns are due")},
    defaults={"rule of due days": load_first_rule},
)
