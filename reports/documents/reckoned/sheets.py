"""The sheets of what is reckoned from a report's figures: formulas, and the yearly table of the authority."""

from django.utils.translation import gettext, pgettext

from ..figures import INCOMPLETE, NOT_APPLICABLE
from ..frame import Sheet, signs, texts
from .derived import Derived, in_words
from .statutory import year_table


def derived_sheet(book, looks, reading):
    """Give the formulas a sheet: the system and each district, value by value."""
    derived = Derived(reading)
    if not derived.formulas:
        return
    columns = [(gettext("Code"), 10), (gettext("District"), 20)]
    columns += [(f"{derived.name(one)}\n({derived.unit(one)})", 16) for one in derived.formulas]
    sheet = Sheet(book, looks, reading, pgettext("sheet", "Reckoned figures"), columns)
    for place in reading.districts:
        values = [derived.value(one, place.code) for one in derived.formulas]
        sheet.add([*texts(place.code, place.name), *map(_reckoned, values)])
    values = [derived.value(one) for one in derived.formulas]
    sheet.add([*texts("", gettext("Total")), *map(_reckoned, values)], strong=True)
    formulas = [f"{derived.name(one)} = {in_words(derived, one)}" for one in derived.formulas]
    sheet.close(pgettext("clauses", "; ").join([*formulas, *derived.population["sources"]]))


def _reckoned(value):
    if value.reckoned.value is None:
        return ("absent", NOT_APPLICABLE)
    return ("number" if value.is_whole else "broken", float(value.reckoned.value))


def statutory_sheet(book, looks, reading):
    """Give the table of the authority a sheet of the report of a year."""
    if not reading.annual:
        return
    table = year_table(reading)
    widths = [8, 30, 12, *[16] * (len(table.columns) - 3)]
    columns = list(zip((column.name for column in table.columns), widths, strict=True))
    sheet = Sheet(book, looks, reading, pgettext("sheet", "Yearly statistics"), columns)
    for row in table.rows:
        unit, *cells = row.cells
        sheet.add([*texts(*row.before, row.head, unit.text), *(_written(cell.text) for cell in cells)])
    sheet.close(signs(reading))


def _written(text):
    """Write a printed figure as a number where it is one."""
    bare = text.removesuffix(INCOMPLETE).replace(",", "")
    if not bare.replace(".", "").isdigit():
        return ("absent", text)
    look = ("whole", "incomplete") if bare.isdigit() else ("number", "broken")
    return (look[text.endswith(INCOMPLETE)], float(bare) if "." in bare else int(bare))
