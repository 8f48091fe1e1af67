"""Understand what a row of the file states about a library, in the light of what is known already."""

from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from members.libraries.models import Division, Spell
from members.libraries.points import questions_about, the_right_way_round

PLAIN = ("name", "short_name", "level", "kind", "address", "area", "seats", "phone")
TENTH = Decimal("0.1")
DISTRICTS = (Division.Level.CITY, Division.Level.DISTRICT)
TOWNS = (Division.Level.TOWN,)


class RowFacts:
    """Turn rows into facts; a blank cell clears what may be empty, an absent column leaves the fact as it is."""

    def __init__(self, plan, ground):
        self.plan, self.ground = plan, ground

    def of(self, line, known):
        """Return the facts which the row states; `known` is the spell that holds so far, None for a new library."""
        values = line.values
        facts = {field: values[field] for field in PLAIN if field in values}
        if facts.get("area") is not None:
            facts["area"] = facts["area"].quantize(TENTH, ROUND_HALF_UP)
        if values.get("status"):
            facts["status"] = values["status"]
        if "crs" in values:
            facts["crs"] = values["crs"] or ""
        if "parent_code" in values:
            facts["parent"] = self.parent(line)
        if "town_code" in values:
            facts["town"] = self.division(line, "town_code", TOWNS)
        return facts | self.district(line, facts, known) | self.point(line, known)

    def parent(self, line):
        code = line.values["parent_code"]
        if not code:
            return None
        if code in self.ground.courses or code in self.plan.by_code:
            return self.ground.course(code).library
        sentence = _("There is no library %(code)s, neither in the registry nor in this file.")
        self.plan.refuse(line, "parent_code", sentence % {"code": code})
        return None

    def division(self, line, column, levels):
        code = line.values[column]
        division = self.ground.divisions.get(code)
        if code and division is None:
            self.plan.refuse(line, column, _("There is no division with the code %(code)s.") % {"code": code})
        elif division and division.level not in levels:
            sentence = _("%(name)s (%(level)s) cannot stand in this column.")
            words = {"name": division.name, "level": division.get_level_display()}
            self.plan.refuse(line, column, sentence % words)
            return None
        return division

    def district(self, line, facts, known):
        """Return the district that the row, its town, its parent or its level says; a nameless one where none does."""
        town = facts.get("town")
        if known and "district_code" not in line.values and (not town or town == known.town):
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
        given = {field: line.values[field] for field in ("longitude", "latitude") if field in line.values}
        kept, turned = the_right_way_round(given)
        if kept.get("latitude") is not None and abs(kept["latitude"]) > 90:
            self.plan.refuse(line, "latitude", _("A latitude lies between -90 and 90."))
        if known is None or any(getattr(known, field) != value for field, value in kept.items()):
            for field, sentence in questions_about(given, turned):
                self.plan.question(line, field, sentence)
        return kept
