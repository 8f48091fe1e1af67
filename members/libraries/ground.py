"""Hold the part of the registry of which a file speaks: the libraries it names, all above them, and the divisions."""

from datetime import date

from django.utils import timezone

from members.libraries.course import Course
from members.libraries.models import Division, Library, Spell

BATCH = 10_000


class Ground:
    """Read with a handful of queries, however many rows the file has, and kept from others meanwhile."""

    def __init__(self, codes):
        self.today = timezone.localdate()
        self.divisions = {division.code: division for division in Division.objects.select_related("parent")}
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
            libraries = Library.objects.select_for_update().filter(code__in=codes[start : start + BATCH]).order_by("pk")
            by_key = {library.pk: library for library in libraries}
            spells: dict[int, list[Spell]] = {key: [] for key in by_key}
            for spell in Spell.objects.known().filter(library__in=by_key).select_related("district", "town", "parent"):
                spell.library = by_key[spell.library_id]
                spells[spell.library_id].append(spell)
            for key, library in by_key.items():
                self.courses[library.code] = Course(library, spells[key])

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
