"""Lead the addresses of months to their pages."""

from django.urls import path

from members.months import views

app_name = "months"

urlpatterns = [
    path("months/", views.month_list, name="month-list"),
    path("months/<str:code>/", views.month_detail, name="month-detail"),
    path("months/<str:code>/lock/", views.month_lock, name="month-lock"),
]
