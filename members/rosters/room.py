"""The card of the rosters (7.2)."""

from datetime import date

from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from fsul_portal.grammar.evidence import NO_RECORD, Evidence, Standing
from fsul_portal.rooms import Card, Entry, Job
from members.rosters.changes import unsaid
from members.rosters.models import Roster
from members.rosters.quarters.models import RosterCheck, quarter_of


def rosters_kept(day: date) -> Evidence:
    """Say whether all changes of a year stand in a roster in time, and the units were confirmed (7.2)."""
    this_year = Q(issued_at__year=day.year)
    counts = Roster.objects.filter(issued_at__date__lte=day).aggregate(
        all=Count("pk"),
        this_year=Count("pk", filter=this_year),
        late=Count("pk", filter=this_year & Q(issued_at__date__gt=F("due_on"))),
    )
    if not counts["all"]:
        return NO_RECORD
    late = counts["late"] + sum(one.due_on < day for one in unsaid())
    checks = RosterCheck.objects.filter(quarter=quarter_of(day), due_on__lt=day)
    silent = checks.filter(answered_at__isnull=True).count()
    told = {"editions": counts["this_year"], "late": late, "silent": silent}
    sentence = _("%(editions)s editions this year, %(late)s late, %(silent)s units not confirmed this quarter") % told
    standing = Standing.AT_RISK if late or silent else Standing.HELD
    return Evidence(standing, sentence, reverse("members:roster-list"), counts["all"])


CARD = Card(
    clauses=("7.2",),
    menu=(
        Entry(gettext_lazy("Committee"), gettext_lazy("Rosters"), "members:roster-list", "people", 40),
        Entry(gettext_lazy("Committee"), gettext_lazy("Checks of rosters"), "members:rostercheck-list", "check", 50),
    ),
    acts={
        "numbers erased": pgettext_lazy("act", "erased the numbers of those who left"),
        "numbers shown": pgettext_lazy("act", "had the numbers shown"),
        "roster confirmed": pgettext_lazy("act", "confirmed the roster"),
        "roster exported": pgettext_lazy("act", "took the roster along"),
        "roster settled": pgettext_lazy("act", "put the roster right"),
        "roster to be corrected": pgettext_lazy("act", "asked for a correction of the roster"),
        "roster written": pgettext_lazy("act", "wrote the roster"),
        "unit asked": pgettext_lazy("act", "asked the unit"),
    },
    jobs=(
        Job(
            "rosters.erase_numbers",
            gettext_lazy("Erases the numbers of those who left the rosters long ago"),
            daily=(3, 40),
        ),
    ),
    evidence={"7.2": rosters_kept},
)
