"""Lead the addresses under /members/ to their pages."""

from django.urls import path

from members.libraries import loading, views

app_name = "members"

urlpatterns = [
    path("", views.library_list, name="library-list"),
    path("export/<slug:format>/", views.library_export, name="library-export"),
    path("libraries/<slug:code>/", views.library_detail, name="library-detail"),
    path("districts/", views.district_list, name="district-list"),
    path("import/", loading.library_import, name="import"),
    path("import/<str:token>/", loading.import_preview, name="import-preview"),
    path("import/<str:token>/problems/", loading.import_problems, name="import-problems"),
]
