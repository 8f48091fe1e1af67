"""Make the workbook in which a district collects the figures of a month (6.2.1 j)."""

from fsul_portal.intake.resources import columns_head
from fsul_portal.sheets import Table
from members.indicators.models import Indicator
from members.returns.checks import history_of, predecessors
from members.returns.due.completeness import due_spells
from members.returns.intake.columns import return_columns, write_figure
from members.returns.models import Return

TO_FILL_IN, BEFORE = "填报", "上月"
# What the reader needs of the columns; the state is none of the sender's business.
LEFT_OUT = {"state"}


def tables_for(period, libraries=None, district=None):
    """Return the sheets of a period's workbook: one to fill in, one with the figures before to compare."""
    spells = due_spells(period, libraries, district).select_related("library").in_office_order()
    rows = [(spell.library_id, spell.library.code, spell.name) for spell in spells]
    indicators = list(Indicator.objects.all())
    columns = [column for column in return_columns(indicators) if column.name not in LEFT_OUT]
    returns = {one.library_id: one for one in Return.objects.filter(period__code=period.code)}
    history, earlier = history_of([period.code]), predecessors(period.code)[0]
    plain = [column for column in columns if not column.name.endswith(".note")]
    return [
        _table(TO_FILL_IN, columns, [_row(row, period.code, returns.get(row[0]), indicators) for row in rows]),
        _table(
            BEFORE,
            plain,
            [
                [code, name, in_chinese(earlier), *_figures(history.figures.get((key, earlier), {}), indicators)]
                for key, code, name in rows
            ],
        ),
    ]


def in_chinese(code):
    """Write a period as people do: 2026年10月."""
    return f"{code[:4]}年{int(code[5:])}月" if len(code) > 4 else f"{code}年"


def _table(title, columns, rows):
    return Table(title, [columns_head(column) for column in columns], rows)


def _row(row, period, one, indicators):
    """Fill in what has been saved already, so that nobody types it twice."""
    _key, code, name = row
    figures, notes = (one.figures, one.notes) if one else ({}, {})
    explained = [notes.get(each.code) for each in indicators]
    return [code, name, in_chinese(period), *_figures(figures, indicators), *explained]


def _figures(figures, indicators):
    return [write_figure(figures.get(one.code)) for one in indicators]
