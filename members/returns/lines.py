"""Set the figures of a return beside those that came before, with what was noted and asked."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from fsul_portal.approvals.models import EDITED
from fsul_portal.records.course import Deed, course_of
from fsul_portal.records.models import Record
from members.indicators.models import Indicator
from members.indicators.versions.reading import Dictionaries
from members.returns.actions import findings_of
from members.returns.checks import Finding, Past, history_of
from members.returns.checks.asked import asked_of
from members.returns.due.days import is_past_due
from members.returns.intake.columns import said_of
from members.returns.models import RECEIVED, Return

# So long may one pause before it is another go.
GO = timedelta(minutes=30)
# What the history of a return says of each act.
DEEDS = {
    EDITED: Deed(_("saved figures"), "neutral", "edit", tells_changes=True),
    "submitted": Deed(_("handed the return in"), "info", "send", tells_changes=True),
    "acceptance": Deed(_("accepted the return"), "success", "check", tells_changes=True),
    "returned": Deed(_("returned it for correction"), "warning", "left", tells_changes=True),
    "corrected": Deed(_("corrected it after the lock"), "warning", "edit", tells_changes=True),
    "imported": Deed(_("took it in from a file"), "info", "upload", tells_changes=True),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure as the components show it: a number, or the kind of no number."""

    value: int | None
    status: str


@dataclass
class Line:
    """One indicator of a return."""

    indicator: Indicator
    now: Cell | None
    before: Cell | None
    year_ago: Cell | None
    note: str
    findings: list[Finding] = field(default_factory=list)


def cell(figures: dict[str, Any] | None, code: str, *, empty: str = "missing") -> Cell | None:
    """Return a figure as it is shown; nothing where there is no return at all."""
    if figures is None:
        return None
    value = figures.get(code)
    if value is None:
        return Cell(None, empty)
    return Cell(value, "reported") if isinstance(value, int) else Cell(None, value)


def past_of(one: Return) -> Past:
    """Return what the library reported before the period of a return."""
    return history_of([one.period.code], [one.library_id]).past(one.library_id, one.period.code)


def lines_of(
    one: Return,
    indicators: list[Indicator] | None = None,
    *,
    past: Past | None = None,
    asked: list[Indicator] | None = None,
) -> list[Line]:
    """Return the lines of a return, in the order of the dictionary: what it is asked for, and what it says besides."""
    past = past_of(one) if past is None else past
    indicators = Dictionaries().now if indicators is None else indicators
    found = findings_of(one, past, indicators) if one.figures else []
    # What is in the library's own hands before its day is not missing yet.
    empty = "missing" if one.state in RECEIVED or is_past_due(one.period) else "due"
    return [
        Line(
            indicator,
            cell(one.figures, indicator.code, empty=empty),
            cell(past.before, indicator.code),
            cell(past.year_ago, indicator.code),
            one.notes.get(indicator.code, ""),
            [finding for finding in found if finding.code == indicator.code],
        )
        for indicator in (asked_of(one, indicators) if asked is None else asked)
    ]


def timeline(one, indicators=None):
    """Return what has happened to a return as the component `_timeline` takes it, newest first."""
    indicators = Indicator.objects.all() if indicators is None else indicators
    titles = {indicator.code: indicator.title for indicator in indicators}
    if one.told is None:
        # The rules ask the same records who wrote it.
        one.told = list(Record.objects.of(one))
    return course_of(_in_one_go(one.told), DEEDS, change=partial(_change, titles))


def _in_one_go(records: Iterable[Record]) -> list[Record]:
    """Tell as one what somebody saved in one go: a form that saves itself leaves a record for each pause."""
    found: list[Record] = []
    began: list[datetime] = []
    for record in records:
        newer = found[-1] if found else None
        if newer and newer.verb == record.verb == EDITED and newer.by_id == record.by_id and began[-1] - record.at < GO:
            newer.before, began[-1] = record.before, record.at
        else:
            found.append(record)
            began.append(record.at)
    return found


def _change(titles, name, before, after):
    """Name what was changed and write both values; the state is told by the act itself."""
    if name == "state":
        return None
    return _label(name, titles), _written(name, before), _written(name, after)


def _label(name, titles):
    """Name a figure, or the explanation of a figure, by its indicator."""
    code = name.removesuffix(".note")
    title = titles.get(code, code)
    return title if name == code else _("Explanation: %(name)s") % {"name": title}


def _written(name, value):
    """Write a value of a record; a figure that was not there is called so, since “—” says that it does not apply."""
    if value is None and not name.endswith(".note"):
        return _("not reported")
    return said_of(name, value)
