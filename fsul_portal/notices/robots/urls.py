"""Lead to the robots of groups."""

from django.urls import path

from fsul_portal.notices.robots import views

urlpatterns = [
    path("", views.robot_list, name="robot-list"),
    path("new/", views.robot_new, name="robot-new"),
    path("<int:pk>/", views.robot_edit, name="robot-edit"),
    path("<int:pk>/try/", views.robot_try, name="robot-try"),
]
