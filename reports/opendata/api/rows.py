"""Lay the frozen figures of an edition out as rows (6.2.1 j)."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from fsul_portal.letters.codes import code_of_digest
from members.divisions.models import Division
from members.indicators.versions.models import DictionaryVersion
from reports.documents.figures import comparison
from reports.documents.versions import upgraded
from reports.editions.actions import full_snapshot
from reports.editions.models import Edition

Row = dict[str, Any]
Snapshot = Mapping[str, Any]
# What a definition takes out of the dictionary, and what stands for it where an old edition names no version.
OF_THE_DICTIONARY = {
    "iso_term": "",
    "over_time": "",
    "over_libraries": "",
    "frequency": "",
    "part_of": "",
    "balance": "",
    "valid_from": None,
    "valid_until": None,
}
SYSTEM, DISTRICT, LIBRARY = "system", "district", "library"


def published() -> Any:
    """Return what is open: the published editions, each with the number of the one that has replaced it."""
    editions = Edition.objects.filter(published_at__isnull=False)
    later = editions.filter(kind=OuterRef("kind"), period=OuterRef("period"), number__gt=OuterRef("number"))
    newest = later.order_by("-number").values("number")[:1]
    return editions.annotate(replaced_by=Subquery(newest)).order_by("-period", "kind", "-number")


def edition_row(edition: Edition) -> Row:
    return {
        "kind": edition.kind,
        "period": edition.period,
        "edition": edition.number,
        "frozen_at": edition.frozen_at,
        "published_at": edition.published_at,
        "digest": edition.digest,
        "code": code_of_digest(edition.digest),
        "replaced_by": getattr(edition, "replaced_by", None),
    }


def snapshot_of(edition: Edition) -> Snapshot:
    """Return the frozen figures in today's shape, whatever shape they were frozen in."""
    return upgraded(full_snapshot(edition))


def edition_facts(edition: Edition) -> Row:
    snapshot = snapshot_of(edition)
    return edition_row(edition) | {
        "dictionary_version": _version(snapshot),
        "provisional": snapshot["provisional"],
        "months": snapshot["months"],
        "indicators": [entry["code"] for entry in snapshot["dictionary"]],
        "districts": len(snapshot["districts_list"]),
        "libraries": len(snapshot["libraries_list"]),
        "transferred": sorted({one["code"] for one in snapshot["network"]["transferred"]}),
    }


def figure_cells(snapshot: Snapshot) -> Iterator[tuple[str, str, str, str, Row]]:
    """Yield (scope, place, name, indicator, cell) in the order of the edition."""
    codes = [entry["code"] for entry in snapshot["dictionary"]]
    places = [(SYSTEM, "", "", snapshot["system"])]
    for scope, listed, cells in ((DISTRICT, "districts_list", "districts"), (LIBRARY, "libraries_list", "libraries")):
        places += [(scope, one["code"], one["name"], snapshot[cells][one["code"]]) for one in snapshot[listed]]
    for scope, place, name, found in places:
        yield from ((scope, place, name, code, found[code]) for code in codes)


def figure_row(scope: str, place: str, name: str, indicator: str, cell: Row) -> Row:
    """Return a figure with its standing; all rows have the same columns, what is told of totals alone is empty."""
    said = {"scope": scope, "place": place, "name": name, "indicator": indicator, "value": cell["value"]}
    if scope == LIBRARY:
        return said | _of_library(place, cell)
    status = "na" if not cell.get("additive", True) else _standing(cell)
    return said | {
        "status": cell.get("status") or status,
        **{key: cell[key] for key in ("complete", "expected", "reported", "missing")},
        "late": cell.get("late", 0),
        "change": {name: _change(cell, name) for name in ("last_year", "last_period")},
    }


def _standing(cell: Row) -> str:
    if not cell["expected"]:
        return "na" if cell["value"] is None else "reported"
    if cell["value"] is None:
        return "missing"
    return "reported" if cell["complete"] else "partial"


def _of_library(place: str, cell: Row) -> Row:
    lacks = cell["status"] in ("missing", "partial")
    return {
        "status": cell["status"],
        "complete": not lacks,
        "expected": None,
        "reported": None,
        "late": None,
        "missing": [place] if lacks else [],
        "change": {"last_year": None, "last_period": None},
    }


def _change(cell: Row, name: str) -> Row | None:
    """Return how a total moved, as it says of itself; what older shapes do not say is nothing."""
    found = comparison(cell, name)
    if "change" not in cell or not found:
        return None
    return {key: found.get(key) for key in ("libraries", "of", "value", "base", "rate")} | {
        "reason": found.get("reason", "")
    }


def definition_rows(snapshot: Snapshot) -> list[Row]:
    """Return what each indicator of an edition meant: its own words, and the rest as its dictionary said."""
    number = _version(snapshot)
    version = DictionaryVersion.objects.filter(number=number).first() if number else None
    said = version.content["indicators"] if version else {}
    return [_definition(entry, said.get(entry["code"], {}), number) for entry in snapshot["dictionary"]]


def _definition(entry: Row, said: Row, number: int | None) -> Row:
    words = {key: entry[key] for key in ("code", "name", "name_en", "unit", "unit_en", "definition", "definition_en")}
    rest = {key: said.get(key, nothing) for key, nothing in OF_THE_DICTIONARY.items()}
    known = {"stock": entry["stock"], "additive": entry.get("additive", True), "dictionary_version": number}
    return words | rest | known


def _version(snapshot: Snapshot) -> int | None:
    number: int | None = snapshot.get("dictionary_version", {}).get("number")
    return number


def library_rows(snapshot: Snapshot) -> list[Row]:
    """Return the registry as an edition holds it: what a library was called and where it stood, and nothing else."""
    return [
        {key: one[key] for key in ("code", "name", "level", "district", "district_name")}
        for one in snapshot["libraries_list"]
    ]


def district_rows(snapshot: Snapshot) -> list[Row]:
    return [{key: one[key] for key in ("code", "name", "name_en")} for one in snapshot["districts_list"]]


def division_rows(level: str) -> QuerySet[Division]:
    divisions = Division.objects.filter(level=level) if level else Division.objects.all()
    return divisions.select_related("parent").order_by("code")


def division_row(division: Division) -> Row:
    said = {key: getattr(division, key) for key in ("code", "name", "name_en", "level")}
    return said | {"parent_code": division.parent.code if division.parent else ""}
