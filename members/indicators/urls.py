"""Lead the addresses of the dictionary of indicators to their pages."""

from django.urls import path

from fsul_portal.acts.urls import act_paths
from fsul_portal.intake.urls import pages_of
from members.indicators import views
from members.indicators.formulas import views as formulas
from members.indicators.population import views as population
from members.indicators.verbs import ACTS

app_name = "indicators"

urlpatterns = [
    path("indicators/", views.indicator_list, name="indicator-list"),
    path("formulas/", formulas.formula_list, name="formula-list"),
    path("formulas/new/", formulas.formula_edit, name="formula-new"),
    path("formulas/<slug:code>/edit/", formulas.formula_edit, name="formula-edit"),
    path("formulas/<slug:code>/retire/", formulas.formula_retire, name="formula-retire"),
    path("formulas/<slug:code>/restore/", formulas.formula_restore, name="formula-restore"),
    path("population/", population.population_list, name="population-list"),
    path("population/export/<slug:format>/", population.population_export, name="population-export"),
    *pages_of("population", "population-import", "population/import/"),
    path("indicators/<slug:code>/", views.indicator_detail, name="indicator-detail"),
    *act_paths("indicators/<slug:code>/", ACTS, views.indicator_act),
]
