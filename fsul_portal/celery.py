"""Take the portal's long work out of the request."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fsul_portal.settings")

app = Celery("fsul_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(
    [
        "fsul_portal.runs",
        "fsul_portal.notices",
        "committee.meetings",
        "workgroups.coordination.filings",
        "reports.editions",
    ]
)
