"""The card of the robots of groups."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fsul_portal.notices.robots.rules import may_keep_robots
from fsul_portal.rooms import Card, Entry

CARD = Card(
    menu=(Entry(_("Overview"), _("Robots of groups"), "robot-list", "send", 60, may_keep_robots),),
    acts={
        "robot added": pgettext_lazy("act", "added the robot of a group"),
        "robot changed": pgettext_lazy("act", "changed the robot of a group"),
        "robot tried": pgettext_lazy("act", "tried the robot of a group"),
    },
    permissions={"fsul_portal.keep_robots": _("Keeps the robots that post into groups")},
)
