"""The card of the administrative divisions."""

from django.utils.translation import gettext_lazy as _

from fsul_portal.rooms import Card
from members.divisions.actions import load_foshan

CARD = Card(
    permissions={"members.view_division": _("Looks at the registry in the admin")},
    defaults={"divisions": load_foshan},
)
