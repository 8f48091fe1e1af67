"""Lead to the calendar of the committee and to the feeds of all bodies."""

from django.urls import path

from committee.meetings.feeds import views

urlpatterns = [
    path("", views.meeting_calendar, name="meeting-calendar"),
    path("<int:pk>/<slug:signature>.ics", views.meeting_feed, name="meeting-feed"),
]
