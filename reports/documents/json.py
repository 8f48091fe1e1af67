"""Write a frozen snapshot as JSON for other systems (6.2.1 j)."""

import json
from collections.abc import Mapping
from typing import Any

from fsul_portal.sheets.writer import Target

from .reading import Reading, deliver
from .reckoned.derived import in_figures
from .subjects.levels import in_figures as levels
from .versions import upgraded

PROMISED = ("kind", "period", "edition", "frozen_at", "system", "districts", "libraries")
BESIDES = (
    "version",
    "provisional",
    "hash",
    "dictionary",
    "dictionary_version",
    "months",
    "network",
    "missing",
    "excluded",
    "notes",
)
NAMES = {"districts_list": "district_names", "libraries_list": "library_names"}


def render_json(snapshot: Mapping[str, Any], out: Target) -> None:
    """Write the report to `out`, a path or binary file, the same bytes for the same snapshot."""
    snapshot = upgraded(snapshot)
    report = {key: snapshot[key] for key in PROMISED + BESIDES if key in snapshot or key != "dictionary_version"}
    report |= {name: snapshot[key] for key, name in NAMES.items()}
    if "reckoning" in snapshot:
        report["reckoned"] = in_figures(Reading(snapshot))
    report["levels"] = levels(Reading(snapshot))
    if "rooms" in snapshot:
        report["rooms"] = snapshot["rooms"]
    text = json.dumps(report, ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False)
    deliver(text.encode() + b"\n", out)
