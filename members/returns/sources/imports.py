"""Take an export of the library system in: its figures become drafts that the libraries complete (6.2.1 j)."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fsul_portal.grammar.words import Words
from fsul_portal.intake.codes import seen
from fsul_portal.intake.plans import REFUSED, UNREAD, Line, Numbered, Values
from fsul_portal.sheets import cells
from fsul_portal.sheets.refusals import Value
from fsul_portal.users import User
from members.periods.models import Period
from members.returns.checks import Finding
from members.returns.intake.imports import ReturnPlan
from members.returns.intake.writing import Entry
from members.returns.models import RECEIVED, Return
from members.returns.sources.columns import columns_of
from members.returns.sources.models import ExportSource

Several = ExportSource.Several
Figures = dict[str, Any]
CODES_NAMED = 20


class SourcePlan(ReturnPlan):
    """What becomes of the rows of an export, each library's added up or not as the office has said (6.2.1 j).

    It writes drafts alone: what was handed in is never written over, and nothing is handed in that nobody has seen.
    """

    refuses_unknown = False

    def prepare(self, *, source: ExportSource | int, period: str = "", **others: Any) -> None:  # type: ignore[override]
        """`source`: the export, or its key. `period`: the month, where no column says it."""
        super().prepare(state=Return.State.DRAFT)
        self.source = source if isinstance(source, ExportSource) else ExportSource.objects.get(pk=source)
        self.month = period
        self.columns = columns_of(self.source, self.called)
        self.theirs = {seen(their): ours for their, ours in self.source.codes.items()}
        self.aside = {cells.folded(word) for word in self.source.skipped}
        self.skipped: list[int] = []
        self.rows_read = 0

    @property
    def unread(self) -> list[str]:
        """An export has many columns of which nobody has said anything; they are told in one sentence."""
        return []

    def read_rows(self, rows: Iterable[Numbered]) -> None:
        self.places.setdefault("period", len(self.places))
        there: dict[tuple[str, Any], Line] = {}
        for number, values in rows:
            if any(isinstance(value, str) and cells.folded(value) in self.aside for value in values):
                self.skipped.append(number)
                continue
            self.rows_read += 1
            line = self.read(number, values)
            key = seen(line.values.get("library_code") or ""), line.values.get("period")
            first = there.get(key) if self.source.several != Several.REFUSED and all(key) else None
            if first is None:
                there[key] = line
                self.lines.append(line)
            else:
                self._join(first, line)

    def read(self, number: int, values: Sequence[Value]) -> Line:
        """Read a row, with the library's code as it is here, and the month that the person has said."""
        line = super().read(number, values)
        found = list(line.values.cells)
        if not self.source.period_heading:
            found.append(self.month)
        place = self.places["library_code"]
        if found[place] is not UNREAD:
            found[place] = self.theirs.get(seen(found[place]), found[place])
        line.values = Values(self.places, tuple(found))
        return line

    def _join(self, first: Line, other: Line) -> None:
        """Let several rows of one library be one: added up, or the last one of them."""
        if first.is_refused or other.is_refused:
            first.outcome = REFUSED
            return
        figures = {self.places[column.name] for column, __ in self.matched.columns if column.fact}
        joined = [
            self._joined(one, another) if place in figures else one
            for place, (one, another) in enumerate(zip(first.values.cells, other.values.cells, strict=True))
        ]
        first.values = Values(self.places, tuple(joined))

    def _joined(self, one: Any, another: Any) -> Any:
        if self.source.several == Several.LAST:
            return one if another is None else another
        numbers = [value for value in (one, another) if isinstance(value, int)]
        return sum(numbers) if numbers else another if one is None else one

    def meaning(self) -> str:
        count = len(self.lines_in())
        words = ngettext(
            "%(count)s return becomes or stays a draft; none is handed in.",
            "%(count)s returns become or stay drafts; none is handed in.",
            count,
        )
        return words % {"count": count}

    def decide(self) -> None:
        super().decide()
        unknown = dict.fromkeys(line.code for line in self.lines if line.code and line.code not in self.keys)
        if unknown:
            sentence = _("Codes that are not known here: %(codes)s. The office says whose they are: %(source)s.")
            named = "、".join([*unknown][:CODES_NAMED]) + (" …" if len(unknown) > CODES_NAMED else "")
            self.remarks.append(sentence % {"codes": named, "source": self.source})
        if self.skipped:
            self.remarks.append(_("%(count)s rows are no library and are skipped.") % {"count": len(self.skipped)})
        if self.rows_read > len(self.lines):
            words = {"rows": self.rows_read, "count": len(self.lines)}
            self.remarks.append(_("%(rows)s rows become %(count)s, one for each library and month.") % words)
        if self.matched.unknown:
            sentence = _("These columns are not read: %(columns)s.")
            self.remarks.append(sentence % {"columns": "、".join(filter(None, self.matched.unknown))})

    def refuse(self, line: Line, column: str, sentence: Words) -> None:
        """What is wrong with a month that no column says stands at the library."""
        said = column if column in self.matched.places else "library_code"
        super().refuse(line, said, sentence)

    def _objection_to_change(self, known: Return | None, period: Period) -> str:
        if known and known.state in RECEIVED:
            sentence = _("The return has been handed in already (%(state)s) and says something else.")
            return sentence % {"state": known.get_state_display()}
        return super()._objection_to_change(known, period)

    def _blame(self, line: Line, figures: Figures, notes: Figures, findings: Iterable[Finding]) -> bool:
        """Refuse what the export says wrongly; what is to be corrected beside it is told, and goes in."""
        said = {code for code, __ in self.figures}
        here = [each for each in findings if not each.blocks or not each.code or each.code in said]
        for finding in findings:
            if finding not in here:
                told = _("Correct %(code)s before the return is handed in.") % {"code": finding.code}
                self.question(line, "library_code", f"{finding.sentence} {told}")
        return super()._blame(line, figures, notes, here)

    def _entry(self, line: Line, known: Return | None) -> Entry:
        """Return what is to be stored: a draft, with the export named at each figure that comes out of it."""
        said = {code: line.values.cells[place] for code, place in self.figures}
        origins = {code: {"source": self.source.name, "value": value} for code, value in said.items() if value != ""}
        given = {code: origin for code, origin in origins.items() if origin["value"] is not None}
        return super()._entry(line, known)._replace(state=None, origins=given)

    def write(self, *, by: User | None, note: str) -> None:
        super().write(by=by, note=f"{self.source.name}: {note}")
