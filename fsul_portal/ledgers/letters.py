"""Tell the keepers in time what runs out; a duty calls `remind` from its own reminder."""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from fsul_portal.calendar.days import ONE_DAY
from fsul_portal.grammar.things import kind_of
from fsul_portal.ledgers.models import LedgerEntry
from fsul_portal.notices.actions import tell
from fsul_portal.notices.models import Notice
from fsul_portal.templatetags.figures import day as in_words


def remind(model: type[LedgerEntry], day: date) -> list[Notice]:
    """Tell who keeps an entry: so many days before its last one, and once when it is over; each once."""
    days = {day + before * ONE_DAY for before in model.WARN_BEFORE} | {day}
    due = model.objects.standing().filter(Q(until__in=days) | Q(until=day - ONE_DAY)).order_by("until", "pk")
    return [notice for entry in due for notice in _tell(entry, day)]


def _tell(entry: LedgerEntry, day: date) -> list[Notice]:
    words = {"entry": entry, "day": in_words(entry.until)}
    left = (entry.until - day).days if entry.until else 0
    is_over = left < 0
    return tell(
        entry.people_in("keeper"),
        # The day belongs to the key: an entry whose last day was put right is told of anew.
        key=f"{kind_of(entry)}:{entry.pk}:{entry.until}:{'over' if is_over else left}",
        subject=lambda: (_("Has run out: %(entry)s") if is_over else _("Runs out: %(entry)s")) % words,
        body=lambda: _("Last day: %(day)s") % words,
        link=entry.get_absolute_url(),
    )
