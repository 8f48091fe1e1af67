"""Rank libraries among their peers: those of the same level, in one district or in all (6.1 d)."""

from statistics import median
from typing import Any

from django.utils.translation import gettext

from reports.documents.figures import library_text, printed
from reports.documents.reading import Reading, level_names

WHOLE = "reported"


def ranked(reading: Reading, code: str, level: str, district: str = "") -> dict[str, Any]:
    """Return the rows of a ranking, who has no whole figure, and what the peers are; equal figures share a rank.

    rows: (rank, code of the library, name, district, figure as it is printed). without: the same without a rank.
    """
    names = {place.code: place.name for place in reading.districts}
    peers = [
        library
        for library in reading.snapshot["libraries_list"]
        if library["level"] == level and district in ("", library["district"])
    ]
    cells = {library["code"]: reading.snapshot["libraries"][library["code"]][code] for library in peers}
    # What lacks some of its months may not be set against what is whole.
    counted = [one for one in peers if cells[one["code"]]["status"] == WHOLE]
    values = [cells[one["code"]]["value"] for one in counted]
    counted.sort(key=lambda one: (-cells[one["code"]]["value"], one["code"]))

    def row(library: dict[str, Any], rank: int | None) -> tuple[int | None, str, str, str, str]:
        place = names.get(library["district"], library["district"])
        return rank, library["code"], library["name"], place, library_text(cells[library["code"]])

    indicator = next(one for one in reading.indicators if one.code == code)
    group = {"level": level_names()[level], "place": names.get(district, gettext("the whole system"))}
    return {
        "indicator": indicator,
        "rows": [row(one, 1 + sum(value > cells[one["code"]]["value"] for value in values)) for one in counted],
        "without": [row(one, None) for one in peers if one not in counted],
        "peers": gettext("%(level)s, %(place)s") % group,
        "count": len(counted),
        "median": printed(median(values)) if values else None,
    }
