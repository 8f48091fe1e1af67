"""Write the monitoring sheet of a plan as a workbook (6.1 b)."""

import io
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from committee.plans.models import Plan
from committee.plans.monitoring.sheet import Line
from fsul_portal.grammar.words import beside
from fsul_portal.sheets import Column, Table, write_xlsx


def sheet_as_xlsx(plan: Plan, lines: Sequence[Line]) -> bytes:
    """Return a row for each indicator: base, target, and each year that has begun."""
    years = [year.year for year in lines[0].years] if lines else []
    heads = [
        Column(_("Goal")),
        Column(_("Indicator")),
        Column(pgettext("measure", "Unit")),
        Column(_("Source")),
        Column(_("Base year")),
        Column(_("Base")),
        Column(_("Target")),
        *(Column(beside(str(year), _("value"))) for year in years),
        *(Column(beside(str(year), _("complete"))) for year in years),
        Column(_("Share of the way, %")),
        Column(pgettext("monitoring", "Course")),
    ]
    rows = [
        [
            one.indicator.goal,
            one.name,
            one.unit,
            one.indicator.code or one.indicator.source,
            one.indicator.base_year,
            one.indicator.base,
            one.indicator.target,
            *(year.value for year in one.years),
            *(_complete(year.value is not None, year.is_whole) for year in one.years),
            one.share,
            one.course.label,
        ]
        for one in lines
    ]
    file = io.BytesIO()
    write_xlsx(file, [Table(_("Monitoring sheet"), heads, rows)])
    return file.getvalue()


def _complete(is_there: bool, is_whole: bool) -> str:
    if not is_there:
        return _("missing")
    return _("yes") if is_whole else _("not complete yet")
