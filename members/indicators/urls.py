"""Lead the addresses of the dictionary of indicators to their pages."""

from django.urls import path

from members.indicators import views

app_name = "indicators"

urlpatterns = [path("indicators/", views.indicator_list, name="indicator-list")]
