"""The card of correction slips (6.2.1 j)."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from fsul_portal.access.rules import holds, places_held
from fsul_portal.finding.hits import Find
from fsul_portal.grammar.chapters import OfferedChapter, Row
from fsul_portal.rooms import Card, Entry, Waiting
from fsul_portal.templatetags.figures import day as day_in_words
from fsul_portal.templatetags.figures import period as period_in_words
from fsul_portal.users import User
from fsul_portal.verdicts import Way
from members.divisions.models import Division
from members.indicators.words import titles_by_code
from members.libraries.models import Library
from members.returns.intake.columns import shown_figure
from members.returns.models import Return
from reports.corrections.models import Correction
from reports.corrections.register import CORRECTIONS, MET_BY, correction_hit
from reports.corrections.rules import REPORT, has_in_hand, may_look, may_reopen_any
from reports.editions.models import Edition


def slips_to_write(user: User) -> Iterator[Waiting]:
    """Lead to the figures that were reopened, and the office to the reports whose figures changed (6.2.1 j)."""
    # Whoever reports for nothing is spared the question.
    if any(places_held(user, REPORT, place) for place in (Division, Library)):
        open_ones = Correction.objects.filter(state__in=[Correction.State.DRAFT, Correction.State.RETURNED])
        asked = open_ones.filter(due_on__isnull=False, library__in=Library.objects.in_hands_of(user, REPORT))
        yield Waiting(_("Figures to correct"), asked.count(), f"{reverse('reports:correction-list')}?tab=open")
    if holds(user, "reports.build_reports"):
        count = Edition.objects.visible_to(user).outdated().count()
        yield Waiting(
            _("Reports whose figures were corrected"), count, f"{reverse('reports:edition-list')}?tab=outdated"
        )


def of_return(one: Return, user: User) -> Iterator[Way]:
    """Lead from the page of a locked return to what was corrected in it, and to a new slip."""
    for slip in Correction.objects.visible_to(user).filter(library=one.library, period=one.period):
        words = {"slip": slip.number or _("Correction slip"), "codes": ", ".join(slip.codes)}
        title = _("%(slip)s, %(codes)s: %(state)s") % {**words, "state": slip.get_state_display()}
        yield Way(title, slip.get_absolute_url())
    query = f"?library={one.library.code}&period={one.period.code}"
    # There is a return, so the library belonged; the page itself asks again.
    if not has_in_hand(user, one.library):
        return
    yield Way(_("Correct a figure"), f"{reverse('reports:correction-new')}{query}")
    if may_reopen_any(user):
        yield Way(_("Reopen figures for the library"), f"{reverse('reports:correction-reopen')}{query}")


def errata(first_day: date, last_day: date, known_at: datetime | None) -> list[Row]:
    """List what was corrected in the periods between two days, in the order in which it came into force."""
    within: dict[str, Any] = {"period__first_day__gte": first_day, "period__last_day__lte": last_day}
    slips = Correction.objects.in_force().filter(**within).named().select_related("decided_by")
    titles = titles_by_code()
    return [row for slip in slips.order_by("decided_at", "pk") for row in _rows_of(slip, titles)]


def _rows_of(slip: Correction, titles: Mapping[str, str]) -> list[Row]:
    facts = slip.library.facts
    library = f"{slip.library.code} {facts.name}" if facts else slip.library.code
    about: Row = [f"{slip.number}", library, period_in_words(slip.period.code)]
    approved: Row = [slip.reason, f"{slip.decided_by} {day_in_words(slip.decided_at)}"]
    return [
        [*about, f"{code} {titles.get(code, '')}", _written(slip.old.get(code)), _written(slip.new[code]), *approved]
        for code in slip.codes
    ]


def _written(value: Any) -> int | str | None:
    return value if isinstance(value, int) or value is None else str(shown_figure(value))


ERRATA = OfferedChapter(
    "corrections",
    gettext_lazy("Corrected figures"),
    (
        gettext_lazy("Correction slip"),
        gettext_lazy("Member library"),
        gettext_lazy("Period"),
        gettext_lazy("Indicator"),
        gettext_lazy("As it was"),
        gettext_lazy("As corrected"),
        gettext_lazy("Reason"),
        gettext_lazy("Approved"),
    ),
    errata,
    also_empty=False,
)

CARD = Card(
    clauses=("6.2.1 j",),
    menu=(
        Entry(
            gettext_lazy("Reports"), CORRECTIONS.title, "reports:correction-list", "edit", 25, rule=may_look
        ),
    ),
    acts={
        "correction_approval": pgettext_lazy("act", "approved"),
        "corrected": pgettext_lazy("act", "corrected"),
        "reopened": pgettext_lazy("act", "reopened"),
    },
    permissions={"workgroups.approve_corrections": gettext_lazy("Approves corrections of locked figures")},
    desk=slips_to_write,
    finds=(
        Find(
            Correction,
            MET_BY,
            "edit",
            along=lambda slips: slips.named(),
            shown=correction_hit,
            listed="reports:correction-list?words=",
            sort=45,
        ),
    ),
    offers={"report": lambda: [ERRATA], "locked return": of_return},
)  # fmt: skip
