"""Lead to the key projects, their chart and their bulletins."""

from django.urls import path

from committee.projects import views
from committee.projects.bulletins.register import BULLETINS
from committee.projects.register import PROJECTS

urlpatterns = [
    path("projects/gantt/", views.project_gantt, name="project-gantt"),
    *BULLETINS.urls("projects/bulletins/"),
    *PROJECTS.urls("projects/"),
]
