"""Decide, row by row and before anything is written, what a file would do to the registry."""

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from fsul_portal.sheets import BadCell, Problem
from members.libraries.columns import Column, match_headers

CREATED, UPDATED, UNCHANGED, REFUSED = "created", "updated", "unchanged", "refused"
OUTCOMES = (CREATED, UPDATED, UNCHANGED, REFUSED)


@dataclass
class Line:
    """A row of the file: what it says, by column, and what is to become of it."""

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    blamed: set[str] = field(default_factory=set)
    outcome: str = ""
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)

    @property
    def code(self):
        return self.values.get("code") or ""

    @property
    def name(self):
        return self.values.get("name") or ""

    @property
    def is_refused(self):
        return bool(self.blamed)


class Plan(ABC):
    """What becomes of each row; `goes_in` says whether anything is written at all."""

    columns: tuple[Column, ...] = ()

    def __init__(self, headers, rows: Iterable[tuple[int, tuple]], *, on=None, partial=False):
        self.on = on or timezone.localdate()
        self.partial = partial
        self.headers = headers
        self.places, self.unread = match_headers(headers, self.columns)
        self.readers: list[tuple[Column, int, dict[str, Any]]] = [
            (column, self.places[column.name], {}) for column in self.columns if column.name in self.places
        ]
        self.problems: list[Problem] = []
        self.questions: list[Problem] = []
        self.lines = [self.read(number, values) for number, values in rows]
        self.by_code: dict[str, Line] = {}
        for line in self.lines:
            self.note_code(line)
        self.decide()

    @abstractmethod
    def decide(self):
        """Give each line its outcome; the registry's own part."""

    @abstractmethod
    def write(self, *, by, note):
        """Put the lines that go in on record, in the transaction of the caller."""

    def read(self, number, values):
        """Read the cells of a row, and blame every one that cannot be read."""
        line = Line(number)
        for column, place, read_before in self.readers:
            value = values[place]
            try:
                # Most texts stand in many rows.
                if type(value) is str and value in read_before:
                    line.values[column.name] = read_before[value]
                    continue
                found = column.read(value)
                if column.required and found in (None, ""):
                    raise BadCell(_("This cell may not be empty."))
                line.values[column.name] = found
                if type(value) is str:
                    read_before[value] = found
            except BadCell as refusal:
                self.refuse(line, column.name, refusal.sentence)
        return line

    def note_code(self, line):
        first = self.by_code.setdefault(line.code, line) if line.code else line
        if first is not line:
            self.refuse(
                line,
                "code",
                _("The code %(code)s stands in row %(row)s already.") % {"code": line.code, "row": first.number},
            )

    def heading(self, column):
        """Return the heading which the file itself has for a column."""
        place = self.places.get(column)
        return column if place is None else str(self.headers[place])

    def refuse(self, line, column, sentence):
        line.blamed.add(column)
        line.outcome = REFUSED
        self.problems.append(Problem(line.number, self.heading(column), str(sentence)))

    def question(self, line, column, sentence):
        self.questions.append(Problem(line.number, self.heading(column), str(sentence)))

    @cached_property
    def sentences(self):
        """Gather what is wrong with each row, by its number and the heading of the column."""
        gathered: dict[int | None, dict[str | None, list[str]]] = {}
        for problem in self.problems:
            gathered.setdefault(problem.row, {}).setdefault(problem.column, []).append(problem.sentence)
        return gathered

    @property
    def goes_in(self):
        return self.partial or not self.problems

    def lines_in(self):
        return [line for line in self.lines if line.outcome in (CREATED, UPDATED)] if self.goes_in else []

    def found(self):
        """Count the rows by what each of them asks for."""
        return {outcome: sum(line.outcome == outcome for line in self.lines) for outcome in OUTCOMES}

    def counts(self):
        """Count the rows by what is done: with all or none, a refused row keeps the others out."""
        found = self.found()
        return found if self.goes_in else found | {CREATED: 0, UPDATED: 0}

    def digest(self):
        """Name what would happen, so that nobody confirms one thing and gets another."""
        said = repr([(line.code, line.outcome, line.before, line.after) for line in self.lines])
        return hashlib.sha256(said.encode()).hexdigest()
