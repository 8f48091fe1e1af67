"""The sheet of a report's workbook that tells the levels of libraries apart."""

from typing import Any

from django.utils.translation import gettext, pgettext

from ..frame import Sheet, number, signs, texts
from .kinds import areas, told
from .levels import AREA, Sum, area_name, area_sums, levels_in, sums, together


def levels_sheet(book: Any, looks: Any, reading: Any) -> None:
    """Write the sums of each level, subject by subject, a row for each indicator."""
    levels = levels_in(reading)
    columns = [(gettext("Subject"), 14), (gettext("Code"), 8), (gettext("Indicator"), 30), (gettext("Unit"), 9)]
    columns += [(name, 16) for name in levels.values()] + [(gettext("Total"), 16)]
    sheet = Sheet(book, looks, reading, pgettext("sheet", "By level"), columns)
    for subject in told(reading):
        rows = [((one.code, one.name, one.unit), sums(reading, one)) for one in subject.summed(reading)]
        if subject.has_area and any(area for __, area in areas(reading)):
            rows.append(((AREA, area_name(), "m²"), area_sums(reading)))
        for names, found in rows:
            cells = [_figure(one) for one in (*found.values(), together(found))]
            sheet.add([*texts(subject.title, *names), *cells])
    sheet.filtered()
    sheet.close(signs(reading))


def _figure(one: Sum) -> tuple[str, Any]:
    if one.value is None:
        return ("absent", one.text)
    look, value = number(float(one.value) if one.value != int(one.value) else int(one.value))
    return (look, value) if one.is_whole else ("incomplete" if look == "whole" else "broken", value)
