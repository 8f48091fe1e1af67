"""Lead to the files of records."""

from django.urls import path

from fsul_portal.files import views

urlpatterns = [
    path("<int:pk>/", views.file_download, name="file-download"),
    path("<int:pk>/withdraw/", views.file_withdraw, name="file-withdraw"),
    path("<str:kind>/<int:pk>/attach/", views.file_attach, name="file-attach"),
]
