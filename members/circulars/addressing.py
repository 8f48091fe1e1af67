"""Find out whom a circular goes to, and where each of them stands in the tree of a day."""

from django.utils.translation import gettext as _

from fsul_portal.lives.models import Fault
from members.libraries.models import Spell


def addressed(circular, day):
    """Return [(key of the library, codes above it)] of the circular's libraries; one query, however deep the tree."""
    rows = Spell.objects.as_of(day).values_list("library__code", "library_id", "parent__code").order_by("library__code")
    keys, parents = {}, {}
    for code, pk, parent in rows:
        keys[code], parents[code] = pk, parent
    alone, below = set(circular.to_libraries), set(circular.to_below)
    ways = {code: _way_up(code, parents) for code in keys}
    return [
        (keys[code], "/".join(reversed(way[1:])))
        for code, way in ways.items()
        if code in alone or not below.isdisjoint(way)
    ]


def faults_of(circular, day, found):
    """Return why it cannot be sent on that day to those whom it names."""
    if circular.due_on < day:
        return [Fault("due_on", _("This day is over."))]
    named = [*circular.to_libraries, *circular.to_below]
    here = set(Spell.objects.as_of(day).filter(library__code__in=named).values_list("library__code", flat=True))
    gone = [code for code in dict.fromkeys(named) if code not in here]
    if gone:
        sentence = _("These libraries do not belong to the system today: %(codes)s.")
        return [Fault("to_libraries", sentence % {"codes": ", ".join(gone)})]
    if not found:
        return [Fault("to_libraries", _("It is addressed to nobody."))]
    return []


def _way_up(code, parents):
    """Return the code and those above it; a circle in the registry ends it."""
    way = [code]
    while (parent := parents.get(way[-1])) and parent not in way:
        way.append(parent)
    return way
