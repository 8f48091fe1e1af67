"""Lead the address of chasing to its page."""

from django.urls import path

from members.chasing import views

app_name = "chasing"

urlpatterns = [path("months/<str:code>/chase/<slug:district>/", views.month_chase, name="month-chase")]
