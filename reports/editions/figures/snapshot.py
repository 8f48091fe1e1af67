"""Freeze the figures of a report: everything the documents need, and nothing that changes afterwards (6.1 d)."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from fsul_portal.grammar.chapters import frozen
from fsul_portal.rooms import offered
from members.divisions.models import Division
from members.indicators.models import Indicator
from members.indicators.versions.reading import Dictionaries
from members.periods.models import Period, month_before, months_of, period_days
from reports.documents.versions import VERSION
from reports.editions.figures.adding import NOW, SYSTEM, Adding, Key
from reports.editions.figures.comparison import change_of
from reports.editions.figures.given import reckoning
from reports.editions.figures.groups import Stretch
from reports.editions.figures.network import network
from reports.editions.figures.spans import periods_of

CITY_NAME = ("市本级（中心馆）", "City (central library)")
SERIES_MONTHS = 13


def freeze(kind: str, code: str) -> dict[str, Any]:
    """Return the snapshot's data for a month or a year: a plain dictionary without edition, clock or digest (6.1 d)."""
    dictionaries, period = Dictionaries(), periods_of(code)[-1]
    indicators = [one for one in dictionaries.at(period) if one.in_use]
    months = (
        months_of(code) if kind == "annual" else [month_before(code, back) for back in range(SERIES_MONTHS - 1, -1, -1)]
    )
    added = Adding(kind, code, months, indicators)
    span, libraries = added.span, [row for __, row in sorted(added.libraries, key=lambda one: one[0])]
    order = {row["code"]: at for at, row in enumerate(libraries)}
    districts = sorted(added.districts.values(), key=lambda district: district.sort)
    first_day, last_day = period_days(code)
    # Of a year that is not over one says what was true when its last month was.
    last_day = span.end or last_day
    known_at = period.locked_at
    return {
        "version": VERSION,
        "kind": kind,
        "period": code,
        "provisional": is_provisional(code),
        "dictionary": [_entry(indicator) for indicator in indicators],
        "dictionary_version": dictionaries.named(period),
        "districts_list": [{"code": one.code, **_names(one)} for one in districts],
        "libraries_list": libraries,
        "reckoning": reckoning(dictionaries, period),
        "months": months,
        "by_month": _by_month(added, districts, order),
        "system": _cells(added, SYSTEM),
        "districts": {place.code: _cells(added, place.code) for place in districts},
        "libraries": {one: added.cells[one] for one in order},
        "network": {"on": last_day.isoformat()} | network(first_day, last_day, known_at=known_at),
        **added.gaps.listed(order),
        **_of_rooms(first_day, last_day, known_at),
    }


def _of_rooms(first_day, last_day, known_at):
    """Freeze the chapters that rooms give; where none does, the data is what it was without them."""
    given = {one.key: frozen(one, first_day, last_day, known_at) for one in offered("report")}
    told = {one.key: given[one.key] for one in offered("report") if given[one.key] or one.also_empty}
    return {"rooms": told} if told else {}


def digest(data: Mapping[str, Any]) -> str:
    """Return the SHA-256 of the data in one fixed spelling."""
    mark = hashlib.sha256()
    for piece in _spelled(data, 2):
        mark.update(piece.encode())
    return mark.hexdigest()


