"""Lead the addresses under /workgroups/coordination/ to their pages."""

from django.urls import path

from fsul_portal.acts.urls import act_paths
from workgroups.coordination.filings import views
from workgroups.coordination.filings.register import FILINGS
from workgroups.coordination.filings.verbs import ACTS

app_name = "coordination"

urlpatterns = [
    *FILINGS.urls("filings/"),
    path("filings/new/", views.filing_new, name="filing-new"),
    path("filings/libraries/", views.library_suggestions, name="library-suggestions"),
    path("filings/<int:pk>/", views.filing_detail, name="filing-detail"),
    path("filings/<int:pk>/edit/", views.filing_edit, name="filing-edit"),
    *act_paths("filings/<int:pk>/", ACTS, views.filing_act),
]
