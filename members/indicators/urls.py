"""Lead the addresses of the dictionary of indicators to their pages."""

from django.urls import path

from fsul_portal.acts.urls import act_paths
from members.indicators import views
from members.indicators.verbs import ACTS

app_name = "indicators"

urlpatterns = [
    path("indicators/", views.indicator_list, name="indicator-list"),
    path("indicators/<slug:code>/", views.indicator_detail, name="indicator-detail"),
    *act_paths("indicators/<slug:code>/", ACTS, views.indicator_act),
]
