"""Draw the charts of a report as vector pictures which a screen reader can announce."""

import io
import re
import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.dateformat import format as format_date
from django.utils.html import escape
from django.utils.translation import get_language, gettext, pgettext

from fsul_portal.grammar.text import clean

from .figures import INCOMPLETE, is_final, missing_text, point_text, printed
from .layout.shapes import Cell, Column, Row, Table
from .reading import month_text
from .tables import total_cell

FONT = "Noto Sans CJK SC"
INK, GREY, RULE = "#22303c", "#5c6b78", "#d9dfe4"
DRAWN = ("V01", "L01")
COLOURS = ("#17527a", "#c77b2b")
WIDTH = 6.5  # inches between the margins of an upright page
BAR = 0.38
DPI = 200
ONE_AT_A_TIME = threading.Lock()
LOOK: dict[Any, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "fsul",
    "font.family": FONT,
    "font.size": 9,
    "text.color": INK,
    "axes.edgecolor": RULE,
    "axes.labelcolor": GREY,
    "axes.grid": True,
    "axes.grid.axis": "y",
    "axes.axisbelow": True,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "grid.color": RULE,
    "grid.linewidth": 0.6,
    "xtick.color": GREY,
    "ytick.color": GREY,
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "legend.frameon": False,
    "figure.constrained_layout.use": True,
}


@dataclass(frozen=True)
class Chart:
    """A picture with the figures that it draws; it is drawn when somebody wants to see it.

    description: the figures themselves, for who cannot see the picture. table: the same to be read beside it.
    """

    title: str
    description: str
    table: Table
    draw: Callable[[Any], None] = field(compare=False, repr=False)
    height: float = 0

    @property
    def size(self) -> tuple[int, int]:
        """Return width and height in points, so that a page keeps the room for it before it is there."""
        return round(WIDTH * 72), round(self.height * 72)

    @cached_property
    def svg(self) -> str:
        return as_svg(self.draw, self.height, self.title, self.description)


def months_chart(reading):
    """Draw visits and loans of the whole system month by month, one under the other; no figure is a gap."""
    months = reading.snapshot["months"]
    drawn = [one for one in reading.indicators if one.code in DRAWN and _has_figures(reading, one.code)]

    def draw(figure):
        panels = figure.subplots(max(len(drawn), 1), sharex=True, squeeze=False)[:, 0]
        for axes, indicator, colour in zip(panels, drawn, COLOURS, strict=False):
            _draw_line(axes, _series(reading, indicator.code), _final(reading, indicator.code), indicator, colour)
        panels[-1].set_xticks(range(len(months)), [_tick(month, at) for at, month in enumerate(months)])
        panels[-1].set_xlim(-0.4, len(months) - 0.6)

    title = gettext("%(indicators)s by month") % {"indicators": _together(drawn)}
    return Chart(title, _months_words(reading, drawn), _months_table(reading, drawn, title), draw, 4.6)


def districts_chart(reading: Any, codes: Collection[str] = DRAWN) -> Chart:
    """Draw visits and loans, or others, of each district as bars under each other."""
    districts = reading.districts
    drawn = [one for one in reading.indicators if one.code in codes]

    def draw(figure):
        axes = figure.subplots()
        for at, (indicator, colour) in enumerate(zip(drawn, COLOURS, strict=False)):
            values = [_value(reading, district, indicator) for district in districts]
            places = [place + (at - (len(drawn) - 1) / 2) * BAR for place in range(len(districts))]
            label = _labelled(indicator)
            bars = axes.barh(places, [value or 0 for value in values], BAR * 0.92, color=colour, label=label)
            for bar, district in zip(bars, districts, strict=True):
                # What is not whole is drawn hollow; the legend shows a full bar.
                if not _is_whole(reading, district, indicator):
                    bar.set(facecolor="white", edgecolor=colour, linewidth=1)
            axes.bar_label(bars, [_in_unit(value) for value in values], padding=3, fontsize=8, color=INK)
        axes.set_yticks(range(len(districts)), [district.name for district in districts], fontsize=9, color=INK)
        axes.invert_yaxis()
        axes.xaxis.set_visible(False)
        axes.grid(visible=False)
        axes.spines["bottom"].set_visible(False)
        axes.margins(x=0.12)
        legend = axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, borderaxespad=0.2)
        for patch, colour in zip(legend.get_patches(), COLOURS, strict=False):
            patch.set(facecolor=colour, edgecolor=colour)

    title = gettext("%(indicators)s by district") % {"indicators": _together(drawn)}
    height = 3.5 if len(drawn) > 1 else 2.4
    words, table = _districts_words(reading, districts, drawn), _districts_table(reading, drawn, title)
    return Chart(title, words, table, draw, height)


def as_svg(draw: Callable[[Any], None], height: float, title: str, description: str) -> str:
    """Draw on a figure so many inches high; return the SVG with the words by which it is read aloud."""
    nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    drawing = _saved(draw, height, format="svg", metadata=nothing)
    return str(_announced(drawing.decode(), title, description))


def as_png(draw: Callable[[Any], None], height: float) -> bytes:
    """Draw the same as a picture of points, fine enough for paper."""
    return _saved(draw, height, format="png", dpi=DPI, metadata={"Software": None})


def _saved(draw: Callable[[Any], None], height: float, **how: Any) -> bytes:
    import matplotlib
    from matplotlib.figure import Figure

    # The look is one for the whole process: two pictures at once would take each other's.
    with ONE_AT_A_TIME, matplotlib.rc_context(LOOK):
        figure = Figure(figsize=(WIDTH, height))
        draw(figure)
        drawing = io.BytesIO()
        figure.savefig(drawing, **how)
    return drawing.getvalue()


