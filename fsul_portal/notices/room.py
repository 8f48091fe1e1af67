"""The card of notices."""

from django.utils.translation import gettext_lazy as _

from fsul_portal.rooms import Card, Entry, Job

CARD = Card(
    menu=(Entry(_("Overview"), _("Notices"), "notice-list", "bell", 20, key="n"),),
    permissions={
        "fsul_portal.view_notice": _("Watches whether notices arrive"),
        "fsul_portal.view_delivery": _("Watches whether notices arrive"),
    },
    jobs=(
        Job("notices.send", _("Sends notices by mail and to groups"), every=30),
        Job("notices.remind", _("Writes the reminders of the day"), daily=(8, 30)),
    ),
)
