"""Hold the part of the registry of which a file speaks: the libraries it names, all above them, and the divisions."""

from datetime import date

from django.utils import timezone

from members.libraries.course import Course
from members.libraries.models import Division, Library, Spell

BATCH = 10_000


class Ground:
    """Read with a handful of queries, however many rows the file has, and kept from others meanwhile."""

    def __init__(self, codes, *, held=False):
        self.held = held
        self.today = timezone.localdate()
        self.divisions = {division.code: division for division in Division.objects.select_related("parent")}
        self.by_key = {division.pk: division for division in self.divisions.values()}
        self.libraries: dict[int, Library] = {}
        self.city = next((one for one in self.divisions.values() if one.level == Division.Level.CITY), None)
        self.courses: dict[str, Course] = {}
        self.asked: set[str] = set()
        wanted = set(codes)
        while wanted:
            self._load(sorted(wanted))
            self.asked |= wanted
            wanted = self._parents() - self.asked

    def _load(self, codes):
        for start in range(0, len(codes), BATCH):
            libraries = Library.objects.filter(code__in=codes[start : start + BATCH]).order_by("pk")
            if self.held:
                libraries = libraries.select_for_update(no_key=True)
            fresh = {library.pk: library for library in libraries}
            self.libraries |= fresh
            spells: dict[int, list[Spell]] = {key: [] for key in fresh}
            for spell in Spell.objects.known().filter(library__in=fresh).order_by().iterator(chunk_size=2000):
                spell.library = fresh[spell.library_id]
                spells[spell.library_id].append(spell)
            self._name_parents(spells)
            for key, library in fresh.items():
                self.courses[library.code] = Course(library, sorted(spells[key], key=since))

    def _name_parents(self, spells):
        """Give all spells the same few divisions and parents, instead of a copy each."""
        spells = [spell for some in spells.values() for spell in some]
        unknown = {spell.parent_id for spell in spells} - self.libraries.keys() - {None}
        for start in range(0, len(unknown), BATCH):
            some = sorted(unknown)[start : start + BATCH]
            self.libraries |= {library.pk: library for library in Library.objects.filter(pk__in=some)}
        for spell in spells:
            spell.district, spell.town = self.by_key[spell.district_id], self.by_key.get(spell.town_id)
            spell.parent = self.libraries.get(spell.parent_id)

    def _parents(self):
        return {
            spell.parent.code
            for course in self.courses.values()
            for spell in course.spells
            if spell.parent and spell.parent.code not in self.courses
        }

    def course(self, code):
        """Return the course of a library, an empty one where the code is new."""
        if code not in self.courses:
            self.courses[code] = Course(Library(code=code))
        return self.courses[code]

    def forget(self, code):
        """Take back what was planned for a library."""
        course = self.courses[code]
        self.courses[code] = Course(course.library, course.stored)

    def facts_of(self, library, day: date):
        """Return what is true of a library on a day, or today where it does not belong on that day."""
        course = self.courses.get(library.code)
        return (course.on(day) or course.on(self.today)) if course else None

    def along(self, library: Library, first: date, end: date | None) -> list[Spell]:
        """Return what is true of a library from a day to the day before another one, in the order of time."""
        course = self.courses.get(library.code)
        spells = course.spells if course else []
        return [one for one in spells if (one.until is None or one.until > first) and (end is None or one.since < end)]


def since(spell):
    return spell.since
