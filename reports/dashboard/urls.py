"""Lead the first page to the dashboard, and each of its panels to itself."""

from django.urls import path

from reports.dashboard import views

urlpatterns = [
    path("", views.dashboard, name="dashboard"),
    path("week/", views.week, name="week"),
    path("figures/", views.figures, name="figures"),
    path("news/", views.news, name="news"),
]
