"""Lead the addresses under /reports/ to their pages."""

from django.urls import include, path

app_name = "reports"

urlpatterns = [
    path("", include("reports.editions.urls")),
    path("", include("reports.indicators.urls")),
    path("", include("reports.returns.urls")),
    path("", include("reports.conformity.urls")),
]
