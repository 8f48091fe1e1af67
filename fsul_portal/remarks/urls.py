"""Lead to the remarks on records."""

from django.urls import path

from fsul_portal.remarks import views

urlpatterns = [
    path("<int:pk>/answer/", views.remark_answer, name="remark-answer"),
    path("<int:pk>/close/", views.remark_close, name="remark-close"),
    path("<str:kind>/<int:pk>/make/", views.remark_make, name="remark-make"),
]
