"""Print figures the way a Chinese statistical report does, and keep the four kinds of no number apart."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import get_language, gettext, gettext_noop, pgettext

# Snapshots keep this reason in English.
TOO_FEW = gettext_noop("too few libraries have figures on both sides")

NOT_APPLICABLE = "—"
INCOMPLETE = "*"
MINUS = "−"
TEN_THOUSAND = 10_000


def missing_text() -> str:
    """Name what should have been reported and was not."""
    return pgettext("figure", "missing")


def to_come_text() -> str:
    """Name what is to be reported by a day that was not over."""
    return pgettext("figure", "still to come")


def closed_text() -> str:
    """Name the figure of a library which was closed for the whole period."""
    return pgettext("figure", "closed")


def half_up(number: Any) -> Decimal:
    """Round to two decimals the way people do, not the way floats do."""
    return Decimal(str(number)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def printed(number: float | Decimal) -> str:
    """Print a number with separators; only a broken number has decimals."""
    exact = Decimal(str(number))
    return f"{int(exact):,}" if exact == exact.to_integral_value() else f"{half_up(exact):,}"


def library_text(cell: Mapping[str, Any]) -> str:
    """Print the figure of one library, or which kind of no number it is."""
    if cell["status"] == "closed":
        return closed_text()
    if cell["status"] == "na":
        return NOT_APPLICABLE
    if cell["status"] == "due":
        return to_come_text()
    if cell["status"] == "missing" or cell["value"] is None:
        return missing_text()
    return printed(cell["value"]) + (INCOMPLETE if cell["status"] == "partial" else "")


def total_text(cell):
    """Print a total; an incomplete one carries a mark, a total of nobody is no number."""
    if cell["value"] is None:
        # Days open of many libraries are no total that lacks something: they do not add up at all.
        if not cell["expected"] or not cell.get("additive", True):
            return NOT_APPLICABLE
        return to_come_text() if cell.get("status") == "due" else missing_text()
    return printed(cell["value"]) + ("" if cell["complete"] else INCOMPLETE)


def plain_text(value):
    """Print a figure of another period, or that there is none."""
    return NOT_APPLICABLE if value is None else printed(value)


def base_text(cell, name):
    """Print the figure of another period beside a total, marked where it is incomplete or may still change."""
    known = (cell.get("bases") or {}).get(name)
    return plain_text(cell[name]) + (INCOMPLETE if cell[name] is not None and not is_final(known) else "")


def point_text(point):
    """Print a month of a series, marked where somebody is missing in it."""
    known = point if "expected" in point else None
    return plain_text(point["value"]) + (INCOMPLETE if point["value"] is not None and not is_final(known) else "")


def is_final(known: Mapping[str, Any] | None) -> bool:
    """Say whether a figure is whole and locked; of what older shapes do not say nothing is known against it."""
    return not known or (known["reported"] == known["expected"] and not known.get("provisional", False))


def change(value: Any, base: Any) -> Decimal | None:
    """Give the change in per cent, or None where nothing can be compared."""
    if value is None or not base:
        return None
    value, base = Decimal(str(value)), Decimal(str(base))
    return half_up((value - base) / base * 100)


def moved(cell: Mapping[str, Any], name: str) -> Decimal | None:
    """Return the change in per cent that a total or a month of a series says of itself, None where it has none."""
    return change(*compared(cell, name))


def compared(cell: Mapping[str, Any], name: str) -> tuple[Any, Any]:
    """Return what is set against what; nothing where the two cannot be compared, nor what one of them lacks."""
    found = comparison(cell, name)
    return (None, None) if not found or found.get("reason") else (found["value"], found["base"])


def comparison(cell: Mapping[str, Any], name: str = "") -> Mapping[str, Any]:
    """Return what a total, or a month of a series, says of how it moved; older shapes set the totals side by side."""
    if "change" not in cell:
        return {"value": cell["value"], "base": cell.get(name)}
    changes = cell["change"] or {}
    return (changes.get(name) if name else changes) or {}


def moved_text(cell: Mapping[str, Any], name: str = "") -> str:
    """Print how a total moved, for a table; too few libraries on both sides are no dash: it is not comparable."""
    found, percent = comparison(cell, name), moved(cell, name)
    if percent is None:
        return gettext("not comparable") if found.get("reason") == TOO_FEW else NOT_APPLICABLE
    return f"{MINUS if percent < 0 else ''}{abs(percent):,}%"


def spoken(number):
    """Say a number in prose, where Chinese counts large ones in ten thousands."""
    if (get_language() or "").startswith("zh") and abs(number) >= TEN_THOUSAND:
        return f"{half_up(Decimal(str(number)) / TEN_THOUSAND):,}万"
    return printed(number)


def spoken_name(indicator):
    """Return name and unit of an indicator as one says them with a figure between, so that no word comes twice.

    到馆人次 and 人次 make 到馆…人次, 其中：少儿文献外借册次 makes 其中少儿文献外借…册次; an English name that says its
    unit needs none.
    """
    name, unit = indicator.name, indicator.unit
    if (get_language() or "").startswith("zh"):
        said = name.replace("：", "").replace("（期末）", "").replace("，期末）", "）")
        said = f"期末{said}" if "期末）" in name else said
        shorter = said.removesuffix("次") if said.endswith(f"{unit}次") else said
        return shorter.removesuffix(unit) or said, unit
    told = {word.strip("(),:").lower() for word in name.split()}
    return name, "" if unit.lower() in told else f" {unit}"


def _over_the_same(cell, name, said):
    """Say behind a change over how many libraries it is reckoned, where these are not all."""
    found = comparison(cell, name)
    if not found.get("of") or found["libraries"] == found["of"]:
        return said
    return gettext("%(change)s (same %(count)s libraries)") % {"change": said, "count": f"{found['libraries']:,}"}


def spoken_on_year(cell):
    """Say the change against the same period of the year before: a fall falls, it is not negative."""
    return _spoken_change(
        cell,
        "last_year",
        gettext("not comparable with the year before"),
        gettext("unchanged on the year before"),
        gettext("down %(percent)s%% on the year before"),
        gettext("up %(percent)s%% on the year before"),
    )


def spoken_on_month(cell):
    """Say the change against the month before."""
    return _spoken_change(
        cell,
        "last_period",
        gettext("not comparable with the month before"),
        gettext("unchanged on the month before"),
        gettext("down %(percent)s%% on the month before"),
        gettext("up %(percent)s%% on the month before"),
    )


def _spoken_change(cell, name, unknown, level, fall, rise):
    percent = moved(cell, name)
    if percent is None:
        return unknown
    way = fall if percent < 0 else rise
    return _over_the_same(cell, name, way % {"percent": f"{abs(percent):,}"} if percent else level)
