"""Lead the addresses under /members/ to their pages."""

from django.urls import include, path

from fsul_portal.intake.urls import pages_of
from members.libraries import views

app_name = "members"

urlpatterns = [
    path("", views.library_list, name="library-list"),
    path("export/<slug:format>/", views.library_export, name="library-export"),
    path("libraries/<slug:code>/", views.library_detail, name="library-detail"),
    path("districts/", views.district_list, name="district-list"),
    *pages_of("libraries", "import", "import/"),
    path("", include("members.rosters.urls")),
]
