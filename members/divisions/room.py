"""The card of the administrative divisions."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fsul_portal.finding.hits import Find, Hit, joined
from fsul_portal.finding.matches import read
from fsul_portal.rooms import Card
from members.divisions.actions import load_foshan
from members.divisions.models import Division


def division_hit(division: Division, words: Sequence[str]) -> Hit:
    """Lead from a district or a town to its libraries."""
    asked = "town" if division.level == Division.Level.TOWN else "district"
    address = f"{reverse('members:library-list')}?{asked}={division.code}"
    return Hit(division.title, address, joined(division.get_level_display(), division.parent, division.code))


CARD = Card(
    permissions={
        "members.view_division": _("Looks at the registry in the admin"),
        "members.keep_meetings": _("Calls the meetings of the district, keeps the roll and writes minutes"),
        "members.sign_minutes": _("Signs rolls and minutes of the district"),
    },
    defaults={"divisions": load_foshan},
    finds=(
        Find(
            Division,
            (read,),
            "pin",
            along=lambda divisions: divisions.select_related("parent"),
            shown=division_hit,
            sort=15,
            title=_("Districts and towns"),
            open_to=lambda user: Division.objects.all() if user.is_active else Division.objects.none(),
        ),
    ),
)
