"""Decide, row by row and before anything is written, what a file would do."""

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext as _

from fsul_portal.grammar.words import Words
from fsul_portal.intake.codes import Codes
from fsul_portal.intake.columns import Column, match_headers
from fsul_portal.sheets import BadCell, Problem
from fsul_portal.sheets.refusals import Value
from fsul_portal.users import User

CREATED, UPDATED, UNCHANGED, REFUSED = "created", "updated", "unchanged", "refused"
OUTCOMES = (CREATED, UPDATED, UNCHANGED, REFUSED)
NOTHING: Mapping[str, Any] = MappingProxyType({})
# Stands for a cell that could not be read.
UNREAD = object()
# A row by its number, with one value for each heading; a fact by its name, before and after.
Numbered = tuple[int, Sequence[Value]]
Change = tuple[Words, Any, Any]

ROWS_NAMED = 5
TEXTS_KEPT = 2000


class Values(Mapping[str, Any]):
    """What the cells of a row say, by column, as light as a tuple; a cell that could not be read is not there."""

    __slots__ = ("cells", "places")

    def __init__(self, places: Mapping[str, int], cells: tuple[Any, ...]) -> None:
        self.places, self.cells = places, cells

    def __getitem__(self, name: str) -> Any:
        value = self.cells[self.places[name]]
        if value is UNREAD:
            raise KeyError(name)
        return value

    def get(self, name: str, default: Any = None) -> Any:
        place = self.places.get(name)
        value = UNREAD if place is None else self.cells[place]
        return default if value is UNREAD else value

    def __iter__(self) -> Iterator[str]:
        return (name for name, place in self.places.items() if self.cells[place] is not UNREAD)

    def __len__(self) -> int:
        return sum(value is not UNREAD for value in self.cells)


@dataclass(slots=True)
class Line:
    """A row of the file: what it says, and what is to become of it."""

    number: int
    values: Values
    code: str = ""
    blamed: frozenset[str] = frozenset()
    outcome: str = ""
    before: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    after: Mapping[str, Any] = field(default_factory=lambda: NOTHING)

    @property
    def name(self) -> str:
        return self.values.get("name") or ""

    @property
    def is_refused(self) -> bool:
        return self.outcome == REFUSED


@dataclass
class Kept:
    """Empty cells of one column that leave what is stored: how many, and the first rows."""

    count: int = 0
    rows: list[int] = field(default_factory=list)

    def add(self, row: int) -> None:
        self.count += 1
        if len(self.rows) < ROWS_NAMED:
            self.rows.append(row)