def _announced(svg, title, description):
    """Give the picture the title and description by which it is read aloud."""
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, count=1, flags=re.DOTALL)
    words = (
        f'<title id="title">{escape(clean(title))}</title>\n <desc id="description">{escape(clean(description))}</desc>'
    )
    return re.sub(
        r"<svg ([^>]*)>",
        lambda found: f'<svg {found[1]} role="img" aria-labelledby="title description">\n {words}',
        svg,
        count=1,
    )


def _has_figures(reading, code):
    return any(point["value"] is not None for point in reading.snapshot["system"][code]["series"])


def _series(reading, code):
    series = {point["period"]: point["value"] for point in reading.snapshot["system"][code]["series"]}
    values = [series.get(month) for month in reading.snapshot["months"]]
    return [float("nan") if value is None else value for value in values]


def _final(reading, code):
    """Say of each month whether all who were expected are in it."""
    points = reading.snapshot["system"][code]["series"]
    whole = {point["period"]: is_final(point if "expected" in point else None) for point in points}
    return [whole.get(month, True) for month in reading.snapshot["months"]]


def _value(reading, district, indicator):
    return reading.snapshot["districts"][district.code][indicator.code]["value"]


def _is_whole(reading, district, indicator):
    cell = reading.snapshot["districts"][district.code][indicator.code]
    return cell["value"] is None or cell["complete"]


def _tick(month, at):
    """Name a month; the first one and each January also say their year."""
    day = date(int(month[:4]), int(month[5:7]), 1)
    short = format_date(day, pgettext("date format", "M"))
    return f"{short}\n{day.year}" if at == 0 or day.month == 1 else short


def _chinese():
    return (get_language() or "").startswith("zh")


def _in_unit(value):
    """Label a bar, in ten thousands where the reader counts so."""
    if value is None:
        return missing_text()
    if _chinese() and value >= 10_000:
        return f"{value / 10_000:,.1f}万"
    return printed(value)


def _count_axis(axes, values):
    """Count from nothing, in ten thousands for a Chinese reader and in plain numbers for others."""
    highest = max([value for value in values if value == value], default=0)
    axes.set_ylim(0, highest * 1.2 or 1)
    large = _chinese() and highest >= 100_000
    axes.yaxis.set_major_formatter(lambda value, _: f"{value / 10_000:,g}万" if large and value else f"{value:,.0f}")


def _labelled(indicator):
    if indicator.name.lower() == indicator.unit.lower():
        return indicator.name
    return gettext("%(name)s (%(unit)s)") % {"name": indicator.name, "unit": indicator.unit}


def _together(indicators):
    return pgettext("two things", " and ").join(indicator.name for indicator in indicators)


def _draw_line(axes, values, final, indicator, colour):
    """Draw one indicator; its highest, lowest and last month say their figure."""
    axes.plot(range(len(values)), values, color=colour, marker="o", markersize=3.5, linewidth=1.6)
    hollow = [at for at, whole in enumerate(final) if not whole]
    # What is not whole is drawn hollow, over the full point.
    axes.plot(hollow, [values[at] for at in hollow], "o", markersize=4.5, color=colour, markerfacecolor="white")
    axes.set_title(_labelled(indicator), loc="left", fontsize=9, color=INK)
    _count_axis(axes, values)
    known = [(value, at) for at, value in enumerate(values) if value == value]
    for value, at in sorted({max(known), min(known), known[-1]}) if known else []:
        below = (value, at) == min(known) and (value, at) != known[-1]
        axes.annotate(
            _in_unit(value),
            (at, value),
            xytext=(0, -6 if below else 6),
            textcoords="offset points",
            ha="center",
            va="top" if below else "bottom",
            fontsize=8,
            color=colour,
        )


def _months_words(reading, drawn):
    lines = []
    for indicator in drawn:
        points = reading.snapshot["system"][indicator.code]["series"]
        spoken = [f"{month_text(point['period'])} {_in_unit(point['value'])}{_mark_of(point)}" for point in points]
        lines.append(f"{_labelled(indicator)}: {', '.join(spoken)}")
    return "; ".join(lines)


def _mark_of(point):
    return "" if point["value"] is None or is_final(point if "expected" in point else None) else INCOMPLETE


def _districts_words(reading, districts, drawn):
    lines = []
    for indicator in drawn:
        spoken = [
            f"{place.name} {_in_unit(_value(reading, place, indicator))}"
            f"{'' if _is_whole(reading, place, indicator) else INCOMPLETE}"
            for place in districts
        ]
        lines.append(f"{_labelled(indicator)}: {', '.join(spoken)}")
    return "; ".join(lines)


def _months_table(reading, drawn, title):
    """Lay out what the months' chart draws, for who reads figures rather than lines."""
    system = reading.snapshot["system"]
    points = {one.code: {point["period"]: point for point in system[one.code]["series"]} for one in drawn}
    known = [(month, [points[one.code].get(month) for one in drawn]) for month in reading.snapshot["months"]]
    rows = [
        Row(month_text(month), [Cell(point_text(point) if point else missing_text()) for point in found])
        for month, found in known
    ]
    return Table(title, _table_columns(gettext("Month"), drawn), rows)


def _districts_table(reading, drawn, title):
    cells = reading.snapshot["districts"]
    rows = [Row(one.name, [total_cell(cells[one.code][shown.code]) for shown in drawn]) for one in reading.districts]
    return Table(title, _table_columns(gettext("District"), drawn), rows)


def _table_columns(head, drawn):
    return [Column(head, kind="head"), *(Column(one.name, one.unit) for one in drawn)]
