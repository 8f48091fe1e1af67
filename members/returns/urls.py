"""Lead the addresses of returns to their pages."""

from django.urls import path

from fsul_portal.acts.urls import act_paths
from fsul_portal.intake.urls import pages_of
from members.returns import views
from members.returns.checks.keeping import views as checks
from members.returns.due import views as due
from members.returns.entry import views as entry
from members.returns.intake import views as files
from members.returns.sources import views as sources
from members.returns.verbs import ACTS

app_name = "returns"

urlpatterns = [
    path("returns/", views.return_list, name="return-list"),
    path("returns/accept/", views.return_accept_many, name="return-accept-many"),
    *pages_of("returns", "return-import", "returns/import/"),
    *pages_of("exports", "export-import", "returns/exports/"),
    path("sources/", sources.source_list, name="source-list"),
    path("sources/new/", sources.source_edit, name="source-new"),
    path("sources/<int:pk>/", sources.source_edit, name="source-edit"),
    path("returns/template/", files.return_template, name="return-template"),
    path("returns/export/", files.return_export, name="return-export"),
    path("checks/", checks.check_list, name="check-list"),
    path("checks/new/", checks.check_edit, name="check-new"),
    path("checks/<slug:slot>/", checks.check_edit, name="check-edit"),
    path("returns/due-days/", due.due_days, name="due-days"),
    path("returns/due-days/set/", due.due_day_set, name="due-day-set"),
    path("returns/<int:pk>/", views.return_detail, name="return-detail"),
    *act_paths("returns/<int:pk>/", ACTS, views.return_act),
    path("returns/sheet/<str:period>/", entry.sheet, name="sheet"),
    path("returns/sheet/<str:period>/hand-in/", entry.sheet_hand_in, name="sheet-hand-in"),
    path("returns/sheet/<str:period>/<str:code>/keep/", entry.sheet_keep, name="sheet-keep"),
    path("returns/<str:code>/<str:period>/edit/", entry.return_edit, name="return-edit"),
    path("returns/<str:code>/<str:period>/keep/", entry.return_keep, name="return-keep"),
]
