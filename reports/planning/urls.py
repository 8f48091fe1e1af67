"""Lead to the plans of the annual reports."""

from django.urls import path

from reports.planning import views

urlpatterns = [
    path("plans/", views.plan_list, name="plan-list"),
    path("plans/<int:year>/", views.plan_detail, name="plan-detail"),
    path("plans/<int:year>/set/", views.plan_set, name="plan-set"),
]
