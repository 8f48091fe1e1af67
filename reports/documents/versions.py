"""Let editions of every earlier shape be printed for ever: what they did not know yet is said to be nothing."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

# {version: keys that it added, by the place in the data, with what stands for them in older data}.
ADDED: dict[int, dict[str, dict[str, Any]]] = {
    2: {"network": {"transferred": []}},
    3: {},
    4: {"network": {"on": ""}},
    5: {},
    6: {},
    7: {},
}
# Since then the English names of districts are those which the divisions have; before, a table of ours had short ones.
ENGLISH_NAMES_OF_DIVISIONS = 3
# Since then each total says how it moved over the libraries that have figures on both sides.
CHANGES = 4
# Since then each figure of another period says over how many it is, and whether it can still change.
BASES = 5
# Since then it holds what formulas reckon with: themselves, the population, the area of each library.
RECKONING = 6
# Since then it holds the months of districts and libraries, of the figures that are drawn.
MONTHS = 7
# The shape of what is frozen today.
VERSION = max(ADDED)


def upgraded(snapshot: Mapping[str, Any]) -> dict[str, Any]:
    """Return the snapshot in today's shape; the frozen data itself stays as it is, and so does its digest."""
    version = snapshot.get("version", 1)
    shaped = {**snapshot, "version": VERSION}
    for number in sorted(ADDED):
        if number > version:
            for place, defaults in ADDED[number].items():
                shaped[place] = {**defaults, **shaped.get(place, {})}
    return shaped


def _each_total(snapshot: dict[str, Any], made: Callable[[dict[str, Any]], dict[str, Any]]) -> dict[str, Any]:
    """Return the snapshot with each of its totals made anew."""
    districts = {
        place: {code: made(cell) for code, cell in cells.items()} for place, cells in snapshot["districts"].items()
    }
    return snapshot | {
        "system": {code: made(cell) for code, cell in snapshot["system"].items()},
        "districts": districts,
    }


def _without_changes(cell: dict[str, Any]) -> dict[str, Any]:
    plain = {key: value for key, value in cell.items() if key != "change"}
    if "series" in plain:
        plain["series"] = [{key: value for key, value in point.items() if key != "change"} for point in plain["series"]]
    return plain


def _without_bases(cell: dict[str, Any]) -> dict[str, Any]:
    plain = {key: value for key, value in cell.items() if key != "bases"}
    if "series" in plain:
        plain["series"] = [_without_coverage(point) for point in plain["series"]]
    return plain


def _without_reckoning(snapshot: dict[str, Any]) -> dict[str, Any]:
    plain = {key: value for key, value in snapshot.items() if key != "reckoning"}
    rows = [{key: value for key, value in row.items() if key != "area"} for row in plain["libraries_list"]]
    return plain | {"libraries_list": rows}


def _without_coverage(point: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in point.items() if key not in ("expected", "reported")}


def earlier(data: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the data in each shape of before, the newest first: without the keys that came later."""
    shaped = dict(data)
    for number in sorted(ADDED, reverse=True):
        for place, later in ADDED[number].items():
            shaped[place] = {key: value for key, value in shaped[place].items() if key not in later}
        if number == MONTHS:
            shaped.pop("by_month", None)
        if number == RECKONING:
            shaped = _without_reckoning(shaped)
        if number == BASES:
            shaped = _each_total(shaped, _without_bases)
        if number == CHANGES:
            shaped = _each_total(shaped, _without_changes)
        shaped["version"] = number - 1
        # The first shape had no number.
        yield dict(shaped) if number > 2 else {key: value for key, value in shaped.items() if key != "version"}


def as_known_by(older: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the data as an older snapshot would hold it: without the keys and the rooms' chapters that came later."""
    version = older.get("version", 1)
    shaped = next((one for one in (dict(data), *earlier(data)) if one.get("version", 1) == version), dict(data))
    if "dictionary_version" not in older:
        shaped.pop("dictionary_version", None)
    if version < ENGLISH_NAMES_OF_DIVISIONS:
        shaped["districts_list"] = _named_as_in(older["districts_list"], shaped["districts_list"])
    rooms = {key: rows for key, rows in shaped.pop("rooms", {}).items() if key in older.get("rooms", {})}
    return shaped | {"rooms": rooms} if rooms else shaped


def _named_as_in(older: list[dict[str, str]], districts: list[dict[str, str]]) -> list[dict[str, str]]:
    """Return districts under the English names that an older snapshot has for them."""
    english = {one["code"]: one["name_en"] for one in older}
    return [one | {"name_en": english.get(one["code"], one["name_en"])} for one in districts]
