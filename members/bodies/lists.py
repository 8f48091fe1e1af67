"""Share the columns of whoever sits in a body (5.1, 5.2)."""

from django.utils.translation import gettext_lazy as _

from fsul_portal.records.course import Deed
from fsul_portal.registers.columns import Column
from members.bodies.models import Tenure


def unit_name(tenure: Tenure) -> str:
    """Return the name of the unit for which somebody sits."""
    facts = tenure.unit.facts
    return facts.name if facts else tenure.unit.code


# As the office names people: the chair first, then by units in the order of their districts.
BY_POST = ("post_rank", "unit_sort", "unit__code", "person__name")
PERSON = Column("person", _("Person"), sort="person__name", is_name=True)
UNIT = Column("unit", _("Unit"), unit_name, sort=("unit_sort", "unit__code"))
POSITION = Column("position", _("Position at the unit"), "person.position", is_shown=False)
SINCE = Column("since", _("Since"), sort="since")
UNTIL = Column("until", _("Last day"), sort="until", is_shown=False)
STATE = Column("state", _("State"), sort="state", is_state=True)
KNOWN = Column("known_on", _("Change known on"))

DEEDS = {
    "nominated": Deed(icon="flag"),
    "nomination approved": Deed(tone="info", icon="stamp"),
    "seat taken": Deed(tone="success", icon="user"),
    "seat left": Deed(icon="right"),
    "nomination dropped": Deed(tone="warning", icon="remove"),
    "seat taken over": Deed(icon="history"),
}
