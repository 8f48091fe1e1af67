"""Say what is missing on the committee on a day: posts, units, the term itself (5.1)."""

from dataclasses import dataclass
from datetime import date

from committee.seats.models import Seat, Term
from members.bodies.lists import BY_POST
from members.bodies.models import UPPER_LEVELS
from members.libraries.models import Library, Spell, spells_along


@dataclass(frozen=True)
class Composition:
    """The committee of a day.

    units: the central and the district libraries of that day without anybody on it. known_by: of a vacancy, since when.
    """

    day: date
    term: Term | None
    seats: tuple[Seat, ...]
    units: tuple[Library, ...]

    @property
    def chair(self) -> Seat | None:
        return next((seat for seat in self.seats if seat.post == Seat.Post.CHAIR), None)

    @property
    def is_over(self) -> bool:
        """Say whether the term had run out on that day."""
        return self.term is not None and self.term.last_day < self.day

    @property
    def days_left(self) -> int | None:
        return (self.term.last_day - self.day).days if self.term else None

    @property
    def is_complete(self) -> bool:
        return bool(self.term and self.chair and not self.units and not self.is_over)


def composition(day: date) -> Composition:
    """Return who sat on the committee on a day and what was missing, in five queries."""
    seats = tuple(Seat.objects.as_of(day).for_lists().order_by(*BY_POST))
    upper = Spell.objects.as_of(day).filter(level__in=UPPER_LEVELS).in_office_order()
    libraries = Library.objects.filter(pk__in=upper.values("library_id")).prefetch_related(spells_along("spells", day))
    seated = {seat.unit_id for seat in seats}
    missing = [one for one in libraries if one.pk not in seated]
    missing.sort(key=lambda one: (one.facts.district.sort, one.facts.level_rank, one.code))
    term = seats[0].term if seats else Term.objects.all().running()
    return Composition(day, term, seats, tuple(missing))
