"""List who is missing in a report, who was not asked and why, and every explanation (6.1 d)."""

from collections.abc import Mapping
from typing import Any

from members.returns.years.asked import stands_for_months
from reports.documents.awaited import NOT_REPORTED, STILL_TO_COME
from reports.editions.figures.spans import Span

Row = dict[str, Any]


class Gaps:
    """Gather the gaps of some libraries after others.

    yearly: the codes of what is counted once a year; a return of the year that says nothing else stands for no month.
    past_due: the months whose day is over.
    """

    def __init__(self, yearly: set[str], past_due: set[str]) -> None:
        self.yearly, self.past_due = yearly, past_due
        self.missing: list[Row] = []
        self.excluded: list[Row] = []
        self.notes: list[tuple[str, int, str, Row]] = []

    def take(self, span: Span) -> None:
        for library in span.libraries:
            who, answers = _who(span, library), span.answers.get(library, {})
            of_year = answers.get(span.code, {}) if span.code not in span.months else {}
            is_whole = stands_for_months(of_year, self.yearly)
            gaps = [] if is_whole else [month for month in span.due.get(library, []) if month not in answers]
            self.missing += [who | row for row in self._by_due_day(gaps)]
            by_reason: dict[str, list[str]] = {}
            for month, reason in span.excluded.get(library, {}).items():
                by_reason.setdefault(reason, []).append(month)
            self.excluded += [who | {"periods": months, "reason": reason} for reason, months in by_reason.items()]
        self.notes += [
            (period, library, code, {**_who(span, library), "period": period, "code": code, "note": note})
            for library, period, code, note in span.notes
            if library in span.facts
        ]

    def listed(self, order: Mapping[str, int]) -> dict[str, list[Row]]:
        """Return all of them, the libraries in the office's order."""

        def place(row: Row) -> int:
            return order[row["library"]]

        notes = [row for *__, row in sorted(self.notes, key=lambda one: one[:3])]
        return {
            "missing": sorted(self.missing, key=place),
            "excluded": sorted(self.excluded, key=place),
            "notes": notes,
        }

    def _by_due_day(self, gaps: list[str]) -> list[Row]:
        """Tell months whose day is over from those of which a return is still to come."""
        rows = [
            {"periods": [month for month in gaps if month in self.past_due], "reason": NOT_REPORTED},
            {"periods": [month for month in gaps if month not in self.past_due], "reason": STILL_TO_COME},
        ]
        return [row for row in rows if row["periods"]]


def _who(span: Span, library: int) -> Row:
    spell = span.facts[library]
    return {"library": spell.library.code, "name": spell.name, "district": spell.district.code}
