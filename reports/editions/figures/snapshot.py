"""Freeze the figures of a report: everything the documents need, and nothing that changes afterwards (6.1 d)."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from fsul_portal.grammar.chapters import frozen
from fsul_portal.rooms import offered
from members.indicators.versions.reading import Dictionaries
from members.periods.models import Period, month_before, months_of, period_days
from members.returns.due.days import is_past_due
from members.returns.due.expected import KnownSpells
from members.returns.years.asked import stands_for_months
from reports.documents.awaited import NOT_REPORTED, STILL_TO_COME
from reports.documents.charts import DRAWN
from reports.documents.versions import VERSION
from reports.editions.figures.comparison import change_between
from reports.editions.figures.courses import months_drawn
from reports.editions.figures.given import reckoning
from reports.editions.figures.network import network
from reports.editions.figures.spans import library_cell, periods_of, read_span, total_of, year_before

CITY_NAME = ("市本级（中心馆）", "City (central library)")
SERIES_MONTHS = 13


def freeze(kind: str, code: str) -> dict[str, Any]:
    """Return the snapshot's data for a month or a year: a plain dictionary without edition, clock or digest (6.1 d)."""
    dictionaries, period = Dictionaries(), periods_of(code)[-1]
    indicators = [one for one in dictionaries.at(period) if one.in_use]
    months = (
        months_of(code) if kind == "annual" else [month_before(code, back) for back in range(SERIES_MONTHS - 1, -1, -1)]
    )
    # A year and the one before it, or a month, the thirteen before it and the same month of last year: read once.
    known = KnownSpells(period_days(min(months[0], year_before(code)))[0], period_days(code)[1])
    span = read_span(code, known=known)
    table = _table(span, indicators)
    spans = {month: span if month == code else read_span(month, known=known) for month in months}
    _compare(table, span, kind, spans, indicators, known)
    by_month = months_drawn(span, spans.values(), [one for one in indicators if one.code in DRAWN])
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
        "districts_list": _districts(span),
        "libraries_list": _libraries(span),
        "reckoning": reckoning(dictionaries, period),
        "months": months,
        "by_month": by_month,
        **table,
        "network": {"on": last_day.isoformat()} | network(first_day, last_day, known_at=known_at),
        **_gaps(span, {one.code for one in indicators if one.is_yearly}),
        **_of_rooms(first_day, last_day, known_at),
    }


def _of_rooms(first_day, last_day, known_at):
    """Freeze the chapters that rooms give; where none does, the data is what it was without them."""
    given = {one.key: frozen(one, first_day, last_day, known_at) for one in offered("report")}
    told = {one.key: given[one.key] for one in offered("report") if given[one.key] or one.also_empty}
    return {"rooms": told} if told else {}


