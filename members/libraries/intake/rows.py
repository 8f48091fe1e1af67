"""Understand what a row of the file states about a library, in the light of what is known already."""

from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from members.coordinates.doubts import Where
from members.libraries.intake.points import POINT, points_taken, questions_about, same_system, the_right_way_round
from members.libraries.models import Division, Spell

TENTH = Decimal("0.1")
DISTRICTS = (Division.Level.CITY, Division.Level.DISTRICT)
TOWNS = (Division.Level.TOWN,)
# No library is without these; an empty cell leaves them even where empty cells take back.
NEVER_EMPTY = {"name", "level", "status", "district"}


class RowFacts:
    """Turn rows into facts; an absent column leaves the fact as it is, and so does an empty cell, with a word."""

    def __init__(self, plan, ground):
        self.plan, self.ground = plan, ground
        self.taken: dict[tuple[Decimal, Decimal, str], str] | None = None
        self.columns = [column for column, __ in plan.matched.columns if column.fact in Spell.FACTS]

    def of(self, line, known):
        """Return the facts which the row states; `known` is the spell that holds so far, None for a new library."""
        facts = {}
        for column in self.columns:
            value = line.values.get(column.name)
            if column.name not in line.values:
                continue
            if value in (None, ""):
                facts |= self.emptied(line, column, known)
            elif column.fact not in (*POINT, "district"):
                facts[column.fact] = self.meant(line, column.fact, value)
        return facts | self.district(line, facts, known) | self.point(line, known)

    def emptied(self, line, column, known):
        """Keep what is stored beside an empty cell, and tell; take it back where that is wished."""
        if known is None or column.fact in NEVER_EMPTY or getattr(known, column.fact) in (None, ""):
            return {}
        if self.plan.clear_empty:
            return {column.fact: None if Spell._meta.get_field(column.fact).null else ""}
        self.plan.keep(line, column.name)
        return {}

    def meant(self, line, fact, value):
        if fact == "parent":
            return self.parent(line)
        if fact == "town":
            return self.division(line, "town_code", TOWNS)
        return value.quantize(TENTH, ROUND_HALF_UP) if fact == "area" else value

    def parent(self, line):
        code = self.plan.code_in(line, "parent_code")
        if code in self.ground.courses or code in self.plan.by_code:
            return self.ground.course(code).library
        sentence = _("There is no library %(code)s, neither in the registry nor in this file.") % {"code": code}
        self.plan.refuse(line, "parent_code", self.plan.codes.doubt(code) or sentence)
        return None

    def division(self, line, column, levels):
        code = line.values[column]
        division = self.ground.divisions.get(code)
        if division is None:
            self.plan.refuse(line, column, _("There is no division with the code %(code)s.") % {"code": code})
        elif division.level not in levels:
            sentence = _("%(name)s (%(level)s) cannot stand in this column.")
            words = {"name": division.title, "level": division.get_level_display()}
            self.plan.refuse(line, column, sentence % words)
            return None
        return division

    def district(self, line, facts, known):
        """Return the district that the row, its town, its parent or its level says; a nameless one where none does."""
        town = facts.get("town")
        if known and not line.values.get("district_code") and (not town or town == known.town):
            return {}
        return {"district": self.district_said(line, facts) or Division()}

    def district_said(self, line, facts):
        if line.values.get("district_code"):
            return self.division(line, "district_code", DISTRICTS)
        town, parent = facts.get("town"), facts.get("parent")
        if town and town.parent_id:
            return town.parent
        above = self.ground.facts_of(parent, line.values.get("opened_on") or self.plan.on) if parent else None
        if above:
            return above.district
        return self.ground.city if line.values["level"] == Spell.Level.CENTRAL else None

    def point(self, line, known):
        """Return longitude and latitude, and ask about what looks wrong where it is new."""
        given = {field: line.values[field] for field in POINT if line.values.get(field) is not None}
        kept, turned = the_right_way_round(given)
        if kept.get("latitude") is not None and abs(kept["latitude"]) > 90:
            self.plan.refuse(line, "latitude", _("A latitude lies between -90 and 90."))
        if known is None or any(getattr(known, field) != value for field, value in kept.items()):
            crs = line.values.get("crs") or (known.crs if known else "")
            for field, sentence in questions_about(given, turned, crs, self.before(line, known)):
                self.plan.question(line, field, sentence)
            self.neighbour(line, kept, crs)
        return kept

    def neighbour(self, line, kept, crs):
        """Ask about a point at which another library stands already, in the registry or in the file."""
        point = kept.get("longitude"), kept.get("latitude"), same_system(crs)
        if None in point:
            return
        if self.taken is None:
            self.taken = points_taken()
        if self.taken.setdefault(point, line.code) != line.code:
            words = {"code": self.taken[point]}
            self.plan.question(line, "longitude", _("%(code)s stands at the same point.") % words)

    def before(self, line, known):
        """Return where the library was said to be, unless the row says that it is elsewhere now."""
        moved = known is None or line.values.get("address", known.address) not in ("", None, known.address)
        return None if moved else Where(known.longitude, known.latitude, known.crs)
