"""Lead the addresses of the reports to their pages."""

from django.urls import path, re_path

from reports.editions import views

urlpatterns = [
    path("", views.edition_list, name="edition-list"),
    path("editions/build/", views.edition_build, name="edition-build"),
    path("editions/<int:pk>/", views.edition_detail, name="edition-detail"),
    path("editions/<int:pk>/publish/", views.edition_publish, name="edition-publish"),
    re_path(
        r"^editions/(?P<pk>\d{1,18})/report\.(?P<form>pdf|xlsx|json)$", views.edition_download, name="edition-download"
    ),
]
