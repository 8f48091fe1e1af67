"""The card of the clocks: who waits for whom."""

from django.utils.translation import gettext_lazy as _

from fsul_portal.approvals.rules import may_see_waits
from fsul_portal.rooms import Card, Entry, Job

CARD = Card(
    menu=(Entry(_("Overview"), _("Who waits for whom"), "wait-list", "history", 30, may_see_waits),),
    permissions={"fsul_portal.see_waits": _("Sees who waits for whom")},
    # Before the filings of the day take effect, so that whoever was asked yesterday is asked on today's places.
    jobs=(Job("approvals.place_again", _("Asks those on whom the turns of the day fall"), daily=(0, 2)),),
)
