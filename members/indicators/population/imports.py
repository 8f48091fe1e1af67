"""Plan what a file of populations would change, and write all of it or none (6.2.1 j)."""

from typing import Any

from django.utils.translation import gettext as _

from fsul_portal.intake.codes import Codes
from fsul_portal.intake.plans import CREATED, UNCHANGED, UPDATED, Line, Plan
from fsul_portal.records.actions import Entry, record_many
from fsul_portal.users import User
from fsul_portal.verdicts import require
from members.indicators.population.columns import COLUMNS
from members.indicators.population.models import Population
from members.indicators.rules import may_change_indicators
from members.libraries.models import Division


class PopulationPlan(Plan):
    """What becomes of each row of a file of populations."""

    columns = COLUMNS

    def prepare(self, **wishes: Any) -> None:
        self.divisions = {one.code: one for one in Division.objects.all()}
        self.known = {(one.division_id, one.year): one for one in Population.objects.all()}

    def decide(self) -> None:
        codes, taken = Codes(self.divisions), dict[tuple[str, int], int]()
        for line in self.lines:
            if not line.is_refused:
                line.code = codes.find(line.values["division_code"])
                self._place(line, codes.doubt(line.values["division_code"]), taken)

    def _place(self, line: Line, doubt: str | None, taken: dict[tuple[str, int], int]) -> None:
        """Refuse what means no division or stands in the file already; else say what becomes of the row."""
        division, year = self.divisions.get(line.code), line.values["year"]
        if division is None:
            sentence = doubt or _("There is no division with the code %(code)s.") % {"code": line.code}
            return self.refuse(line, "division_code", sentence)
        first = taken.setdefault((line.code, year), line.number)
        if first != line.number:
            return self.refuse(line, "year", _("This division and year stand in row %(row)s already.") % {"row": first})
        known = self.known.get((division.pk, year))
        line.before = known.said if known else {}
        line.after = {"people": line.values["population"], "source": line.values["source"]}
        line.outcome = CREATED if known is None else UPDATED if line.before != line.after else UNCHANGED
        return None

    def name_of(self, line: Line) -> str:
        return f"{self.divisions[line.code]} {line.values['year']}"

    def said(self, line: Line) -> tuple[Any, ...]:
        return (*super().said(line), line.values.get("year"))

    def in_words(self, line: Line) -> list[tuple[Any, Any, Any]]:
        labels = {"people": _("population"), "source": _("source")}
        return [(labels[name], line.before.get(name, ""), value) for name, value in line.after.items()]

    def write(self, *, by: User | None, note: str) -> None:
        """Put the rows that go in on record."""
        if by is not None:
            require(may_change_indicators(by))
        records = []
        for line in self.lines_in():
            key = {"division": self.divisions[line.code], "year": line.values["year"]}
            row, __ = Population.objects.update_or_create(**key, defaults=dict(line.after))
            records.append(Entry(row, line.outcome, by, dict(line.before), dict(line.after), note))
        record_many(records)
