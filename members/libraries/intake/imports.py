"""Plan what a file of libraries would change, and write all of it or none (6.2.1 e)."""

from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from fsul_portal.intake.plans import CREATED, NOTHING, UNCHANGED, UPDATED, CodedPlan
from fsul_portal.verdicts import require
from members.libraries import actions
from members.libraries.checks import (
    MONTHS_NAMED,
    FactsRefused,
    check_children,
    check_days,
    check_left_behind,
    during,
    objections,
)
from members.libraries.intake.columns import COLUMN_OF, LIBRARY_COLUMNS
from members.libraries.intake.ground import Ground
from members.libraries.intake.points import POINT
from members.libraries.intake.rows import RowFacts
from members.libraries.models import BEGINNING, Library, Spell
from members.libraries.rules import may_import_libraries
from members.libraries.words import changes_in_words, division_names
from members.periods.rules import locked_months, locked_months_touched, named


class LibraryPlan(CodedPlan):
    """What becomes of each row of a file of libraries; parents may stand in the same file, in any order (6.2.1 e)."""

    def prepare(self, *, on=None, **others):
        """`on` is the day from which changed facts hold, today by default."""
        self.columns = LIBRARY_COLUMNS
        self.on = date.fromisoformat(on) if isinstance(on, str) else on or timezone.localdate()

    def known_codes(self):
        return Library.objects.order_by("pk").values_list("code", flat=True)

    def decide(self):
        named = {line.code for line in self.lines} | {self.code_in(line, "parent_code") for line in self.lines}
        self.ground = Ground(named - {""}, held=self.held)
        self.locked = locked_months()
        self.row_facts = RowFacts(self, self.ground)
        self.applied = {}
        self.blame_circles()
        # Parents first: a library without a district of its own lies in its parent's.
        for line in sorted(self.lines, key=rank_of):
            self.apply(line)
        for line in self.applied.values():
            self.object_to(line)
        self.object_to_children()
        for line in self.applied.values():
            self.object_to_days(line)
        if self.partial:
            self.cascade()
        for line in self.lines:
            self.settle(line)

    def blame_circles(self):
        """Refuse the libraries which, all together, stand above themselves."""
        cleared: set[str] = set()
        for start in self.by_code:
            path: dict[str, None] = {}
            code = start
            while code and code not in cleared and code not in path:
                path[code] = None
                code = self.parent_of(code)
            if code in path:
                self.blame_circle(list(path)[list(path).index(code) :])
            cleared.update(path)

    def blame_circle(self, codes):
        sentence = _("The libraries stand above one another in a circle: %(circle)s.")
        names = " → ".join([*codes[:8], codes[0]])
        for code in codes:
            if code in self.by_code:
                self.refuse(self.by_code[code], "parent_code", sentence % {"circle": names})

    def parent_of(self, code):
        line = self.by_code.get(code)
        if line is not None and line.values.get("parent_code"):
            return self.code_in(line, "parent_code")
        course = self.ground.courses.get(code)
        spell = course.on(self.on) if course else None
        return spell.parent.code if spell and spell.parent else ""

    def apply(self, line):
        """Follow the line in the course of its library; what cannot be read is left out."""
        if self.by_code.get(line.code) is not line or "level" not in line.values:
            return
        course = self.ground.course(line.code)
        try:
            membership = self.membership_meant(course, line)
            if membership is None:
                self.open(line, course)
            else:
                self.change(line, course, membership)
        except FactsRefused as refusal:
            self.refuse_for(line, refusal)
            self.ground.forget(line.code)
        else:
            self.applied[line.code] = line

    def membership_meant(self, course, line):
        """Return the membership of which the row speaks: by its first day, or one that is not over on the day."""
        opened, closed = line.values.get("opened_on"), line.values.get("closed_on")
        memberships = course.memberships()
        for one in memberships:
            if one.first == opened:
                return one
        return next(
            (
                one
                for one in memberships
                if (one.end is None or one.end > self.on) and one.meets(opened or date.min, closed)
            ),
            None,
        )

    def open(self, line, course):
        """Let a new library in, or one that has left back in with the facts it had."""
        opened = line.values.get("opened_on")
        last = course.spells[-1] if course.spells else None
        if last and opened is None:
            sentence = _("The library left on %(day)s. Say in opened_on from which day it belongs again.")
            raise FactsRefused("code", sentence % {"day": last.until})
        facts = {field: getattr(last, field) for field in Spell.FACTS} if last else {}
        facts |= self.row_facts.of(line, last)
        course.open(facts, since=opened or BEGINNING, until=line.values.get("closed_on"))
        line.after = describe(course, opened or BEGINNING)

    def change(self, line, course, membership):
        """Change what the row says otherwise, from the day on; other first and last days are corrections."""
        day = within(self.on, membership)
        line.before = describe(course, day)
        known = course.on(day)
        stated = self.row_facts.of(line, known)
        facts = {field: value for field, value in stated.items() if value != getattr(known, field)}
        if facts and membership.end is not None and membership.end <= self.on:
            sentence = _("The library left on %(day)s. To change what it was before, choose a day before that day.")
            raise FactsRefused("code", sentence % {"day": membership.end})
        membership = self.correct_days(line, course, membership)
        day = within(self.on, membership)
        course.change(facts, on=day)
        line.after = describe(course, day)

    def correct_days(self, line, course, membership):
        opened, closed = line.values.get("opened_on"), line.values.get("closed_on")
        first = opened or membership.first
        if first != membership.first:
            course.begin(membership, since=first)
            membership = next(one for one in course.memberships() if one.first == first)
        if closed and closed != membership.end:
            course.finish(membership, until=closed)
            membership = next(one for one in course.memberships() if one.first == first)
        return membership

    def refuse_for(self, line, refusal):
        column = COLUMN_OF.get(refusal.field, refusal.field)
        if column not in line.blamed:
            self.refuse(line, column, refusal.sentence)

    def object_to(self, line):
        """Ask of each new spell what the single action asks, and what only a file can get wrong."""
        for spell in self.ground.course(line.code).asserted:
            in_the_air = spell.parent is not None and not self.ground.course(spell.parent.code).spells
            for refusal in objections(spell, self.ground.facts_of, self.ground.along):
                if not (in_the_air and refusal.field == "parent"):
                    self.refuse_for(line, refusal)
            if in_the_air and self.partial and "parent_code" not in line.blamed:
                row = self.by_code[spell.parent.code].number
                self.refuse(line, "parent_code", _("The parent library, in row %(row)s, is refused.") % {"row": row})
            if spell.district_id is None and not line.is_refused:
                sentence = _("Neither a district nor a town nor a parent library says where it lies.")
                self.refuse(line, "district_code", sentence)
            if (spell.longitude is None) != (spell.latitude is None) and not line.blamed & set(POINT):
                empty = "longitude" if spell.longitude is None else "latitude"
                self.refuse(line, empty, _("Longitude and latitude go together."))

    def object_to_children(self):
        """Refuse a new level where the libraries under it cannot stay there."""
        changed = {
            code: line
            for code, line in self.applied.items()
            if line.before and line.before["level"] != line.after["level"]
        }
        if not changed:
            return
        stored = Spell.objects.known().filter(during(self.on, None), parent__code__in=changed)
        for spell in stored.select_related("library", "parent").order_by("library__code", "since"):
            day = max(self.on, spell.since)
            course = self.ground.courses.get(spell.library.code)
            child = (course.on(day) if course else None) or spell
            line = changed.get(child.parent.code) if child.parent else None
            above = self.ground.course(line.code).on(day) if line else None
            if line and above:
                try:
                    check_children(above, [child])
                except FactsRefused as refusal:
                    self.refuse_for(line, refusal)

    def object_to_days(self, line):
        """Look at the days that a row gives or takes: of locked months, and of libraries that lose their parent."""
        course = self.ground.course(line.code)
        try:
            check_days(course, self.locked)
            check_left_behind(course, self.ground.courses)
        except FactsRefused as refusal:
            self.refuse_for(line, refusal)

    def ask_about_days(self, line):
        course = self.ground.course(line.code)
        touched = locked_months_touched(course.days_gained(), self.locked) if line.values.get("opened_on") else []
        if touched:
            sentence = _("It would now belong in months that are locked (%(months)s); their reports stay as they are.")
            self.question(line, "opened_on", sentence % {"months": named(touched[-MONTHS_NAMED:])})

    def cascade(self):
        """Take back what was planned for refused rows, and refuse in turn what would hang in the air without them."""
        fallen = [line for line in self.lines if line.is_refused]
        while fallen:
            codes = {line.code for line in fallen if self.applied.get(line.code) is line}
            for code in codes:
                del self.applied[code]
                self.ground.forget(code)
            under = [line for line in self.applied.values() if self.stands_under(line, codes)]
            for line in under:
                self.object_to(line)
            for line in self.applied.values():
                self.object_to_days(line)
            fallen = [line for line in self.applied.values() if line.is_refused]

    def stands_under(self, line, codes):
        return any(spell.parent and spell.parent.code in codes for spell in self.ground.course(line.code).asserted)

    def settle(self, line):
        if line.is_refused:
            return
        course = self.ground.course(line.code)
        if not course.fresh:
            line.before = line.after = NOTHING
        self.ask_about_days(line)
        line.outcome = CREATED if course.library.pk is None else UPDATED if course.fresh else UNCHANGED

    def in_words(self, line):
        self.names = getattr(self, "names", None) or division_names()
        return changes_in_words(line.before, line.after, self.names)

    def write(self, *, by, note):
        """Put the rows that go in on record (6.2.1 e)."""
        if by is not None:
            require(may_import_libraries(by))
        courses, records = [], []
        for line in self.lines_in():
            course = self.ground.course(line.code)
            # The record names the library as it is now called, without asking the database for each.
            course.library.facts_found = [course.on(self.ground.today) or course.spells[-1]]
            verb = "opened" if line.outcome == CREATED else "changed"
            courses.append(course)
            records.append((course.library, verb, line.before, line.after, note))
        actions.write(courses, by=by, records=records)


def rank_of(line):
    return Spell.RANKS.get(line.values["level"], 9) if line.values.get("level") else 9


def within(day, membership):
    """Return the day itself, or the day of the membership that is next to it."""
    if day < membership.first:
        return membership.first
    if membership.end is not None and membership.end <= day:
        return membership.end - timedelta(days=1)
    return day


def describe(course, day):
    """Return what is true of a library on a day, as plain values."""
    membership = course.membership_on(day)
    return course.on(day).as_facts() | {"since": membership.first, "until": membership.end}
