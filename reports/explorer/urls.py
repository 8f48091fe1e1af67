"""Lead to the explorer and to the views saved of it (6.2.1 j)."""

from django.urls import path

from fsul_portal.acts.urls import act_paths
from reports.explorer import views
from reports.explorer.verbs import VIEW_ACTS

urlpatterns = [
    path("explorer/", views.explorer, name="explorer"),
    path("explorer/<slug:format>/", views.explorer_file, name="explorer-file"),
    path("views/new/", views.view_new, name="view-new"),
    path("views/<slug:key>/", views.view_detail, name="view-detail"),
    *act_paths("views/<slug:key>/", VIEW_ACTS, views.view_act),
]
