"""Say what a file of populations is, for the pages and the command of the intake (6.2.1 j)."""

from django.utils.translation import gettext_lazy as _

from fsul_portal.intake.kinds import Intake, register
from members.indicators.population.columns import COLUMNS
from members.indicators.population.imports import PopulationPlan
from members.indicators.rules import may_change_indicators
from members.libraries.models import Division

POPULATION = register(
    Intake(
        key="population",
        plan=PopulationPlan,
        columns=lambda: COLUMNS,
        may=may_change_indicators,
        page="indicators:population-import",
        title=_("Import populations"),
        lead=_("First you see what would change; nothing is written before you confirm."),
        clause="6.2.1 j",
        back=("indicators:population-list", _("Population")),
        known=lambda: Division.objects.values_list("name", flat=True),
    )
)
