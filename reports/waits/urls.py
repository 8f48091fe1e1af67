"""Lead the address of who waits for whom to its page."""

from django.urls import path

from reports.waits import views

urlpatterns = [path("months/<str:code>/waits/", views.month_waits, name="month-waits")]
