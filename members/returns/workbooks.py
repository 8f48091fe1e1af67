"""Make the workbook in which a district collects the figures of a month (6.2.1 j)."""

from django.utils.translation import gettext as _

from fsul_portal.sheets import Column, Table
from members.indicators.models import Indicator
from members.returns.columns import write_figure
from members.returns.completeness import due_spells
from members.returns.history import history_of
from members.returns.models import Return


def tables_for(period, libraries=None, district=None):
    """Return the sheets of a period's workbook: one to fill in, one with last month's figures to compare."""
    spells = due_spells(period, libraries, district).select_related("library").in_office_order()
    rows = [(spell.library_id, spell.library.code, spell.name) for spell in spells]
    indicators = list(Indicator.objects.all())
    returns = {one.library_id: one for one in Return.objects.filter(period__code=period.code)}
    history = history_of([period.code])
    before = {key: history.past(key, period.code).before for key, __, __ in rows}
    return [
        Table(
            _("to fill in"), _columns(indicators), [_row(row, period, returns.get(row[0]), indicators) for row in rows]
        ),
        Table(
            _("month before"),
            _columns(indicators, with_notes=False),
            [[code, name, period.code, *_figures(before[key] or {}, indicators)] for key, code, name in rows],
        ),
    ]


def _columns(indicators, with_notes=True):
    first = [Column("library_code", as_text=True), Column("name"), Column("period", as_text=True)]
    notes = [Column(f"{one.code}.note") for one in indicators] if with_notes else []
    return [*first, *(Column(f"{one.code} {one.title}") for one in indicators), *notes]


def _row(row, period, one, indicators):
    """Fill in what has been saved already, so that nobody types it twice."""
    _key, code, name = row
    figures, notes = (one.figures, one.notes) if one else ({}, {})
    return [code, name, period.code, *_figures(figures, indicators), *(notes.get(each.code) for each in indicators)]


def _figures(figures, indicators):
    return [write_figure(figures.get(one.code)) for one in indicators]
