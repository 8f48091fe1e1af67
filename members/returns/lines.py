"""Set the figures of a return beside those that came before, with what was noted and asked."""

from dataclasses import dataclass, field
from functools import partial

from django.utils.translation import gettext_lazy as _

from fsul_portal.records.course import Deed, course_of
from fsul_portal.records.models import Record
from members.indicators.models import Indicator
from members.returns.actions import findings_of
from members.returns.checks import Finding, history_of
from members.returns.checks.asked import asked_of
from members.returns.due.days import is_past_due
from members.returns.intake.columns import said_of
from members.returns.models import RECEIVED

# What the history of a return says of each act.
DEEDS = {
    "edited": Deed(_("saved figures"), "neutral", "edit", tells_changes=True),
    "submitted": Deed(_("handed the return in"), "info", "send", tells_changes=True),
    "acceptance": Deed(_("accepted the return"), "success", "check", tells_changes=True),
    "returned": Deed(_("returned it for correction"), "warning", "left", tells_changes=True),
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
    now: Cell
    before: Cell | None
    year_ago: Cell | None
    note: str
    findings: list[Finding] = field(default_factory=list)


def cell(figures, code, *, empty="missing"):
    """Return a figure as it is shown; nothing where there is no return at all."""
    if figures is None:
        return None
    value = figures.get(code)
    if value is None:
        return Cell(None, empty)
    return Cell(value, "reported") if isinstance(value, int) else Cell(None, value)


def lines_of(one, indicators=None):
    """Return the lines of a return, in the order of the dictionary: what it is asked for, and what it says besides."""
    past = history_of([one.period.code], [one.library_id]).past(one.library_id, one.period.code)
    indicators = list(Indicator.objects.all()) if indicators is None else indicators
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
        for indicator in asked_of(one, indicators)
    ]


def timeline(one, indicators=None):
    """Return what has happened to a return as the component `_timeline` takes it, newest first."""
    indicators = Indicator.objects.all() if indicators is None else indicators
    titles = {indicator.code: indicator.title for indicator in indicators}
    return course_of(Record.objects.of(one), DEEDS, change=partial(_change, titles))


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