def _spelled(data: Any, depth: int) -> Iterator[str]:
    """Yield the data as JSON with its keys in order, the uppermost ones apart: nobody holds a report of all as text."""
    if not depth or not isinstance(data, Mapping):
        yield json.dumps(data, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return
    for at, key in enumerate(sorted(data)):
        yield f"{',' if at else '{'}{json.dumps(key, ensure_ascii=False)}:"
        yield from _spelled(data[key], depth - 1)
    yield "}" if data else "{}"


def is_provisional(code):
    """Say whether some month of the period is not locked yet; a locked year stands for its months."""
    locked = set(Period.objects.filter(locked_at__isnull=False).values_list("code", flat=True))
    return code not in locked and not locked.issuperset(months_of(code))


def _cells(added: Adding, place: str) -> dict[str, Any]:
    """Return the totals of a place, each beside the same figure a year and a month before, and how it moved.

    A year that is not over stands beside the same months of the year before; it has no month before.
    """
    names = ["last_year"] if added.is_annual else ["last_year", "last_period"]
    provisional = {name: _is_open(added.stretch, added.before[name]) for name in names}
    found = {}
    for one in added.indicators:
        cell = {**added.totals[NOW, place, one.code], "bases": {}, "change": {}}
        cell["missing"] = sorted(cell["missing"])
        for name in ("last_year", "last_period"):
            total = _told(added, (name, place, one.code)) if name in names else None
            cell[name] = total and total["value"]
            cell["bases"][name] = total and _coverage(total) | {"provisional": provisional[name]}
            cell["change"][name] = _change(added, (name, place, one.code)) if name in names else None
        found[one.code] = cell | ({} if place else {"series": _series(added, one)})
    return found


def _told(added: Adding, key: Key) -> dict[str, Any] | None:
    """Return a total, None where nobody gave a number."""
    total = added.totals.get(key)
    return total if total and total["value"] is not None else None


def _change(added: Adding, key: Key) -> dict[str, Any] | None:
    """Say how a total moved; of what does not add up there is none."""
    return change_of(added.sides[key]) if key in added.sides else None


def _series(added: Adding, indicator: Indicator) -> list[dict[str, Any]]:
    """Return the way of the system through the months, each month against the one before."""
    points, earlier = [], None
    for month in added.months:
        key = month, SYSTEM, indicator.code
        total = _told(added, key)
        # Where one of the two has nothing there is nothing to say, whoever was asked.
        points.append(_point(month, total) | {"change": _change(added, key) if total and earlier else None})
        earlier = total
    return points


def _by_month(added: Adding, districts: list[Division], order: Mapping[str, int]) -> dict[str, Any]:
    """Return the months of each district and library; where nobody gave a number nobody is said to be missing."""
    told = {one.code: [bool(_told(added, (month, SYSTEM, one.code))) for month in added.months] for one in added.drawn}

    def of_district(place: str, code: str) -> list[dict[str, Any]]:
        months = zip(added.months, told[code], strict=True)
        return [_point(month, added.totals.get((month, place, code)) if is_told else None) for month, is_told in months]

    of_districts = {place.code: {code: of_district(place.code, code) for code in told} for place in districts}
    of_libraries = {
        one: {
            code: [answer if is_told else None for answer, is_told in zip(added.answers[one][code], known, strict=True)]
            for code, known in told.items()
        }
        for one in order
    }
    return {"districts": of_districts, "libraries": of_libraries}


def _coverage(total: Mapping[str, Any]) -> dict[str, Any]:
    """Say over how many of those who were expected a total is."""
    return {"expected": total["expected"], "reported": total["reported"]}


def _point(month: str, total: Mapping[str, Any] | None) -> dict[str, Any]:
    covered = _coverage(total) if total else {"expected": 0, "reported": 0}
    return {"period": month, "value": total and total["value"], **covered}


def _is_open(stretch: Stretch, months: list[str]) -> bool:
    """Say whether some of these months is not locked yet."""
    return any(stretch.period(month).locked_at is None for month in months)


def _entry(indicator):
    return {
        "code": indicator.code,
        "name": indicator.name,
        "name_en": indicator.name_en,
        "unit": indicator.unit,
        "unit_en": indicator.unit_en,
        "stock": indicator.is_stock,
        "additive": indicator.is_additive,
        "definition": indicator.definition,
        "definition_en": indicator.definition_en,
    }


def _names(district):
    names = CITY_NAME if district.level == district.Level.CITY else (district.name, district.name_en or district.name)
    return dict(zip(("name", "name_en"), names, strict=True))
