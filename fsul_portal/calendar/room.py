"""The card of the working days."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fsul_portal.calendar.actions import load_published_days
from fsul_portal.rooms import Card, Entry

CARD = Card(
    menu=(Entry(_("Members"), _("Working days"), "working-days", "clock", 70),),
    acts={"calendar set": pgettext_lazy("act", "set the working days")},
    permissions={"fsul_portal.keep_calendar": _("Sets holidays and working weekends")},
    defaults={"years of working days": load_published_days},
)
