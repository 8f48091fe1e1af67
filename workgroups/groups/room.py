"""The card of the working groups (5.2)."""

from django.utils.translation import gettext_lazy as _

from fsul_portal.rooms import Card, Entry
from workgroups.groups.actions import found_first_groups

CARD = Card(
    clauses=("5.2",),
    menu=(Entry(_("Working groups"), _("Groups"), "workgroups:group-list", "group", 10),),
    permissions={"workgroups.view_group": _("Looks at the working groups in the admin")},
    defaults={"working groups": found_first_groups},
)
