"""Lead the addresses under /workgroups/ to their pages."""

from django.urls import include, path

from workgroups.channels.register import CHANNELS, QUESTIONS
from workgroups.groups.register import GROUPS, MEMBERSHIPS

app_name = "workgroups"

urlpatterns = [
    *GROUPS.urls(""),
    *MEMBERSHIPS.urls("people/"),
    *QUESTIONS.urls("channels/questions/"),
    *CHANNELS.urls("channels/"),
    path("coordination/", include("workgroups.coordination.filings.urls")),
]
