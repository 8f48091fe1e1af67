"""Lead to the committee's calendar and its feed."""

from django.urls import path

from committee.meetings.feeds import views

urlpatterns = [
    path("", views.meeting_calendar, name="meeting-calendar"),
    path("renew/", views.meeting_calendar_renew, name="meeting-calendar-renew"),
    path("<int:pk>/<slug:signature>.ics", views.meeting_feed, name="meeting-feed"),
]
