"""Lead the addresses under /workgroups/ to their pages."""

from django.urls import include, path

from workgroups.groups import views

app_name = "workgroups"

urlpatterns = [
    path("", views.group_list, name="group-list"),
    path("coordination/", include("workgroups.coordination.filings.urls")),
]
