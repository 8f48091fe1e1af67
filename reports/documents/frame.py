"""The frame of every sheet of a report's workbook: title, imprint, headings, rows, signs."""

from itertools import cycle
from typing import Any

from django.utils.translation import gettext

from fsul_portal.sheets.neutral import neutralise

from .figures import NOT_APPLICABLE

A4 = 9
# Of the lines and columns of a chart, in their order.
COLORS = ("#17527A", "#B45F06")
TITLE_ROW, UNIT_ROW, HEADER_ROW, FIRST_ROW = range(4)
GRID: dict[str, Any] = {"border": 1, "border_color": "#B9C3CB", "valign": "vcenter"}
STRONG: dict[str, Any] = {"bold": True, "bg_color": "#EEF3F6"}
LOOKS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 16, "align": "center", "valign": "vcenter", "font_color": "#17527A"},
    "unit": {"font_color": "#5C6B78", "valign": "vcenter"},
    "header": GRID | {"bold": True, "bg_color": "#DCE6EE", "align": "center", "text_wrap": True},
    "text": GRID | {"num_format": "@", "text_wrap": True},
    "number": GRID | {"num_format": "#,##0.##;-#,##0.##;0", "align": "right"},
    "whole": GRID | {"num_format": "#,##0", "align": "right"},
    "broken": GRID | {"num_format": '#,##0.##"*"', "align": "right"},
    "incomplete": GRID | {"num_format": '#,##0"*"', "align": "right"},
    "percent": GRID | {"num_format": "0.00%", "align": "right"},
    "empty": GRID,
    "absent": GRID | {"align": "right", "font_color": "#8A5A1C"},
}
LOOKS |= {f"strong {name}": look | STRONG for name, look in LOOKS.items() if name not in ("title", "unit", "header")}


class Sheet:
    """A sheet with its title, its imprint and its headings, to which rows are added."""

    def __init__(self, book, looks, reading, name, columns):
        self.book, self.sheet, self.looks, self.row = book, book.add_worksheet(name), looks, FIRST_ROW
        last = self.last = len(columns) - 1
        self.sheet.merge_range(TITLE_ROW, 0, TITLE_ROW, last, f"{reading.title} {name}", looks["title"])
        self.sheet.merge_range(UNIT_ROW, 0, UNIT_ROW, last, _imprint(reading), looks["unit"])
        self.sheet.set_row(TITLE_ROW, 30)
        self.sheet.set_row(HEADER_ROW, 34)
        for column, (heading, width) in enumerate(columns):
            self.sheet.write_string(HEADER_ROW, column, neutralise(heading), looks["header"])
            self.sheet.set_column(column, column, width)
        self._set_paper(last)

    def _set_paper(self, last):
        self.sheet.freeze_panes(FIRST_ROW, min(3, last))
        self.sheet.set_landscape()
        self.sheet.set_paper(A4)
        self.sheet.repeat_rows(TITLE_ROW, HEADER_ROW)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_footer("&C— &P —")

    def add(self, cells, *, strong=False):
        """Add a row of (look, value) cells; texts are written as texts whatever they begin with."""
        for column, (look, value) in enumerate(cells):
            shown = self.looks[f"strong {look}" if strong else look]
            if look == "empty":
                self.sheet.write_blank(self.row, column, None, shown)
            elif look in ("text", "absent"):
                self.sheet.write_string(self.row, column, neutralise(str(value)), shown)
            else:
                self.sheet.write_number(self.row, column, value, shown)
        self.row += 1

    def filtered(self):
        """Let the rows be filtered by their heads; called when all rows stand."""
        if self.row > FIRST_ROW:
            self.sheet.autofilter(HEADER_ROW, 0, self.row - 1, self.last)

    def draw(self, kind, columns, rows, title, *, named_by):
        """Draw columns of rows (first, last) as a chart under the table: [(column, name, [is incomplete, …]), …].

        named_by: the column that names the rows. What is incomplete is hollow.
        """
        if not columns:
            return
        (first, last), name = rows, self.sheet.get_name()
        chart = self.book.add_chart({"type": kind})
        for (column, words, incomplete), color in zip(columns, cycle(COLORS)):
            chart.add_series(
                {
                    "name": words,
                    "categories": [name, first, named_by, last, named_by],
                    "values": [name, first, column, last, column],
                    "points": [_hollow(color) if one else None for one in incomplete],
                    **_drawn_in(kind, color),
                }
            )
        chart.set_title({"name": title})
        # A month of which nobody reported is a gap, not nothing.
        chart.show_blanks_as("gap")
        chart.set_size({"width": 900, "height": 320})
        self.sheet.insert_chart(self.row + 3, 0, chart, {"description": title})

    def close(self, sentence):
        """Put a line of explanation under the table."""
        self.sheet.write_string(self.row + 1, 0, neutralise(sentence), self.looks["unit"])


def _drawn_in(kind, color):
    if kind != "line":
        return {"fill": {"color": color}}
    whole = {"type": "circle", "size": 7, "fill": {"color": color}, "border": {"color": color}}
    return {"line": {"color": color}, "marker": whole}


def _hollow(color):
    return {"fill": {"color": "#FFFFFF"}, "border": {"color": color, "width": 1.5}}


def _imprint(reading):
    words = {
        "by": gettext("Coordination group"),
        "period": reading.period_name,
        "edition": reading.edition_name,
        "frozen": reading.frozen_name,
    }
    line = gettext("Compiled by: %(by)s    Period: %(period)s    %(edition)s    Figures as of: %(frozen)s") % words
    remarks = [gettext("Translation. The Chinese text is authoritative.")] if reading.english else []
    remarks += [gettext("Provisional figures")] if reading.snapshot["provisional"] else []
    return "    ".join([line, *remarks])


def texts(*values):
    return [("text", value) for value in values]


def number(value):
    if value is None:
        return ("absent", NOT_APPLICABLE)
    return ("whole" if value == int(value) else "number", value)


def hollow():
    return gettext("In the chart a figure with * is hollow.")


def signs(reading):
    if reading.to_come:
        return f"{_every_sign()} {gettext('“Still to come”: its due day is not over.')}"
    return _every_sign()


def _every_sign():
    return gettext(
        "Signs: 0 is zero; “missing” was due and did not come; — does not apply or cannot be compared; “closed” for "
        "the whole period; * incomplete or not locked yet, holds only what was reported."
    )
