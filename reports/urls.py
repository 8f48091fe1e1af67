"""Lead the addresses of reports to their pages."""

from django.urls import include, path

app_name = "reports"

urlpatterns = [
    path("", include("reports.editions.urls")),
    path("", include("reports.conformity.urls")),
    path("", include("reports.corrections.urls")),
    path("", include("reports.explorer.urls")),
    path("", include("reports.opendata.urls")),
    path("", include("reports.planning.urls")),
    path("", include("reports.waits.urls")),
]
