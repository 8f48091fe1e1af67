"""Read the dictionary as it is now, and as it was for a period or when that was locked (6.2.1 j)."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import DateField, Subquery

from members.indicators.formulas.models import Formula
from members.indicators.models import Indicator
from members.indicators.versions.models import DictionaryVersion
from members.periods.models import Period, months_of


class Head(NamedTuple):
    """A version without what it says."""

    pk: int
    number: int
    since: str
    digest: str
    made_at: datetime


HEAD = ("pk", "number", "since", "digest", "made_at")


def digest_of(rows: Iterable[Indicator]) -> str | None:
    """Return the digest of the newest dictionary, where these rows of it know it."""
    return next((getattr(one, "changed_to", None) for one in rows), None)


def former_names(now: Iterable[Indicator]) -> dict[str, list[str]]:
    """Return what indicators were called in other months, by code; a name that means another one now is not among them.

    A form that went out for a month bears the names of that month, and so do people's own sheets for long.
    """
    rows = list(now)
    taken = {name for one in rows for name in (one.name, one.name_en)}
    found: dict[str, list[str]] = {one.code: [] for one in rows}
    versions = DictionaryVersion.objects.order_by("number").values_list("content__indicators", flat=True)
    # A dictionary that has never changed has no other names.
    if len(versions.values_list("pk", flat=True)[:2]) < 2:
        return found
    for said in versions:
        for code in found.keys() & (said or {}).keys():
            found[code] += [name for name in (said[code]["name"], said[code]["name_en"]) if name not in taken]
    return {code: list(dict.fromkeys(filter(None, names))) for code, names in found.items()}


class Dictionaries:
    """The dictionary of every period, in one query where nothing has changed since, else in three at most.

    now: its rows as they are now, where somebody has read them already.
    """

    def __init__(self, now: Iterable[Indicator] | None = None) -> None:
        newest = DictionaryVersion.objects.order_by("-since", "-number").values("since", "made_at", "digest")
        rows = Indicator.objects.annotate(
            changed_since=Subquery(newest.values("since")[:1]),
            changed_at=Subquery(newest.values("made_at")[:1]),
            changed_to=Subquery(newest.values("digest")[:1]),
        )
        self.now: list[Indicator] = list(rows if now is None else now)
        self._read: dict[int, list[Indicator]] = {}
        self._limited: dict[str, list[Indicator]] = {}

    @cached_property
    def in_use(self) -> list[Indicator]:
        return [one for one in self.now if one.in_use]

    def limited_at(self, period: Period) -> list[Indicator]:
        """Return those in use now that a library may not be asked for in a period: not always, or not everybody."""
        if period.code not in self._limited:
            then = {one.code: one for one in self.at(period)}
            known = [then.get(one.code, Indicator(code=one.code, in_use=False)) for one in self.in_use]
            self._limited[period.code] = [one for one in known if not one.is_always_asked]
        return self._limited[period.code]

    def at(self, period: Period) -> list[Indicator]:
        """Return what was counted in a period: as the dictionary says of it, or said when it was locked."""
        if self._is_current(period):
            return self.now
        head = self.head(period)
        if head is None:
            return self.now
        if head.pk not in self._read:
            self._read[head.pk] = self._as_in(head)
        return self._read[head.pk]

    def formulas_at(self, period: Period) -> list[Formula]:
        """Return the formulas of a period, as the dictionary says of them, or said when it was locked."""
        head = None if self._is_current(period) else self.head(period)
        if head is None:
            return list(Formula.objects.all())
        content = DictionaryVersion.objects.values_list("content", flat=True).get(pk=head.pk)
        return sorted((Formula(**said) for said in content.get("formulas", {}).values()), key=lambda one: one.code)

    def head(self, period: Period) -> Head | None:
        """Return the version that holds for a period; of one locked before there was any, the first."""
        month, locked_at = months_of(period.code)[-1], period.locked_at
        known = [one for one in self.heads if locked_at is None or one.made_at <= locked_at] or self.heads[:1]
        holding = [one for one in known if one.since <= month]
        return max(holding, key=lambda one: (one.since, one.number), default=None)

    def named(self, period: Period) -> dict[str, Any]:
        """Return how a report of a period names the dictionary that it was made with."""
        head = self.head(period)
        return {"number": head.number, "since": head.since, "digest": head.digest} if head else {}

    @cached_property
    def heads(self) -> list[Head]:
        return [Head(*row) for row in DictionaryVersion.objects.order_by("number").values_list(*HEAD)]

    def _is_current(self, period: Period) -> bool:
        since, at = self._newest
        known = period.locked_at is None or at is None or at <= period.locked_at
        return since is None or (known and since <= months_of(period.code)[-1])

    @cached_property
    def _newest(self) -> tuple[str | None, datetime | None]:
        """Return since when the newest version holds, and when it was made."""
        first: Any = self.now[0] if self.now else None
        if first is not None and hasattr(first, "changed_since"):
            return first.changed_since, first.changed_at
        newest = max(self.heads, key=lambda one: (one.since, one.number), default=None)
        return (newest.since, newest.made_at) if newest else (None, None)

    def _as_in(self, head: Head) -> list[Indicator]:
        content = DictionaryVersion.objects.values_list("content", flat=True).get(pk=head.pk)
        said = content["indicators"]
        # What came into the dictionary later was not in it then.
        found = [_as_said(one, said[one.code]) for one in self.now if one.code in said]
        return sorted(found, key=lambda one: (one.sort, one.code))


def _as_said(row: Indicator, said: dict[str, Any]) -> Indicator:
    """Return an indicator under its own key, with what a version says of it."""
    dates = {field.attname for field in Indicator._meta.concrete_fields if isinstance(field, DateField)}
    read = {name: date.fromisoformat(value) if name in dates and value else value for name, value in said.items()}
    return Indicator(pk=row.pk, **read)
