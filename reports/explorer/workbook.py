"""Write what the explorer shows as a table to take along (6.2.1 j)."""

import io
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from fsul_portal.sheets import Table, write_csv, write_xlsx
from fsul_portal.templatetags.figures import period as in_words
from reports.explorer.choices import Choice
from reports.explorer.series import Series


def as_xlsx(choice: Choice, series: list[Series]) -> bytes:
    out = io.BytesIO()
    write_xlsx(out, [Table(_("Figures"), _heads(choice, series), _rows(choice, series), [choice.title])])
    return out.getvalue()


def as_csv(choice: Choice, series: list[Series]) -> bytes:
    return write_csv(_heads(choice, series), _rows(choice, series))


def _heads(choice: Choice, series: list[Series]) -> list[str]:
    heads = [_("Period code"), _("Period")]
    for one in series:
        heads += [f"{one.figure.title} ({one.figure.unit_title})", _("%(figure)s: note") % {"figure": one.figure.title}]
        heads.append(_("%(figure)s: change") % {"figure": one.figure.title})
        if choice.peers:
            heads += [_("%(figure)s: mean of peers") % {"figure": one.figure.title}, _("Peers")]
    return heads


def _rows(choice: Choice, series: list[Series]) -> Iterator[list[Any]]:
    for number, month in enumerate(choice.steps):
        row: list[Any] = [month, in_words(month)]
        for one in series:
            cell = one.cells[number]
            row += [cell.value, cell.note, cell.change or ("" if cell.value is None else one.why)]
            if choice.peers:
                row += [cell.peers, cell.of_peers]
        yield row
