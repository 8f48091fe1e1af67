"""Lead to the question whether somebody comes."""

from django.urls import path

from committee.meetings.replies import views

urlpatterns = [
    path("for/<int:person>/", views.meeting_reply_for, name="meeting-reply-for"),
    path("", views.meeting_reply, name="meeting-reply"),
    path("<int:person>/<slug:signature>/", views.meeting_reply_signed, name="meeting-reply-signed"),
]
