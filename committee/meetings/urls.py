"""Lead to the pages of the meetings."""

from django.urls import include, path

from committee.meetings import views
from committee.meetings.register import MEETINGS
from committee.meetings.sittings import views as sittings
from committee.meetings.thresholds.views import meeting_thresholds
from committee.meetings.verbs import ACTS
from fsul_portal.acts.urls import act_paths

urlpatterns = [
    *MEETINGS.urls(""),
    path("meetings/call/", views.meeting_call, name="meeting-call"),
    path("meetings/thresholds/", meeting_thresholds, name="meeting-thresholds"),
    path("meetings/calendar/", include("committee.meetings.feeds.urls")),
    path("meetings/<int:pk>/sitting.pdf", sittings.meeting_sitting, name="meeting-sitting"),
    path("meetings/<int:pk>/sign-in.pdf", sittings.meeting_sign_in, name="meeting-sign-in"),
    path("meetings/<int:pk>/follow-up.pdf", sittings.meeting_follow_up, name="meeting-follow-up"),
    path("meetings/<int:pk>/", views.meeting_detail, name="meeting-detail"),
    path("meetings/<int:pk>/reply/", include("committee.meetings.replies.urls")),
    path("meetings/<int:pk>/minutes/keep/", views.meeting_minutes_keep, name="meeting-minutes-keep"),
    *act_paths("meetings/<int:pk>/", ACTS, views.meeting_act),
]
