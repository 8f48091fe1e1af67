"""Take returns in from a file: decide row by row before anything is written, then write all of it or none (6.2.1 j)."""

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fsul_portal.sheets import BadCell, Problem, cells, read_sheet
from fsul_portal.verdicts import require
from members.returns.columns import Columns, match_headers, read_figure, read_note
from members.returns.ground import Ground
from members.returns.intake import CREATED, OUTCOMES, REFUSED, UNCHANGED, UPDATED, write_lines
from members.returns.models import Return
from members.returns.rules import may_import, may_import_accepted

ACCEPTED, SUBMITTED = Return.State.ACCEPTED, Return.State.SUBMITTED


@dataclass(slots=True)
class Line:
    """A row of the file: what it says, and what becomes of it; `given` holds None for a cell left empty."""

    number: int
    library: Any = None
    period: Any = None
    given: dict = field(default_factory=dict)
    given_notes: dict = field(default_factory=dict)
    stored: Return | None = None
    figures: dict = field(default_factory=dict)
    notes: dict = field(default_factory=dict)
    questions: list = field(default_factory=list)
    outcome: str = ""

    @property
    def key(self):
        return self.library.pk, self.period.code

    @property
    def says_nothing(self):
        return not any(self.given_notes.values()) and all(value is None for value in self.given.values())


@dataclass
class Plan:
    """What a file would do; `goes_in` says whether anything is written at all."""

    columns: Columns
    state: str
    partial: bool = False
    lines: list[Line] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    questioned: list[Problem] = field(default_factory=list)

    @property
    def goes_in(self):
        return not self.columns.unknown and (self.partial or not self.problems)

    def refuse(self, line, column, sentence):
        line.outcome = REFUSED
        self.problems.append(Problem(line.number, column, str(sentence)))

    def lines_in(self):
        return [line for line in self.lines if line.outcome in (CREATED, UPDATED)] if self.goes_in else []

    def counts(self):
        """Count the rows by what is done: with all or none, a refused row keeps the others out."""
        found = {outcome: sum(line.outcome == outcome for line in self.lines) for outcome in OUTCOMES}
        return found if self.goes_in else found | {CREATED: 0, UPDATED: 0}


def import_returns(file, *, name, by=None, state=ACCEPTED, partial=False, dry_run=False, libraries=None):
    """Import a file of returns; return the plan that says what was done, or would be (6.2.1 j).

    `by` is None for the command of the office. `libraries`: a queryset outside of which no row is taken. Raises
    SheetRefused where the file cannot be read at all.
    """
    if by is not None:
        require(may_import_accepted(by) if state == ACCEPTED else may_import(by))
    sheet = read_sheet(file, name=name)
    return take_in(sheet, source=name, by=by, state=state, partial=partial, dry_run=dry_run, libraries=libraries)


@transaction.atomic
def take_in(sheet, *, source="", by=None, state=ACCEPTED, partial=False, dry_run=False, libraries=None):
    """Import a table that has been read."""
    plan = Plan(match_headers(sheet.headers), str(state), partial)
    rows = [_read(plan, row) for row in sheet.rows]
    ground = Ground([code for __, code, __ in rows], {code for __, __, code in rows if code}, libraries)
    if not dry_run:
        ground.hold_periods()
    ground.read()
    for line, code, period in rows:
        _place(plan, ground, line, code, period)
    _refuse_unknown_columns(plan)
    for line in sorted((line for line in plan.lines if not line.outcome), key=lambda line: line.period.last_day):
        _decide(plan, ground, line)
    plan.problems.sort(key=lambda problem: problem.row or 0)
    plan.questioned.sort(key=lambda problem: problem.row or 0)
    lines = [] if dry_run else plan.lines_in()
    if lines:
        write_lines(lines, state=plan.state, by=by, source=source)
    else:
        # The rows of the periods were only made to be locked.
        transaction.set_rollback(True)
    return plan


def _read(plan, row):
    """Read the cells of a row, and blame every one that cannot be read."""
    columns, values, line = plan.columns, row.cells.line, Line(row.number)
    plan.lines.append(line)
    code = _read_cell(plan, line, columns.library, values, lambda value: cells.required(cells.code(value)))
    period = _read_cell(plan, line, columns.period, values, lambda value: cells.required(cells.period(value)))
    for place, indicator in columns.figures:
        line.given[indicator] = _read_cell(plan, line, place, values, read_figure)
    for place, indicator in columns.notes:
        line.given_notes[indicator] = _read_cell(plan, line, place, values, read_note)
    return line, code, period


def _read_cell(plan, line, place, values, read):
    try:
        return read(values[place])
    except BadCell as refusal:
        plan.refuse(line, plan.columns.headers[place], refusal.sentence)
        return None


def _place(plan, ground, line, code, period):
    """Find the library and the period of a row, or say why there is none."""
    columns = plan.columns
    for column, sentence in (
        (columns.library, ground.objection_to_library(code) if code else ""),
        (columns.period, ground.objection_to_period(period) if period else ""),
    ):
        if sentence:
            plan.refuse(line, columns.headers[column], sentence)
    if line.outcome:
        return
    line.library, line.period = ground.libraries[code], ground.periods[period]
    sentence = ground.objection_to_pair(line)
    if sentence:
        plan.refuse(line, columns.headers[columns.period], sentence)


def _refuse_unknown_columns(plan):
    for header in plan.columns.unknown:
        plan.problems.append(
            Problem(1, header, _("This column is not known: it is neither an indicator's code nor its name."))
        )
    if plan.columns.unknown:
        for line in plan.lines:
            line.outcome = REFUSED


def _decide(plan, ground, line):
    """Compare a row with what is stored, let the checks look at it, and give it its outcome."""
    stored = line.stored = ground.stored.get(line.key)
    line.figures = dict(stored.figures) if stored else {}
    line.notes = dict(stored.notes) if stored else {}
    if line.says_nothing:
        _pass_over(plan, line)
        return
    line.figures |= line.given
    line.figures = {code: value for code, value in line.figures.items() if value is not None}
    line.notes = {code: note for code, note in (line.notes | line.given_notes).items() if note}
    if stored and _is_the_same(line, stored, plan.state):
        line.outcome = UNCHANGED
        return
    sentence = ground.objection_to_change(line, plan.state)
    if sentence:
        plan.refuse(line, plan.columns.headers[plan.columns.period], sentence)
        return
    _check(plan, ground, line)
    if not line.outcome:
        line.outcome = UPDATED if stored else CREATED
        ground.history.figures[line.key] = line.figures


def _pass_over(plan, line):
    """A row without any figure says nothing; it must not wipe out what is stored."""
    if not any(code in line.figures for code in line.given):
        line.outcome = UNCHANGED
        return
    plan.refuse(
        line,
        plan.columns.headers[plan.columns.library],
        _("The row is empty, but figures are stored for this library and period. Delete the row, or fill it in."),
    )


def _is_the_same(line, stored, state):
    reached = stored.state in (state, ACCEPTED)
    return reached and line.figures == stored.figures and line.notes == stored.notes


def _check(plan, ground, line):
    for finding in ground.findings(line):
        if finding.blocks:
            plan.refuse(line, plan.columns.heading(finding.code), finding.sentence)
        elif not line.notes.get(finding.code):
            line.questions.append(finding)
    if not line.outcome:
        plan.questioned += [
            Problem(line.number, plan.columns.heading(finding.code), finding.sentence) for finding in line.questions
        ]
