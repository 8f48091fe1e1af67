"""Lead the addresses of months to their pages."""

from django.urls import path

from fsul_portal.acts.urls import act_paths
from members.months import views
from members.months.verbs import ACTS

app_name = "months"

urlpatterns = [
    path("months/", views.month_list, name="month-list"),
    path("months/<str:code>/", views.month_detail, name="month-detail"),
    *act_paths("months/<str:code>/", ACTS, views.month_act),
]
