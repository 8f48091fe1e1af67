"""Draw the charts of a report, each with its figures in words and as a table."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.dateformat import format as format_date
from django.utils.translation import get_language, gettext, pgettext

from .figures import INCOMPLETE, is_final, missing_text, point_text, printed
from .layout.pictures import COLOURS, INK, Chart
from .layout.shapes import Cell, Column, Row, Table
from .reading import Indicator, Reading, month_text
from .tables import total_cell

DRAWN = ("V01", "L01")
BAR = 0.38


@dataclass(frozen=True)
class Month:
    """A month of a figure: value, if there is one; whole: nobody is missing in it; text: as a table prints it.

    told: how words name it where there is no value.
    """

    value: Any
    whole: bool
    text: str
    told: str


# The months of each drawn figure, in the order of the snapshot's months.
Courses = Mapping[str, Sequence[Month]]


def months_chart(reading: Reading) -> Chart:
    """Draw visits and loans of the whole system month by month, one under the other; no figure is a gap."""
    series = {code: reading.snapshot["system"][code]["series"] for code in DRAWN if code in reading.snapshot["system"]}
    return courses_chart(reading, {code: course_of(reading, points) for code, points in series.items()})


def course_of(reading: Reading, points: Sequence[Mapping[str, Any]]) -> list[Month]:
    """Read a frozen series of totals, each of which says of how many it is."""
    known = {point["period"]: point for point in points}
    return [_month(known.get(month)) for month in reading.snapshot["months"]]


def _month(point: Mapping[str, Any] | None) -> Month:
    if point is None:
        return Month(None, True, missing_text(), missing_text())
    whole = is_final(point if "expected" in point else None)
    return Month(point["value"], whole, point_text(point), missing_text())


def courses_chart(reading: Reading, courses: Courses, place: str = "") -> Chart:
    """Draw figures month by month, one under the other; no figure is a gap. place: of whom, if not of the system."""
    months = reading.snapshot["months"]
    drawn = [one for one in reading.indicators if any(month.value is not None for month in courses.get(one.code, ()))]

    def draw(figure: Any) -> None:
        panels = figure.subplots(max(len(drawn), 1), sharex=True, squeeze=False)[:, 0]
        for axes, indicator, colour in zip(panels, drawn, COLOURS, strict=False):
            _draw_line(axes, courses[indicator.code], indicator, colour)
        panels[-1].set_xticks(range(len(months)), [_tick(month, at) for at, month in enumerate(months)])
        panels[-1].set_xlim(-0.4, len(months) - 0.6)

    words = {"indicators": _together(drawn), "place": place}
    title = gettext("%(place)s: %(indicators)s by month") if place else gettext("%(indicators)s by month")
    told, table = _months_words(reading, drawn, courses), _months_table(reading, drawn, courses, title % words)
    return Chart(title % words, told, table, draw, 4.6 if len(drawn) != 1 else 2.6)


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


def _draw_line(axes: Any, months: Sequence[Month], indicator: Indicator, colour: str) -> None:
    """Draw one indicator; its highest, lowest and last month say their figure."""
    values = [float("nan") if month.value is None else month.value for month in months]
    axes.plot(range(len(values)), values, color=colour, marker="o", markersize=3.5, linewidth=1.6)
    hollow = [at for at, month in enumerate(months) if not month.whole]
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


def _months_words(reading: Reading, drawn: Sequence[Indicator], courses: Courses) -> str:
    lines = []
    for indicator in drawn:
        months = zip(reading.snapshot["months"], courses[indicator.code], strict=True)
        spoken = [f"{month_text(code)} {_spoken(month)}" for code, month in months]
        lines.append(f"{_labelled(indicator)}: {', '.join(spoken)}")
    return "; ".join(lines)


def _spoken(month: Month) -> str:
    return month.told if month.value is None else f"{_in_unit(month.value)}{'' if month.whole else INCOMPLETE}"


def _months_table(reading: Reading, drawn: Sequence[Indicator], courses: Courses, title: str) -> Table:
    """Lay out what the months' chart draws, for who reads figures rather than lines."""
    rows = [
        Row(month_text(month), [Cell(courses[one.code][at].text) for one in drawn])
        for at, month in enumerate(reading.snapshot["months"])
    ]
    return Table(title, _table_columns(gettext("Month"), drawn), rows)


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


def _districts_table(reading, drawn, title):
    cells = reading.snapshot["districts"]
    rows = [Row(one.name, [total_cell(cells[one.code][shown.code]) for shown in drawn]) for one in reading.districts]
    return Table(title, _table_columns(gettext("District"), drawn), rows)


def _table_columns(head, drawn):
    return [Column(head, kind="head"), *(Column(one.name, one.unit) for one in drawn)]
