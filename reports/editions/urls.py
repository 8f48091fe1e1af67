"""Lead the addresses of the reports to their pages."""

from django.urls import path, re_path

from fsul_portal.acts.urls import act_paths
from reports.editions import views
from reports.editions.register import EDITIONS
from reports.editions.verbs import ACTS

urlpatterns = [
    *EDITIONS.urls(""),
    path("editions/build/", views.edition_build, name="edition-build"),
    path("editions/<int:pk>/", views.edition_detail, name="edition-detail"),
    path("editions/<int:pk>/english/", views.edition_english, name="edition-english"),
    *act_paths("editions/<int:pk>/", ACTS, views.edition_act),
    re_path(
        r"^editions/(?P<pk>\d{1,18})/report\.(?P<form>pdf|xlsx|json)$", views.edition_download, name="edition-download"
    ),
]
