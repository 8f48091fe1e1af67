"""Say of each figure how it moved against the month and the year before, or why nothing can be said (6.1 d).

A rate stands over the same libraries alone, and one function decides whether there is one (decision 32). Of the system
and its districts the newest published report says it; of what no report speaks, of a library, of a level or a kind, it
is reckoned from the returns, as long as these are few enough.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from fsul_portal.users import User
from members.indicators.models import Indicator
from reports.documents.figures import NOT_APPLICABLE, TOO_FEW, moved_text
from reports.explorer.changes.published import PublishedChanges
from reports.explorer.changes.reckoned import ReckonedChanges, libraries_of
from reports.explorer.choices import Choice, Figure
from reports.explorer.series import Cell, Series

OF_YEARS, OF_MONTHS = ("last_year",), ("last_period", "last_year")


def with_changes(user: User, choice: Choice, series: list[Series], *, reads: bool) -> list[Series]:
    """Return the series with what is said of how each of their periods moved; why: what is to be said instead."""
    of_reports = None if choice.library or choice.is_narrowed else PublishedChanges(user, choice)
    is_needed = reads and not (of_reports and of_reports.knows(choice.steps))
    keys = libraries_of(choice) if is_needed else None
    told = _Telling(choice, of_reports, ReckonedChanges(choice, keys) if keys else None)
    return [_told(one, told, choice, _too_many() if reads else _unpublished()) for one in series]


def _told(series: Series, telling: "_Telling", choice: Choice, else_why: str) -> Series:
    if why := _why_not(series.figure, choice):
        return replace(series, why=why)
    cells = [telling.changed(cell, series.figure) for cell in series.cells]
    lacks = any(one.value is not None and not one.change for one in cells)
    return replace(series, cells=cells, why=else_why if lacks else "")


def _why_not(figure: Figure, choice: Choice) -> str:
    """Say why a figure never moves; nothing where it does."""
    if not isinstance(figure, Indicator):
        return _("No change is said of what is reckoned: its parts say how they moved.")
    if not figure.is_additive and not choice.library:
        return _("No change is said of what does not add up over libraries.")
    if choice.by_year and figure.over_time == Indicator.OverTime.NONE:
        return _("No change is said of years of what does not add up over months.")
    return ""


def _too_many() -> str:
    return _("Too many returns to compare on a page: choose fewer months, one library, or a smaller group.")


def _unpublished() -> str:
    return _("No published report says of every period how it moved.")


class _Telling:
    """Find how a figure moved where it is said, and put it into words."""

    def __init__(self, choice: Choice, published: PublishedChanges | None, reckoned: ReckonedChanges | None) -> None:
        self.names = OF_YEARS if choice.by_year else OF_MONTHS
        self.is_one, self.published, self.reckoned = bool(choice.library), published, reckoned

    def changed(self, cell: Cell, figure: Any) -> Cell:
        found, address = self._found(cell, figure)
        is_there = cell.value is not None
        told = [
            self._worded(name, said)
            for name in self.names
            if (said := found.get(name)) and (is_there or said.get("base"))
        ]
        return replace(cell, change=_("; ").join(told), change_url=address if told else "")

    def _found(self, cell: Cell, figure: Any) -> tuple[Mapping[str, Any], str]:
        said = self.published.of(cell.month, figure.code, self.names) if self.published else None
        if said:
            return said
        if self.reckoned is None or cell.value is None:
            return {}, ""
        return {name: self.reckoned.of(cell.month, figure, name) for name in self.names}, ""

    def _worded(self, name: str, found: Mapping[str, Any]) -> str:
        change = moved_text({"change": found})
        count = found.get("libraries", 0)
        words = {"change": change, "count": f"{count:,}"}
        if change == NOT_APPLICABLE:
            return _nothing_before(name)
        if found.get("reason") == TOO_FEW or self.is_one or not count:
            return _alone(name) % words
        return _over_the_same(name) % words


def _nothing_before(name: str) -> str:
    if name == "last_year":
        return _("on the year before: nothing to compare with")
    return _("on the month before: nothing to compare with")


def _alone(name: str) -> str:
    return _("on the year before: %(change)s") if name == "last_year" else _("on the month before: %(change)s")


def _over_the_same(name: str) -> str:
    if name == "last_year":
        return _("on the year before: %(change)s, over the same %(count)s libraries")
    return _("on the month before: %(change)s, over the same %(count)s libraries")
