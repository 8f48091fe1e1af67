"""Lead the address of conformity to its page."""

from django.urls import path

from reports.conformity import views

urlpatterns = [
    path("conformity/", views.conformity_list, name="conformity"),
    path("conformity/bodies/", views.conformity_bodies, name="conformity-bodies"),
]
