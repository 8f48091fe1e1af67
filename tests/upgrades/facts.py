"""Say of a portal what no upgrade may change."""

from typing import Any

from members.libraries.models import Library, Spell
from members.people.models import User
from members.periods.models import Period
from members.returns.models import Return
from reports.editions.figures.snapshot import freeze
from reports.editions.models import Edition

Facts = dict[str, Any]


def newest_locked_month() -> str:
    return Period.objects.filter(locked_at__isnull=False, code__contains="-").order_by("code").last().code


def totals(month: str) -> dict[str, Any]:
    """Return what the system and each district reported in a month, added up anew from the returns."""
    data = freeze("monthly", month)
    places = {"system": data["system"], **data["districts"]}
    return {place: {code: cell["value"] for code, cell in cells.items()} for place, cells in places.items()}


def counts() -> dict[str, int]:
    return {
        "libraries": Library.objects.count(),
        "statements of the registry": Spell.objects.count(),
        "people": User.objects.count(),
        "returns": Return.objects.count(),
    }


def editions() -> list[list[Any]]:
    return [list(one) for one in Edition.objects.order_by("pk").values_list("kind", "period", "number", "digest")]
