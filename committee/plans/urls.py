"""Lead to the plans and their monitoring sheets."""

from django.urls import path

from committee.plans.monitoring import views
from committee.plans.register import PLANS
from fsul_portal.papers.views import opinions_of

urlpatterns = [
    *PLANS.urls("plans/"),
    path("plans/<int:pk>/monitoring/", views.plan_monitoring, name="systemplan-monitoring"),
    path("plans/<int:pk>/monitoring.xlsx", views.plan_monitoring_xlsx, name="systemplan-monitoring-xlsx"),
    path("plans/<int:pk>/opinions.xlsx", opinions_of(PLANS), name="systemplan-opinions"),
]
