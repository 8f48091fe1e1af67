"""The card of roles and sign-ins."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fsul_portal.access.checks import mend_deviations
from fsul_portal.rooms import Card, Entry

CARD = Card(
    menu=(Entry(_("Members"), _("Roles"), "roles", "people", 30),),
    acts={
        "granted": pgettext_lazy("act", "gave a role"),
        "revoked": pgettext_lazy("act", "ended a role"),
        "rights written anew": pgettext_lazy("act", "wrote rights anew after the table of roles had changed"),
        "sign-in opened again": pgettext_lazy("act", "let sign in again"),
        "sign-in paused": pgettext_lazy("act", "paused signing in"),
    },
    defaults={"people's rights written anew": mend_deviations},
    permissions={
        "fsul_portal.view_grant": _("Keeps accounts and roles"),
        "fsul_portal.add_grant": _("Keeps accounts and roles"),
        "axes.view_accessattempt": _("Sees failed sign-ins and lifts locks"),
        "axes.delete_accessattempt": _("Sees failed sign-ins and lifts locks"),
        "axes.view_accesslog": _("Sees failed sign-ins and lifts locks"),
        "axes.view_accessfailurelog": _("Sees failed sign-ins and lifts locks"),
    },
)
