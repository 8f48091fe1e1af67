"""Lead to the calendar and its feed."""

from django.urls import path

from fsul_portal.dues import views

urlpatterns = [
    path("", views.calendar, name="calendar"),
    path("feed/open/", views.feed_open, name="calendar-feed-open"),
    path("feed/close/", views.feed_close, name="calendar-feed-close"),
    path("feed/<int:pk>/<slug:signature>.ics", views.feed, name="calendar-feed"),
]
