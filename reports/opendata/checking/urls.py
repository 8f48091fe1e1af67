"""Lead to the page that checks reports."""

from django.urls import path

from reports.opendata.checking import views

urlpatterns = [
    path("check/", views.report_check, name="report-check"),
    path("check/<str:code>/", views.report_check_code, name="report-check-code"),
]
