"""Set the figures of a return beside those that came before, with what was noted and asked."""

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from fsul_portal.approvals.models import EDITED
from fsul_portal.records.course import Deed, Told, course_of
from fsul_portal.records.models import Record
from fsul_portal.users import User
from members.indicators.models import Indicator
from members.indicators.versions.reading import Dictionaries
from members.returns.actions import findings_of
from members.returns.checks import Finding, Past, history_of
from members.returns.checks.asked import asked_of
from members.returns.checks.history import predecessors
from members.returns.due.days import is_past_due
from members.returns.intake.columns import said_of
from members.returns.models import RECEIVED, Return

# A stage that the office has laid is kept as “agreed”.
DECIDED = ("acceptance", "agreed", "returned")
# So long may one pause before it is another go.
GO = timedelta(minutes=30)
# What the history of a return says of each act.
DEEDS = {
    EDITED: Deed(_("saved figures"), "neutral", "edit", tells_changes=True),
    "submitted": Deed(_("handed the return in"), "info", "send", tells_changes=True),
    "acceptance": Deed(_("accepted the return"), "success", "check", tells_changes=True),
    "agreed": Deed("", "success", "check", tells_changes=True),
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
    # The export that gave the figure.
    origin: str = ""


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
            one.origin_of(indicator.code),
        )
        for indicator in (asked_of(one, indicators) if asked is None else asked)
    ]


def for_review(lines: Iterable[Line]) -> list[Line]:
    """Put what a reviewer has to look at before the rest: what is asked, then what is explained or blank."""
    return sorted(lines, key=lambda line: (not line.findings, not (line.note or _is_blank(line))))


def _is_blank(line: Line) -> bool:
    return line.now is None or line.now.status in ("missing", "due")


def notes_a_year_ago(one: Return) -> dict[str, str]:
    """Return how the library explained its figures in the same month of last year, or in the year before."""
    code = predecessors(one.period.code)[1]
    found = Return.objects.received().filter(library=one.library_id, period__code=code).values_list("notes", flat=True)
    return found.first() or {}


def changed_since(one: Return, user: User, indicators: Iterable[Indicator]) -> tuple[Record, list[Told]] | None:
    """Return when this person last decided, and what has changed since; None where nothing has, or he never did."""
    records = _told(one)
    at = next((place for place, each in enumerate(records) if each.by_id == user.pk and each.verb in DECIDED), None)
    if at is None:
        return None
    then = next((each.after for each in records[at:] if each.verb in Return.WRITING), {})
    change = partial(_change, {indicator.code: indicator.title for indicator in indicators})
    now = one.figures | {f"{code}.note": note for code, note in one.notes.items()}
    told = [change(name, then.get(name), now.get(name)) for name in dict.fromkeys([*then, *now])]
    differ = [each for each in told if each and each[1] != each[2]]
    return (records[at], differ) if differ else None


def _told(one: Return) -> list[Record]:
    """Return the records of a return, newest first; the rules ask the same ones who wrote it."""
    if one.told is None:
        one.told = list(Record.objects.of(one))
    return list(one.told)


def timeline(one, indicators=None):
    """Return what has happened to a return as the component `_timeline` takes it, newest first."""
    indicators = Indicator.objects.all() if indicators is None else indicators
    titles = {indicator.code: indicator.title for indicator in indicators}
    return course_of(_in_one_go(_told(one)), DEEDS, change=partial(_change, titles))


def _in_one_go(records: Iterable[Record]) -> list[Record]:
    """Tell as one what somebody saved in one go: a form that saves itself leaves a record for each pause."""
    found: list[Record] = []
    began: list[datetime] = []
    for record in records:
        newer = found[-1] if found else None
        if newer and newer.verb == record.verb == EDITED and newer.by_id == record.by_id and began[-1] - record.at < GO:
            # The rules ask the same records who wrote what.
            found[-1], began[-1] = copy(newer), record.at
            found[-1].before = record.before
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
