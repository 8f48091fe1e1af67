"""Take the portal's long work out of the request."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fsul_portal.settings")


def rooms_with_tasks() -> list[str]:
    """Return the packages that have something to do; asked once the settings are there."""
    from fsul_portal.rooms import holding

    return holding("tasks")


app = Celery("fsul_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(rooms_with_tasks)
