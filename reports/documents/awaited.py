"""Tell what was still to come when the figures were frozen from what was missing: its day was not over (6.2.1 j)."""

from typing import Any

from django.utils.translation import gettext_noop

# Snapshots keep these reasons in English; they are named here so that the catalogue has them.
NOT_REPORTED = gettext_noop("not reported")
STILL_TO_COME = gettext_noop("still to come")
DUE = "due"

Snapshot = dict[str, Any]


def gaps_by_reason(snapshot: Snapshot) -> dict[str, list[dict[str, Any]]]:
    """Return the gaps that are missing and those that are still to come, under the reasons that snapshots keep."""
    gaps = snapshot.get("missing", ())
    to_come = [gap for gap in gaps if gap["reason"] == STILL_TO_COME]
    return {NOT_REPORTED: [gap for gap in gaps if gap["reason"] != STILL_TO_COME], STILL_TO_COME: to_come}


def told_apart(snapshot: Snapshot) -> Snapshot:
    """Return the snapshot with cells that say of themselves that their day was not over.

    A library is in its tables once, so that it is missing as soon as it was so in one of its months.
    """
    awaited = _awaited(snapshot)
    if not awaited:
        return snapshot
    libraries = {
        code: {key: _library_cell(cell) for key, cell in cells.items()} if code in awaited else cells
        for code, cells in snapshot["libraries"].items()
    }
    districts = {code: _totals(cells, awaited) for code, cells in snapshot["districts"].items()}
    return snapshot | {
        "libraries": libraries,
        "districts": districts,
        "system": _totals(snapshot["system"], awaited),
    }


def totals_told_apart(cells: Snapshot, missing: list[dict[str, Any]]) -> Snapshot:
    """Return the totals of a snapshot alone, told apart by its gaps."""
    return _totals(cells, _awaited({"missing": missing}))


def _awaited(snapshot: Snapshot) -> set[str]:
    """Return the libraries of which every gap is still to come."""
    gaps = gaps_by_reason(snapshot)
    return {gap["library"] for gap in gaps[STILL_TO_COME]} - {gap["library"] for gap in gaps[NOT_REPORTED]}


def _library_cell(cell: Snapshot) -> Snapshot:
    return cell | {"status": DUE} if cell["status"] == "missing" else cell


def _totals(cells: Snapshot, awaited: set[str]) -> Snapshot:
    """Mark the totals to which nothing has come yet because the day of all who are to report is not over."""
    return {
        key: cell | {"status": DUE}
        if cell["value"] is None and cell["missing"] and awaited.issuperset(cell["missing"])
        else cell
        for key, cell in cells.items()
    }
