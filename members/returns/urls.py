"""Lead the addresses of returns to their pages."""

from django.urls import path

from members.returns import uploads, views

app_name = "returns"

urlpatterns = [
    path("returns/", views.return_list, name="return-list"),
    path("returns/accept/", views.return_accept_many, name="return-accept-many"),
    path("returns/import/", uploads.return_import, name="return-import"),
    path("returns/import/<slug:key>/", uploads.return_marked, name="return-marked"),
    path("returns/template/", uploads.return_template, name="return-template"),
    path("returns/export/", uploads.return_export, name="return-export"),
    path("returns/<int:pk>/", views.return_detail, name="return-detail"),
    path("returns/<int:pk>/submit/", views.return_submit, name="return-submit"),
    path("returns/<int:pk>/accept/", views.return_accept, name="return-accept"),
    path("returns/<int:pk>/give-back/", views.return_give_back, name="return-give-back"),
    path("returns/<str:code>/<str:period>/edit/", views.return_edit, name="return-edit"),
]
