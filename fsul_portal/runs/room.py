"""The card of the work in the background."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fsul_portal.rooms import Card, Job
from fsul_portal.runs.timetable import load_timetable

CARD = Card(
    acts={"started again": pgettext_lazy("act", "started again")},
    permissions={
        "fsul_portal.view_run": _("Watches the work that goes on in the background"),
        "django_celery_beat.view_periodictask": _("Sets the times of the portal's own jobs"),
        "django_celery_beat.change_periodictask": _("Sets the times of the portal's own jobs"),
    },
    defaults={"times of jobs": load_timetable},
    jobs=(Job("runs.sweep", _("Takes up work in the background that was left lying"), every=20),),
)