class Plan(ABC):
    """What becomes of each row; `goes_in` says whether anything is written at all.

    by: who sent the file, None for the office's command. partial: good rows go in beside refused ones. clear_empty: an
    empty cell takes back what is stored. held: what is compared is locked, because it will be written. The other
    wishes are those of the kind, taken by `prepare`.
    """

    columns: Sequence[Column] = ()
    refuses_unknown = False

    def __init__(
        self,
        headers: Sequence[str],
        rows: Iterable[Numbered],
        *,
        by: User | None = None,
        partial: bool = False,
        clear_empty: bool = False,
        held: bool = False,
        **wishes: Any,
    ) -> None:
        self.by, self.partial, self.clear_empty, self.held = by, partial, clear_empty, held
        self.problems: list[Problem] = []
        self.questions: list[Problem] = []
        self.kept: dict[str, Kept] = {}
        self.remarks: list[str] = []
        self.prepare(**wishes)
        self.matched = match_headers(headers, self.columns)
        self.places = {column.name: place for place, (column, __) in enumerate(self.matched.columns)}
        self.readers: list[tuple[Column, int, dict[str, Any]]] = [(*each, {}) for each in self.matched.columns]
        self.lines: list[Line] = []
        self.read_rows(rows)
        if self.refuses_unknown:
            self.refuse_unknown()
        self.decide()
        self.problems.sort(key=row_of)
        self.questions.sort(key=row_of)

    @abstractmethod
    def prepare(self, **wishes: Any) -> None:
        """Take the wishes of the kind and name the columns, before the headings are read."""

    @abstractmethod
    def decide(self) -> None:
        """Give each line its outcome."""

    @abstractmethod
    def write(self, *, by: User | None, note: str) -> None:
        """Put the lines that go in on record, in the transaction of the caller."""

    def read_rows(self, rows: Iterable[Numbered]) -> None:
        for number, values in rows:
            self.lines.append(self.read(number, values))

    def read(self, number: int, values: Sequence[Value]) -> Line:
        """Read the cells of a row, and blame every one that cannot be read."""
        found, bad = [], []
        for column, place, read_before in self.readers:
            value = values[place]
            # Most texts stand in many rows.
            if type(value) is str and value in read_before:
                found.append(read_before[value])
                continue
            try:
                meant = column.read(value)
                if column.required and meant in (None, ""):
                    raise BadCell(_("This cell may not be empty."))
                found.append(meant)
                if type(value) is str:
                    if len(read_before) >= TEXTS_KEPT:
                        # What comes again comes soon: a file stands library by library.
                        read_before.clear()
                    read_before[value] = meant
            except BadCell as refusal:
                found.append(UNREAD)
                bad.append((column.name, refusal.sentence))
        line = Line(number, Values(self.places, tuple(found)))
        for name, sentence in bad:
            self.refuse(line, name, sentence)
        return line

    def refuse_unknown(self) -> None:
        sentence = _("This column is not known.")
        self.problems += [Problem(1, header, sentence) for header in self.matched.unknown]
        for line in self.lines if self.matched.unknown else ():
            line.outcome = REFUSED

    def refuse(self, line: Line, column: str, sentence: Words) -> None:
        line.blamed |= {column}
        line.outcome = REFUSED
        self.problems.append(Problem(line.number, self.matched.heading(column), str(sentence)))

    def question(self, line: Line, column: str, sentence: Words) -> None:
        self.questions.append(Problem(line.number, self.matched.heading(column), str(sentence)))

    def keep(self, line: Line, column: str) -> None:
        """Remember that an empty cell leaves what is stored."""
        self.kept.setdefault(self.matched.heading(column), Kept()).add(line.number)

    @property
    def unread(self) -> list[str]:
        return self.matched.unknown

    @property
    def goes_in(self) -> bool:
        return not (self.refuses_unknown and self.unread) and (self.partial or not self.problems)

    def meaning(self) -> str:
        """Say in one sentence what becomes of what goes in, where a kind has more than one way."""
        return ""

    def lines_in(self) -> list[Line]:
        return [line for line in self.lines if line.outcome in (CREATED, UPDATED)] if self.goes_in else []

    def found(self) -> dict[str, int]:
        """Count the rows by what each of them asks for."""
        return {outcome: sum(line.outcome == outcome for line in self.lines) for outcome in OUTCOMES}

    def counts(self) -> dict[str, int]:
        """Count the rows by what is done: with all or none, a refused row keeps the others out."""
        found = self.found()
        return found if self.goes_in else found | {CREATED: 0, UPDATED: 0}

    @cached_property
    def sentences(self) -> dict[int | None, dict[Any, list[str]]]:
        """Gather what is wrong with each row, by its number and the heading of the column."""
        gathered: dict[int | None, dict[Any, list[str]]] = {}
        for problem in self.problems:
            gathered.setdefault(problem.row, {}).setdefault(problem.column, []).append(problem.sentence)
        return gathered

    def digest(self) -> str:
        """Name what would happen, so that nobody confirms one thing and gets another."""
        sums = hashlib.sha256(repr((self.found(), self.goes_in)).encode())
        for line in self.lines:
            sums.update(repr(self.said(line)).encode())
        return sums.hexdigest()

    def said(self, line: Line) -> tuple[Any, ...]:
        return line.number, line.code, line.outcome, list(line.before.items()), list(line.after.items())

    def changes(self, most: int) -> list[tuple[Line, list[Change]]]:
        """Return (line, [(label, before, after)]) of the first lines that change something, for people."""
        changed = [line for line in self.lines if line.outcome in (CREATED, UPDATED)]
        return [(line, self.in_words(line)) for line in changed[:most]]

    def name_of(self, line: Line) -> str:
        """Return what a page calls the thing of which the line speaks."""
        return line.name

    def in_words(self, line: Line) -> list[Change]:
        return [(name, line.before.get(name), value) for name, value in line.after.items()]


def row_of(problem: Problem) -> int:
    return problem.row or 0


class CodedPlan(Plan):
    """A plan of things with codes of their own; no row makes a twin of what is known, or of a row above."""

    def known_codes(self) -> Iterable[str]:
        """Return the codes that are taken."""
        raise TypeError(f"{type(self).__name__} knows no codes.")

    def read_rows(self, rows: Iterable[Numbered]) -> None:
        self.codes = Codes(self.known_codes())
        self.by_code: dict[str, Line] = {}
        super().read_rows(rows)
        for line in self.lines:
            self.note_code(line)

    def note_code(self, line: Line) -> None:
        said = line.values.get("code") or ""
        if not said:
            return
        line.code = self.codes.find(said)
        first = self.by_code.get(line.code)
        doubt = self.codes.doubt(said)
        if first is not None:
            words = {"code": said, "row": first.number}
            self.refuse(line, "code", _("The code %(code)s stands in row %(row)s already.") % words)
        elif doubt:
            self.refuse(line, "code", doubt)
        else:
            self.codes.add(line.code)
            self.by_code[line.code] = line

    def code_in(self, line: Line, column: str) -> str:
        """Return the code which a cell means, as it is known."""
        return self.codes.find(line.values.get(column) or "")
