"""Lead to the pages of open data."""

from django.urls import include, path

from fsul_portal.acts.urls import act_paths
from reports.opendata import views
from reports.opendata.register import TOKENS
from reports.opendata.verbs import OPENNESS_ACTS

urlpatterns = [
    path("open-data/", views.open_data, name="open-data"),
    *act_paths("open-data/<int:pk>/", OPENNESS_ACTS, views.openness_act),
    *TOKENS.urls("tokens/"),
    path("", include("reports.opendata.checking.urls")),
]
