"""Lead the addresses of returns to their pages."""

from django.urls import path

from fsul_portal.acts.urls import act_paths
from members.returns import uploads, views
from members.returns.verbs import ACTS

app_name = "returns"

urlpatterns = [
    path("returns/", views.return_list, name="return-list"),
    path("returns/accept/", views.return_accept_many, name="return-accept-many"),
    path("returns/import/", uploads.return_import, name="return-import"),
    path("returns/import/<slug:key>/", uploads.return_marked, name="return-marked"),
    path("returns/template/", uploads.return_template, name="return-template"),
    path("returns/export/", uploads.return_export, name="return-export"),
    path("returns/<int:pk>/", views.return_detail, name="return-detail"),
    *act_paths("returns/<int:pk>/", ACTS, views.return_act),
    path("returns/<str:code>/<str:period>/edit/", views.return_edit, name="return-edit"),
]
