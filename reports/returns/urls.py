"""Lead the addresses of returns and months to their pages."""

from django.urls import path

from reports.returns import months, uploads, views

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
    path("months/", months.month_list, name="month-list"),
    path("months/<str:code>/", months.month_detail, name="month-detail"),
    path("months/<str:code>/lock/", months.month_lock, name="month-lock"),
]
