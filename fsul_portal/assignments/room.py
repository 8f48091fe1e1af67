"""The card of tasks that people give one another."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fsul_portal.rooms import Card, Entry

CARD = Card(
    menu=(Entry(_("Overview"), _("My tasks"), "task-list", "check", 15),),
    acts={
        "assigned": pgettext_lazy("act", "gave a task"),
        "task checked": pgettext_lazy("act", "checked the task"),
        "task done": pgettext_lazy("act", "did the task"),
        "task open": pgettext_lazy("act", "sent the task back"),
        "task withdrawn": pgettext_lazy("act", "took the task back"),
    },
)
