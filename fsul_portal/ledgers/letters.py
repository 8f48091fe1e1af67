"""Tell the keepers in time what runs out; a duty calls `remind` from its own reminder."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from fsul_portal.calendar.days import ONE_DAY
from fsul_portal.grammar.things import kind_of
from fsul_portal.ledgers.models import LedgerEntry
from fsul_portal.notices.actions import tell
from fsul_portal.notices.models import Notice
from fsul_portal.notices.reminders import MADE_UP_FOR, step_due
from fsul_portal.templatetags.figures import day as in_words

OVER = -1


def remind(model: type[LedgerEntry], day: date) -> list[Notice]:
    """Tell who keeps an entry: so many days before its last one, on it, and once when it is over; each once."""
    near = (day - MADE_UP_FOR, day + max((0, *model.WARN_BEFORE)) * ONE_DAY)
    return [
        notice for entry in model.objects.running_out(*near).order_by("until", "pk") for notice in _told(entry, day)
    ]


def _told(entry: LedgerEntry, day: date) -> list[Notice]:
    if entry.until is None:
        return []
    entered = timezone.localdate(entry.started_at)
    step = step_due(entry.until, (*entry.WARN_BEFORE, 0, OVER), day, since=entered)
    if step is None:
        return []
    until = entry.until
    return tell(
        entry.people_in("keeper"),
        # The day belongs to the key: an entry whose last day was put right is told of anew.
        key=f"{kind_of(entry)}:{entry.pk}:{entry.until}:{'over' if step == OVER else step}",
        subject=lambda: (_("Has run out: %(entry)s") if step == OVER else _("Runs out: %(entry)s")) % {"entry": entry},
        body=lambda: _("Last day: %(day)s") % {"day": in_words(until)},
        link=entry.get_absolute_url(),
    )
