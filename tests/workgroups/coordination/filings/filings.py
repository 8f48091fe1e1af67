"""Speak of filings in the tests: what is asked for, what a page sends, what the registry says."""

from datetime import timedelta

from django.utils import timezone

from members.libraries.actions import change_facts
from members.libraries.models import Library, Spell
from workgroups.coordination.filings.models import Filing

LIST = "/workgroups/coordination/filings/"
QUEUE = "/admin/workgroups/filing/"
PLACE = {
    "town": "440605125",
    "address": "大沥演示路88号",
    "longitude": "113.10001",
    "latitude": "23.10001",
    "crs": "WGS84",
}
OLD_ADDRESS, NEW_ADDRESS = "大沥演示路8号", PLACE["address"]


def in_days(days):
    return timezone.localdate() + timedelta(days=days)


def answers_of(kind="move", day=None, until=None, reason="旧址租约到期", **facts):
    """Return what `begin` takes; unnamed facts of a move are those of PLACE."""
    return {
        "effective_on": day or in_days(10),
        "resumes_on": until,
        "reason": reason,
        "requested": PLACE | facts if kind == "move" else {"status": "suspended"},
    }


def as_typed(kind="move", token="", **answers):
    """Return what the browser sends for the form of a filing."""
    asked = {"token": token} | answers_of(kind, **answers)
    requested = asked.pop("requested")
    facts = requested if kind == "move" else {}
    return {**facts, **{name: value if value is not None else "" for name, value in asked.items()}}


def on_page(filing, **answers):
    """Return what the browser sends for an act on a filing, seen as it is now."""
    return {"version": Filing.objects.get(pk=filing.pk).version, "note": "", **answers}


def behind_its_back(code, day, **facts):
    """Let the registry change without a filing."""
    return change_facts(Library.objects.get(code=code), facts, on=day)


def fact_on(code, day, name="address"):
    return getattr(Spell.objects.as_of(day).get(library__code=code), name)


def fresh(filing):
    return Filing.objects.get(pk=filing.pk)
