"""Draw where libraries stand among their peers, and find the chart of a page by its name (6.1 d)."""

from collections.abc import Mapping, Sequence
from functools import partial
from statistics import median
from typing import Any

from django.utils.translation import gettext, ngettext

from ..figures import NOT_APPLICABLE
from ..layout.book import Figure
from ..layout.pictures import COLOURS, GREY, INK, Chart
from ..layout.shapes import Cell, Column, Row, Table
from ..reading import Reading
from .courses import MONTHS, months_of_place
from .peers import ranked
from .places import place_of

# More bars than these are no picture; the table below it has them all.
BARS = 30
# In inches: a bar, and what stands around them.
BAR, AROUND = 0.19, 0.8
RANKING = "ranking"


def ranking_chart(reading: Reading, found: Mapping[str, Any], chosen: Sequence[str]) -> list[Figure]:
    """Return the bars of a ranking; none where nobody of the peers has a figure.

    chosen: the indicator, the level and the district by which it was ranked.
    """
    name = "-".join(filter(None, (RANKING, *chosen)))
    return [Figure(f"{name}.svg", partial(_ranking_chart, reading, found))] if found["rows"] else []


def _ranking_chart(reading: Reading, found: Mapping[str, Any]) -> Chart:
    """Draw the peers under one another; who lacks months stands below, hollow and without a rank."""
    indicator, libraries = found["indicator"], reading.snapshot["libraries"]
    cells = {row[1]: libraries[row[1]][indicator.code] for row in (*found["rows"], *found["without"])}
    partly = [row for row in found["without"] if cells[row[1]]["value"] is not None]
    rows = [*found["rows"], *partly][:BARS]
    whole = len(rows) if len(found["rows"]) > BARS else len(found["rows"])
    middle = median(cells[row[1]]["value"] for row in found["rows"])

    def draw(figure: Any) -> None:
        axes = figure.subplots()
        bars = axes.barh(range(len(rows)), [cells[row[1]]["value"] for row in rows], 0.72, color=COLOURS[0])
        for bar in bars[whole:]:
            bar.set(facecolor="white", edgecolor=COLOURS[0], linewidth=1)
        axes.bar_label(bars, [row[4] for row in rows], padding=3, fontsize=8, color=INK)
        axes.set_yticks(range(len(rows)), [_named(row) for row in rows], fontsize=8, color=INK)
        axes.axvline(middle, color=COLOURS[1], linewidth=1, linestyle="--", zorder=0)
        words = gettext("Median %(median)s %(unit)s") % {"median": found["median"], "unit": indicator.unit}
        axes.set_title(words, loc="left", fontsize=8, color=GREY)
        axes.set_ylim(len(rows) - 0.4, -0.6)
        axes.xaxis.set_visible(False)
        axes.grid(visible=False)
        axes.spines["bottom"].set_visible(False)
        axes.margins(x=0.14)

    title = _ranking_title(found, len(rows), len(cells))
    told = ", ".join(f"{row[0] or NOT_APPLICABLE} {row[2]} {row[4]}" for row in rows)
    return Chart(title, told, _ranking_table(found, rows, title), draw, AROUND + BAR * len(rows))


def _named(row: Sequence[Any]) -> str:
    rank, __, name, *__ = row
    return f"{name}  {rank or NOT_APPLICABLE}"


def _ranking_title(found: Mapping[str, Any], drawn: int, peers: int) -> str:
    words = {"indicator": found["indicator"].name, "peers": found["peers"], "drawn": drawn, "count": f"{peers:,}"}
    if drawn == peers:
        return gettext("%(indicator)s by library: %(peers)s") % words
    return (
        ngettext(
            "%(indicator)s by library: %(peers)s, %(drawn)s of %(count)s library",
            "%(indicator)s by library: %(peers)s, %(drawn)s of %(count)s libraries",
            peers,
        )
        % words
    )


def _ranking_table(found: Mapping[str, Any], rows: Sequence[Sequence[Any]], title: str) -> Table:
    columns = [
        Column(gettext("Rank"), kind="short"),
        Column(gettext("Member library"), kind="head"),
        Column(found["indicator"].name, found["indicator"].unit),
    ]
    return Table(title, columns, [Row(row[2], [Cell(row[4])], before=[str(row[0] or NOT_APPLICABLE)]) for row in rows])


def figure_of_place(reading: Reading, name: str) -> Figure | None:
    """Return the chart of a name that a page of a place or a ranking shows, None where there is none of it."""
    kind, __, rest = name.removesuffix(".svg").partition("-")
    found: list[Figure] = []
    if kind == MONTHS and (place := place_of(reading, rest)):
        found = months_of_place(reading, place)
    elif kind == RANKING and _is_offered(reading, chosen := [*rest.split("-"), "", ""][:3]):
        found = ranking_chart(reading, ranked(reading, *chosen), chosen)
    return next(iter(found), None)


def _is_offered(reading: Reading, chosen: Sequence[str]) -> bool:
    """Say whether a report has such an indicator, level and district."""
    code, level, district = chosen
    levels = {one["level"] for one in reading.snapshot["libraries_list"]}
    places = {"", *(one.code for one in reading.districts)}
    return code in {one.code for one in reading.indicators} and level in levels and district in places
