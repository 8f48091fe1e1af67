"""Lead to the links between records."""

from django.urls import path

from fsul_portal.links import views

urlpatterns = [
    path("<int:pk>/remove/", views.link_remove, name="link-remove"),
    path("<str:kind>/<int:pk>/add/", views.link_add, name="link-add"),
]
