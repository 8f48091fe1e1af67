"""Plan what a file of divisions would change, and write all of it or none (6.2.1 e)."""

from operator import itemgetter

from django.db.models import Q
from django.utils.translation import gettext as _

from fsul_portal.finding.actions import write_search_words
from fsul_portal.intake.plans import CREATED, UNCHANGED, UPDATED, CodedPlan
from fsul_portal.records.actions import Entry, record_many
from fsul_portal.verdicts import require
from members.libraries.intake.columns import DIVISION_COLUMNS
from members.libraries.models import Division, Spell
from members.libraries.rules import may_import_libraries

NAMES = itemgetter("name", "name_en")
ABOVE = {
    Division.Level.CITY: None,
    Division.Level.DISTRICT: Division.Level.CITY,
    Division.Level.TOWN: Division.Level.DISTRICT,
}


class DivisionPlan(CodedPlan):
    """What becomes of each row of a file of divisions; the division above may stand in the same file."""

    def prepare(self, **others):
        self.columns = DIVISION_COLUMNS
        self.known = {division.code: division for division in Division.objects.select_related("parent")}

    def known_codes(self):
        return self.known

    def decide(self):
        for line in self.lines:
            known = self.known.get(line.code)
            if known and line.values.get("level", known.level) != known.level:
                self.refuse(line, "level", _("A division keeps its level; a new one has a code of its own."))
            line.before = stated(known) if known else {}
            line.after = {**line.before, **self.stated_by(line)}
        for line in self.lines:
            self.object_to(line)
        if self.partial:
            self.cascade()
        for line in self.lines:
            if not line.is_refused:
                line.outcome = CREATED if not line.before else UPDATED if line.before != line.after else UNCHANGED

    def stated_by(self, line):
        """Return what the row says; an empty cell keeps what is stored."""
        said = dict(line.values) | {"code": line.code}
        if "parent_code" in said:
            said["parent_code"] = self.code_in(line, "parent_code")
        for name in [name for name, value in said.items() if value in (None, "")]:
            del said[name]
            if line.before.get(name) not in (None, "", 0):
                self.keep(line, name)
        return said

    def object_to(self, line):
        """Refuse a division above which there is none, or one of another level than is due."""
        level, parent_code = line.after.get("level"), line.after.get("parent_code", "")
        if not level or line.blamed & {"level", "parent_code"}:
            return
        due = ABOVE[Division.Level(level)]
        parent = self.by_code.get(parent_code)
        parent_level = parent.after.get("level") if parent else getattr(self.known.get(parent_code), "level", None)
        words = {"level": Division.Level(level).label, "code": parent_code}
        if due is None and parent_code:
            self.refuse(line, "parent_code", _("Above a %(level)s stands nothing.") % words)
        elif due and not parent_code:
            self.refuse(line, "parent_code", _("A %(level)s needs the division to which it belongs.") % words)
        elif due and parent_level is None:
            self.refuse(line, "parent_code", _("There is no division with the code %(code)s.") % words)
        elif due and parent_level != due:
            self.refuse(line, "parent_code", _("A %(level)s cannot belong to %(code)s.") % words)

    def cascade(self):
        """Refuse what would belong to a new division that is refused itself; three levels need two rounds."""
        for __ in ABOVE:
            for line in self.lines:
                above = self.by_code.get(line.after.get("parent_code") or "")
                if above and above.is_refused and not above.before and not line.is_refused:
                    sentence = _("The division above, in row %(row)s, is refused.")
                    self.refuse(line, "parent_code", sentence % {"row": above.number})

    def write(self, *, by, note):
        """Put the rows that go in on record."""
        if by is not None:
            require(may_import_libraries(by))
        records, renamed = [], []
        for line in sorted(self.lines_in(), key=lambda line: list(ABOVE).index(line.after["level"])):
            division = self.known.setdefault(line.code, Division(code=line.code))
            division.name, division.level = line.after["name"], line.after["level"]
            division.name_en = line.after.get("name_en", "")
            division.sort = line.after.get("sort", 0)
            division.parent = self.known.get(line.after.get("parent_code") or "")
            division.save()
            if line.before and NAMES(line.before) != NAMES(line.after):
                renamed.append(division.pk)
            records.append(Entry(division, line.outcome, by, line.before, line.after, note))
        if renamed:
            # What lies in them is found by their names.
            write_search_words(Spell.objects.filter(Q(district__in=renamed) | Q(town__in=renamed)))
        record_many(records)


def stated(division):
    return {
        "code": division.code,
        "name": division.name,
        "level": division.level,
        "parent_code": division.parent.code if division.parent else "",
        "name_en": division.name_en,
        "sort": division.sort,
    }