def digest(data: Mapping[str, Any]) -> str:
    """Return the SHA-256 of the data in one fixed spelling."""
    spelled = json.dumps(data, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(spelled.encode()).hexdigest()


def is_provisional(code):
    """Say whether some month of the period is not locked yet; a locked year stands for its months."""
    locked = set(Period.objects.filter(locked_at__isnull=False).values_list("code", flat=True))
    return code not in locked and not locked.issuperset(months_of(code))


def _table(span, indicators):
    """Return the cells of the system, of each district and of each library."""
    notes = {(library, code): note for library, period, code, note in span.notes if period == span.code}
    return {
        "system": {one.code: total_of(span, one) for one in indicators},
        "districts": {
            place.code: {one.code: total_of(span, one, place) for one in indicators} for place in span.districts
        },
        "libraries": {
            code: {
                one.code: library_cell(span, library, one) | {"note": notes.get((library, one.code), "")}
                for one in indicators
            }
            for library, code in span.codes.items()
        },
    }


def _compare(table, span, kind, spans, indicators, known):
    """Put beside each total the same figure a year and a month before, and the system's way through the months.

    A year that is not over stands beside the same months of the year before.
    """
    code, over = span.code, sum(month in span.over for month in span.months)
    first_months = over if kind == "annual" and over else None
    before = {"last_year": read_span(year_before(code), first_months, known)}
    if kind != "annual":
        before["last_period"] = spans[month_before(code)]
    places = {place.code: place for place in span.districts}
    tables = [(table["system"], "", None)] + [(table["districts"][one], one, place) for one, place in places.items()]
    for name, base in before.items():
        totals, provisional = _totals(base, indicators), _is_open(base)
        for cells, key, place in tables:
            for indicator in indicators:
                cell, total = cells[indicator.code], totals.get(key, {}).get(indicator.code)
                cell[name] = total and total["value"]
                cell.setdefault("bases", {})[name] = total and _coverage(total) | {"provisional": provisional}
                cell.setdefault("change", {})[name] = _change(span, base, indicator, place)
    if kind == "annual":
        for cells, __, __ in tables:
            for cell in cells.values():
                cell["last_period"] = cell["bases"]["last_period"] = cell["change"]["last_period"] = None
    _add_series(table["system"], spans, indicators)


def _change(span, base, indicator, place=None):
    """Say how a total moved; of what does not add up there is none."""
    return change_between(span, base, indicator, place) if indicator.is_additive else None


def _add_series(cells, spans, indicators):
    """Add to each total of the system its way through the months, each month against the one before."""
    totals = {month: _totals(spans[month], indicators, system_alone=True).get("", {}) for month in spans}
    months = list(spans)
    for indicator in indicators:
        series = [_point(month, totals[month].get(indicator.code)) for month in months]
        for point, month, earlier in zip(series[1:], months[1:], months, strict=False):
            # Where one of the two has nothing there is nothing to say, whoever was asked.
            if point["value"] is not None and indicator.code in totals[earlier]:
                point["change"] = _change(spans[month], spans[earlier], indicator)
        cells[indicator.code]["series"] = series


def _totals(span, indicators, *, system_alone=False):
    """Return {"": {indicator: total}, district: {…}} of a span; nothing where nobody reported."""
    places = {"": None} | ({} if system_alone else {place.code: place for place in span.districts})
    return {
        key: {one.code: total for one in indicators if (total := total_of(span, one, place))["value"] is not None}
        for key, place in places.items()
    }


def _coverage(total):
    """Say over how many of those who were expected a total is."""
    return {"expected": total["expected"], "reported": total["reported"]}


def _point(month, total):
    covered = _coverage(total) if total else {"expected": 0, "reported": 0}
    return {"period": month, "value": total and total["value"], "change": None, **covered}


def _is_open(span):
    """Say whether some month that a span speaks of is not locked yet."""
    return any(period.locked_at is None for period in periods_of(span.code) if period.code in span.months)


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


def _districts(span):
    return [{"code": one.code, **_names(one)} for one in span.districts]


def _names(district):
    names = CITY_NAME if district.level == district.Level.CITY else (district.name, district.name_en or district.name)
    return dict(zip(("name", "name_en"), names, strict=True))


def _libraries(span):
    rows = []
    for library in span.libraries:
        spell = span.facts[library]
        rows.append(
            {
                "code": spell.library.code,
                "name": spell.name,
                "level": spell.level,
                "district": spell.district.code,
                "district_name": spell.district.name,
                "area": None if spell.area is None else str(spell.area),
            }
        )
    return rows


def _gaps(span, yearly):
    """List who is missing, who was not asked and why, and every explanation.

    yearly: the codes of what is counted once a year; a return of the year that says nothing else stands for no month.
    """
    missing, excluded = [], []
    over = {period.code for period in periods_of(span.code) if is_past_due(period)}
    for library in span.libraries:
        answers = span.answers.get(library, {})
        who = _who(span, library)
        is_whole = stands_for_months(answers.get(span.code, {}) if span.code not in span.months else {}, yearly)
        gaps = [] if is_whole else [month for month in span.due.get(library, []) if month not in answers]
        missing += [who | row for row in _by_due_day(gaps, over)]
        by_reason: dict[str, list[str]] = {}
        for month, reason in span.excluded.get(library, {}).items():
            by_reason.setdefault(reason, []).append(month)
        excluded += [who | {"periods": months, "reason": reason} for reason, months in by_reason.items()]
    notes = [
        {**_who(span, library), "period": period, "code": code, "note": note}
        for library, period, code, note in span.notes
        if library in span.facts
    ]
    return {"missing": missing, "excluded": excluded, "notes": notes}


def _by_due_day(gaps: list[str], over: set[str]) -> list[dict[str, Any]]:
    """Tell months whose day is over from those of which a return is still to come."""
    rows = [
        {"periods": [month for month in gaps if month in over], "reason": NOT_REPORTED},
        {"periods": [month for month in gaps if month not in over], "reason": STILL_TO_COME},
    ]
    return [row for row in rows if row["periods"]]


def _who(span, library):
    spell = span.facts[library]
    return {"library": spell.library.code, "name": spell.name, "district": spell.district.code}
