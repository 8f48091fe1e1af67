"""Declare the list of the editions of all reports (6.2.1 j)."""

from collections.abc import Sequence
from functools import partial

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from fsul_portal.finding.hits import Hit
from fsul_portal.finding.matches import Match, chosen, of_month, on_day, said
from fsul_portal.grammar.states import ICONS_OF_TONES, Look
from fsul_portal.registers.columns import Column
from fsul_portal.registers.lists import Tab
from fsul_portal.registers.register import Register
from fsul_portal.runs.models import Run
from fsul_portal.templatetags.figures import day, period
from members.people.matches import of_person
from reports.editions.forms import BuildForm
from reports.editions.models import TASK, Edition
from reports.editions.rules import may_build

PARTS = "reports/editions"
RUNS_SHOWN = 10
# What is done with many reports at once, by the tab that lists them.
SEVERAL = {"waiting": "agree", "draft": "submit", "publish": "publish"}
SEVERAL_TITLES = {
    "agree": gettext_lazy("Approve several"),
    "submit": gettext_lazy("Put several to review"),
    "publish": gettext_lazy("Publish several"),
}


def _report(edition):
    return f"{edition.get_kind_display()} {period(edition.period)}"


def standings() -> tuple[tuple[str, Q], ...]:
    """Return the words by which a row says how far it is, each with its rows."""
    published, finished = Q(published_at__isnull=False), ~(Q(pdf="") | Q(xlsx="") | Q(json=""))
    states = {state: Q(state=state) & finished & Q(provisional=False) for state in Edition.State}
    states[Edition.State.IN_FORCE] = published
    return (
        *((str(state.label), rows) for state, rows in states.items()),
        (pgettext("report", "replaced"), published),
        (_("provisional"), ~published & finished & Q(provisional=True)),
        (_("documents missing"), ~published & ~finished),
        (_("being written"), ~published & ~finished),
    )


MET_BY: tuple[Match, ...] = (
    of_month("period"),
    chosen("kind", lambda: Edition.Kind.choices),
    of_person("published_by"),
    said(standings),
    on_day("frozen_at", moment=True),
    on_day("published_at", moment=True),
)


def edition_hit(edition: Edition, words: Sequence[str]) -> Hit:
    """Show a report with its period in words and its edition."""
    line = _("edition %(number)s, figures of %(day)s") % {"number": edition.number, "day": day(edition.frozen_at)}
    word, tone = edition.standing
    return Hit(_report(edition), edition.get_absolute_url(), line, word, Look(tone, ICONS_OF_TONES[tone]))


class Editions(Register):
    """What was reported, edition by edition (6.2.1 j)."""

    name, model, clause, icon = "reports:edition", Edition, "6.2.1 j", "report"
    title = gettext_lazy("Reports")
    lead = gettext_lazy(
        "Monthly reports are built when a month is locked; annual reports on request. An edition never changes."
    )
    empty = gettext_lazy("No report has been published yet.")
    columns = (
        Column("report", gettext_lazy("Report"), _report, sort=("period", "kind"), is_name=True),
        Column("number", gettext_lazy("Edition"), sort="number", is_number=True),
        Column("frozen_at", gettext_lazy("Frozen at"), sort="frozen_at"),
        Column("published_at", gettext_lazy("Published at"), sort="published_at", is_shown=False),
        Column("published_by", gettext_lazy("Published by"), sort="published_by__name", is_shown=False),
        Column("state", gettext_lazy("State"), "standing.label", cell=f"{PARTS}/_state.html"),
        Column("documents", gettext_lazy("Documents"), "pk", cell=f"{PARTS}/_documents.html", is_exported=False),
    )
    filters, search, order, rows_a_page = ("kind",), MET_BY, ("-period", "kind", "-number"), 30
    list_template = "reports/editions/edition_list.html"

    def fetched(self, editions):
        return editions.with_builders().defer("snapshot").select_related("published_by")

    def tabs(self, user):
        """Return the tabs for whoever has something to publish, or to build anew because figures were corrected."""
        rows, found = self.rows(user), []
        drafts, ready = Edition.objects.submittable_by(user), Edition.objects.publishable_by(user)
        waiting = Edition.objects.open_to(user)
        outdated = Edition.objects.outdated() if may_build(user) else Edition.objects.none()
        for key, title, editions in (
            ("waiting", _("Waiting for me"), waiting),
            ("remarks", _("Open to remarks"), rows.filter(state=Edition.State.CONSULTED)),
            ("draft", _("To put to review"), drafts),
            ("publish", _("To publish"), ready),
            ("outdated", _("Corrected since"), outdated),
        ):
            if editions.exists():
                found.append(Tab(key, title, partial(rows.filter, pk__in=editions.values("pk")), True))
        return (Tab("", _("All"), lambda: rows), *found) if found else ()

    def beside_list(self, user, listing):
        allowed = may_build(user)
        runs = Run.objects.filter(task=TASK).exclude(state=Run.State.DONE)[:RUNS_SHOWN] if allowed else []
        beside = {"build_form": BuildForm() if allowed else None, "may_build": allowed, "runs": runs}
        # Where the open tab holds more than one, they can be taken on together.
        act = SEVERAL.get(listing.tab.key if listing.tab else "", "")
        return beside | {"act": act, "act_title": SEVERAL_TITLES.get(act, "")}


EDITIONS = Editions()
