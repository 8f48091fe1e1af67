"""Take returns in from a file: decide row by row before anything is written, then write all of it or none (6.2.1 j)."""

import hashlib
from collections import Counter
from collections.abc import Collection
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _

from fsul_portal.intake.codes import Codes
from fsul_portal.intake.plans import CREATED, UNCHANGED, UPDATED, Line, Plan
from fsul_portal.verdicts import require
from members.indicators.versions.reading import Dictionaries
from members.libraries.models import Library, Spell
from members.periods.actions import ensure, share
from members.periods.rules import is_open
from members.returns.checks import Checks, Peers, names_of, unanswered
from members.returns.checks.asked import not_asked
from members.returns.effects import of_importing
from members.returns.intake.columns import NOTE, columns_of_files, said_of
from members.returns.intake.ground import Ground, bundles, periods_named, stored
from members.returns.intake.writing import Entry, changes_of, write_entries
from members.returns.intake.years import Years
from members.returns.models import NOT_APPLICABLE, RECEIVED, Return
from members.returns.rollup.sums import Sums
from members.returns.rules import may_import_accepted

ACCEPTED, SUBMITTED = Return.State.ACCEPTED, Return.State.SUBMITTED
EMPTY = (None, "")
CHANGES_KEPT = 50


class ReturnPlan(Plan):
    """What becomes of each row of a file of returns (6.2.1 j)."""

    refuses_unknown = True

    def prepare(self, *, state=ACCEPTED, **others):
        """`state` is that in which the returns go in; only the office may say that they are accepted."""
        if self.by is not None and state == ACCEPTED:
            require(may_import_accepted(self.by))
        self.dictionaries = Dictionaries()
        indicators = self.dictionaries.in_use
        self.columns, self.state = columns_of_files(indicators), Return.State(state)
        self.called, self.sums = names_of(indicators), hashlib.sha256()
        self.checks = Checks({one.code for one in indicators})
        self.asked: dict[int, list] = {}
        self.peers: dict[str, Peers] = {}
        self.staying: Counter = Counter()
        self.shown = 0

    def decide(self):
        if self.refuses_unknown and self.unread:
            return
        facts = [(column.fact, self.places[column.name]) for column, __ in self.matched.columns if column.fact]
        self.figures = [(fact, place) for fact, place in facts if not fact.endswith(NOTE)]
        self.notes = [(fact.removesuffix(NOTE), place) for fact, place in facts if fact.endswith(NOTE)]
        self.keys = dict(Library.objects.order_by().values_list("code", "pk"))
        self.codes = Codes(self.keys)
        self.hands = self._hands()
        codes = {line.values["period"] for line in self.lines if line.values.get("period")}
        self.periods = periods_named(codes, self.held)
        today = timezone.localdate()
        self.early = {code for code, period in self.periods.items() if period.first_day > today}
        self.verdicts = {code: is_open(period) for code, period in self.periods.items()}
        self.taken: dict[tuple, int] = {}
        self.years = Years(self.dictionaries, self.figures)
        for line in self.lines:
            self._place(line)
        for lines in self._bundles([line for line in self.lines if not line.outcome]):
            self._decide_some(lines)
        for state, count in self.staying.items():
            sentence = _("%(count)s rows say what is stored already and stay as they are: %(state)s.")
            self.remarks.append(sentence % {"count": count, "state": Return.State(state).label})

    def _hands(self):
        """Return the keys of the libraries of which this person may speak; None where it is all of them."""
        if self.by is None or may_import_accepted(self.by):
            return None
        return set(Library.objects.in_hands_of(self.by, "members.report_returns").values_list("pk", flat=True))

    def _place(self, line):
        """Find the library and the period of a row, or say why there is none."""
        said, period = line.values.get("library_code"), line.values.get("period")
        if said:
            line.code = self.codes.find(said)
            sentence = self._objection_to_library(line.code, said)
            if sentence:
                self.refuse(line, "library_code", sentence)
        if period in self.early:
            self.refuse(line, "period", self.verdicts[period].sentence)
        if not line.outcome:
            self.years.see(line)
            first = self.taken.setdefault((line.code, period), line.number)
            if first != line.number:
                sentence = _("This library and period stand in row %(row)s already.")
                self.refuse(line, "period", sentence % {"row": first})

    def _objection_to_library(self, code, said):
        key = self.keys.get(code)
        if key is None:
            return self.codes.doubt(said) or _("There is no library with the code %(code)s.") % {"code": said}
        if self.hands is not None and key not in self.hands:
            return _("The library %(code)s is not in your hands.") % {"code": code}
        return ""

    def _bundles(self, lines):
        """Give the lines in bundles of whole libraries, each library's in the order of time."""
        return bundles(sorted(lines, key=self._order))

    def _order(self, line):
        return self.keys[line.code], self.periods[line.values["period"]].last_day

    def _decide_some(self, lines):
        codes, keys = self._named(lines)
        ground = Ground(keys, {code: self.periods[code] for code in codes}, held=self.held, peers=self.peers)
        for line in lines:
            self._decide(line, ground)

    def _named(self, lines):
        """Return the codes of the periods and the keys of the libraries of which some lines speak."""
        return sorted({line.values["period"] for line in lines}), sorted({self.keys[line.code] for line in lines})

    def _decide(self, line, ground):
        """Compare a row with what is stored, let the checks look at it, and give it its outcome."""
        key, period = self._key(line), self.periods[line.values["period"]]
        known = ground.stored.get(key)
        if unasked := ground.unasked(key[0], period, self.dictionaries):
            self._refuse_unasked(line, known, unasked)
        if ground.has_months(key[0], period):
            self.years.leave_out(line, known)
        if line.outcome:
            return None
        sentence = self.years.objection(line, key[0], period, ground, self.taken) or self._objection_to_silence(
            line, known
        )
        figures, notes = self._merged(line, known)
        if not sentence and (figures, notes) == ((known.figures, known.notes) if known else ({}, {})):
            self._keep_empty(line, known)
            if known and known.state not in (self.state, ACCEPTED):
                self.staying[known.state] += 1
            return self._settle(line, UNCHANGED)
        sentence = sentence or self._objection_to_change(known, period)
        if sentence:
            return self.refuse(line, "period", sentence)
        findings = ground.findings(key[0], period, figures, self.checks.at(period.code), self.called)
        if not self._blame(line, figures, notes, findings):
            return None
        self._keep_empty(line, known)
        ground.history.figures[key] = figures
        return self._settle(line, UPDATED if known else CREATED, known, figures, notes)

    def _refuse_unasked(self, line: Line, known: Return | None, unasked: Collection[str]) -> None:
        """Refuse what is said of figures that are not asked for; “—” says just that, and is taken for an empty cell.

        What is stored already may be said again, so that an export comes in as it went out.
        """
        cells, stored = list(line.values.cells), (known.figures, known.notes) if known else ({}, {})
        for columns, kept, ending in zip((self.figures, self.notes), stored, ("", NOTE), strict=True):
            for code, place in columns:
                if code not in unasked or cells[place] in (*EMPTY, kept.get(code)):
                    continue
                if cells[place] == NOT_APPLICABLE and code not in kept:
                    cells[place] = None
                    continue
                self.refuse(line, code + ending, not_asked(code, self.periods[line.values["period"]]))
        line.values.cells = tuple(cells)

    def _key(self, line):
        return self.keys[line.code], line.values["period"]

    def _merged(self, line, known):
        """Return figures and notes as they will be: what the row says, over what is stored."""
        figures, notes = (dict(known.figures), dict(known.notes)) if known else ({}, {})
        cells = line.values.cells
        for columns, kept in ((self.figures, figures), (self.notes, notes)):
            for code, place in columns:
                value = cells[place]
                if value is not None and value != "":
                    kept[code] = value
                elif self.clear_empty:
                    kept.pop(code, None)
        return figures, notes

    def _keep_empty(self, line, known):
        """Tell which empty cells leave something as it is."""
        if known is None or self.clear_empty:
            return
        for columns, kept, ending in ((self.figures, known.figures, ""), (self.notes, known.notes, NOTE)):
            for code, place in columns:
                if line.values.cells[place] in EMPTY and code in kept:
                    self.keep(line, code + ending)

    def _objection_to_silence(self, line, known):
        """A row without any figure says nothing; it must not wipe out what is stored."""
        silent = self.clear_empty and known and self._merged(line, None) == ({}, {})
        if not silent:
            return ""
        return _("The row is empty, but figures are stored for this library and period. Delete the row, or fill it in.")

    def _objection_to_change(self, known, period):
        """Say why what is stored may not become what the row says, or nothing."""
        verdict = self.verdicts[period.code]
        if not verdict:
            return verdict.sentence
        if known and known.state in RECEIVED and self.state == SUBMITTED:
            sentence = _("The return has been handed in already (%(state)s) and says something else.")
            return sentence % {"state": known.get_state_display()}
        return ""

    def _blame(self, line, figures, notes, findings):
        """Refuse what cannot be true, ask about what is odd; return whether the row goes in."""
        for finding in findings:
            if finding.blocks:
                self.refuse(line, self._column_of(finding), finding.sentence)
        if line.outcome:
            return False
        open_questions = unanswered(findings, notes)
        if open_questions:
            self.asked[line.number] = [finding.as_question() for finding in open_questions]
        for finding in open_questions:
            sentence = finding.sentence
            if self.state == SUBMITTED:
                told = _("Explain it in the column %(column)s; until then the return stays a draft.")
                sentence += " " + told % {"column": f"{finding.code}.note"}
            self.question(line, self._column_of(finding), sentence)
        return True

    def _column_of(self, finding):
        return finding.code if finding.code in self.matched.places else "library_code"

    def _settle(self, line, outcome, known=None, figures=None, notes=None):
        line.outcome = outcome
        before, after = changes_of(known, figures, notes) if outcome == UPDATED else ({}, {})
        said = sorted(after.items()) if after else line.values.cells
        self.sums.update(repr((line.number, line.code, outcome, sorted(before.items()), said)).encode())
        # A page shows the first changes; to keep all of them would hold the file a second time.
        if outcome != UNCHANGED and self.shown < CHANGES_KEPT:
            line.before, line.after = before, after or figures or {}
            self.shown += 1

    def meaning(self):
        """Say before the file goes in whether it hands in or accepts."""
        lines = self.lines_in()
        asked = sum(line.number in self.asked for line in lines) if self.state == SUBMITTED else 0
        return of_importing(self.state, len(lines), asked)

    def digest(self):
        sums = self.sums.copy()
        refused = [(one.row, one.column) for one in self.problems]
        sums.update(repr((self.found(), self.goes_in, refused)).encode())
        return sums.hexdigest()

    @cached_property
    def names(self) -> dict[str, str]:
        """Return what the libraries are called whose changes a page shows, by code."""
        shown = [line.code for line in self.lines if line.outcome in (CREATED, UPDATED)][:CHANGES_KEPT]
        return dict(Spell.objects.as_of().filter(library__code__in=shown).values_list("library__code", "name"))

    def name_of(self, line: Line) -> str:
        """Name library and period: a file may hold several months of one library."""
        return f"{self.names.get(line.code, '')} {self.periods[line.values['period']]}".strip()

    def in_words(self, line):
        """Return what a line changes, figure by figure, in the words of the file."""
        pairs = [(name, line.before.get(name, ""), after) for name, after in line.after.items()]
        return [(self.matched.heading(name), said_of(name, was), said_of(name, now)) for name, was, now in pairs]

    def write(self, *, by, note):
        """Put the rows that go in on record, bundle by bundle, in the transaction that holds their periods."""
        lines = self.lines_in()
        self._hold_fresh({line.values["period"] for line in lines})
        sums = Sums()
        for some in self._bundles(lines):
            # What is stored is read again: all of it would be too much to keep in memory.
            codes, keys = self._named([line for line in some if line.outcome == UPDATED])
            known = stored(keys, codes, held=True) if keys else {}
            write_entries(
                [self._entry(line, known.get(self._key(line))) for line in some], by=by, source=note, sums=sums
            )
        sums.write()

    def _hold_fresh(self, codes):
        """Make the periods that do not exist yet as late as possible, since others wait for whoever makes them."""
        fresh = {code for code in codes if self.periods[code].pk is None}
        ensure(fresh)
        for period in share(fresh):
            require(is_open(period))
            self.periods[period.code] = period

    def _entry(self, line, known):
        """Return what is to be stored for a line; what nobody has explained is not handed in."""
        figures, notes = self._merged(line, known)
        questions = self.asked.get(line.number, [])
        state = self.state if self.state == ACCEPTED or not questions else None
        period = self.periods[line.values["period"]]
        return Entry(known, self.keys[line.code], line.code, period, figures, notes, questions, state)
