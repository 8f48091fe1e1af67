"""Lead the addresses under /committee/ to their pages."""

from django.urls import include, path

app_name = "committee"

urlpatterns = [
    path("", include("committee.institutions.urls")),
    path("", include("committee.meetings.urls")),
    path("", include("committee.plans.urls")),
    path("", include("committee.problems.urls")),
    path("", include("committee.projects.urls")),
    path("", include("committee.agendas.urls")),
    path("", include("committee.bodies.urls")),
    path("", include("committee.confirmations.urls")),
    path("", include("committee.decisions.urls")),
    path("", include("committee.proposals.urls")),
    path("", include("committee.seats.urls")),
]
