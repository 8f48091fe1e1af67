"""Lead to the pages of the meetings."""

from django.urls import path

from committee.meetings import views

urlpatterns = [
    path("", views.meeting_list, name="meeting-list"),
    path("meetings/call/", views.meeting_call, name="meeting-call"),
    path("meetings/<int:pk>/", views.meeting_detail, name="meeting-detail"),
    path("meetings/<int:pk>/revise/", views.meeting_revise, name="meeting-revise"),
    path("meetings/<int:pk>/cancel/", views.meeting_cancel, name="meeting-cancel"),
    path("meetings/<int:pk>/roll/", views.meeting_roll, name="meeting-roll"),
    path("meetings/<int:pk>/roll/sign/", views.meeting_roll_sign, name="meeting-roll-sign"),
    path("meetings/<int:pk>/minutes/", views.meeting_minutes, name="meeting-minutes"),
    path("meetings/<int:pk>/minutes/sign/", views.meeting_minutes_sign, name="meeting-minutes-sign"),
]
