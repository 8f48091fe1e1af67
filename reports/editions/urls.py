"""Lead the addresses of the reports to their pages."""

from django.urls import path, re_path

from fsul_portal.acts.urls import act_paths
from reports.editions import views
from reports.editions.excerpts.views import edition_excerpt, excerpt_download
from reports.editions.life.verbs import ACTS
from reports.editions.life.views import edition_several
from reports.editions.register import EDITIONS
from reports.editions.texts.views import edition_texts
from reports.editions.web import views as web

urlpatterns = [
    *EDITIONS.urls(""),
    path("editions/build/", views.edition_build, name="edition-build"),
    path("editions/<int:pk>/", views.edition_detail, name="edition-detail"),
    path("editions/several/<slug:act>/", edition_several, name="edition-several"),
    path("editions/<int:pk>/texts/", edition_texts, name="edition-texts"),
    path("editions/<int:pk>/write/", views.edition_write, name="edition-write"),
    path("editions/<int:pk>/read/", web.edition_read, name="edition-read"),
    path("editions/<int:pk>/read/charts/<slug:name>.svg", web.edition_chart, name="edition-chart"),
    path("editions/<int:pk>/read/ranking/", web.edition_ranking, name="edition-ranking"),
    path("editions/<int:pk>/read/libraries/<slug:code>/", web.edition_library, name="edition-library"),
    path("editions/<int:pk>/read/<slug:code>/", web.edition_district, name="edition-district"),
    path("editions/<int:pk>/excerpts/", edition_excerpt, name="edition-excerpt"),
    path("excerpts/<int:pk>.pdf", excerpt_download, name="excerpt-download"),
    path("editions/<int:pk>/english/", views.edition_english, name="edition-english"),
    *act_paths("editions/<int:pk>/", ACTS, views.edition_act),
    re_path(
        r"^editions/(?P<pk>\d{1,18})/report\.(?P<form>pdf|xlsx|json)$", views.edition_download, name="edition-download"
    ),
]
