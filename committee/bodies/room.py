"""The card of the bodies that meet (6.2.1 b, 7.4)."""

from django.utils.translation import pgettext_lazy

from committee.bodies.actions import let_districts_meet
from committee.bodies.models import Body
from committee.bodies.register import BODIES
from fsul_portal.finding.hits import Find
from fsul_portal.rooms import Card

CARD = Card(
    clauses=("6.2.1 b",),
    acts={
        "body closed": pgettext_lazy("act", "closed the body"),
        "calendar address renewed": pgettext_lazy("act", "renewed the address of the calendar"),
        "meetings planned": pgettext_lazy("act", "planned the meetings of a year"),
        "volume asked for": pgettext_lazy("act", "asked for the volume of a year"),
        "quorum set": pgettext_lazy("act", "set the quorum"),
    },
    defaults={"bodies that meet": let_districts_meet},
    finds=(Find(Body, BODIES.search, "group", listed="committee:body-list?words=", sort=33),),
)
