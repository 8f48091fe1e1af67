"""Lead the addresses of the dictionary of indicators to their pages."""

from django.urls import path

from reports.indicators import views

urlpatterns = [path("indicators/", views.indicator_list, name="indicator-list")]
