"""The card of people and their accounts."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fsul_portal.finding.hits import Find
from fsul_portal.rooms import Card
from members.people.matches import MET_BY, people_open_to, person_hit, with_roles
from members.people.models import User

CARD = Card(
    acts={
        "account activated": pgettext_lazy("act", "opened the account again"),
        "account changed": pgettext_lazy("act", "changed the account"),
        "account deactivated": pgettext_lazy("act", "closed the account"),
        "account opened": pgettext_lazy("act", "made the account"),
        "password set": pgettext_lazy("act", "set a password"),
    },
    permissions={
        "members.manage_people": _("Keeps accounts and roles"),
        "members.add_user": _("Keeps accounts and roles"),
        "members.change_user": _("Keeps accounts and roles"),
        "members.view_user": _("Sees the accounts in the admin"),
    },
    finds=(Find(User, MET_BY, "user", with_roles, person_hit, open_to=people_open_to, sort=70, title=_("People")),),
)
