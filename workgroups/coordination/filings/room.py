"""The card of filings (6.2.1 e)."""

from collections.abc import Collection, Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from fsul_portal.finding.hits import Find
from fsul_portal.grammar.evidence import NO_RECORD, Evidence, Standing
from fsul_portal.rooms import Card, Entry, Job, Waiting
from members.libraries.history import Ahead
from members.libraries.models import spells_along
from workgroups.coordination.filings.models import Filing
from workgroups.coordination.filings.register import MET_BY, filing_hit


def filings_decided(day):
    """Count the filings of the year and those that wait too long (6.2.1 e)."""
    filings = Filing.objects.filter(submitted_at__year=day.year)
    submitted, decided = filings.count(), filings.filter(decided_at__isnull=False).count()
    if not submitted:
        return NO_RECORD
    overdue = Filing.objects.due(day).count()
    words = {
        "decided": decided,
        "year": day.year,
        "waiting": Filing.objects.filter(state=Filing.State.SUBMITTED).count(),
        "overdue": overdue,
    }
    sentence = (
        _("%(decided)s filings decided in %(year)s, %(waiting)s under review, %(overdue)s approved and overdue") % words
    )
    standing = Standing.AT_RISK if overdue else Standing.HELD
    return Evidence(standing, sentence, reverse("workgroups:coordination:filing-list"), submitted)


def filings_in_hand(user):
    """Lead those who write filings to their own (6.2.1 e)."""
    mine = Filing.objects.visible_to(user).in_hand_of(user)
    url = f"{reverse('workgroups:coordination:filing-list')}?tab=drafts"
    yield Waiting(_("Filings of mine to submit"), mine.count(), url)


def changes_ahead(libraries: Collection[int]) -> Iterator[Ahead]:
    """Say on the pages of libraries what is approved and not yet in force (6.2.1 e)."""
    approved = Filing.objects.filter(state=Filing.State.ACCEPTED, library__in=libraries)
    for filing in approved.filter(effective_on__gt=timezone.localdate()):
        yield Ahead(filing.library_id, filing.effective_on, filing.what.title, filing.what.ahead(filing))


CARD = Card(
    clauses=("6.2.1 e",),
    menu=(
        Entry(
            gettext_lazy("Working groups"),
            gettext_lazy("Filings"),
            "workgroups:coordination:filing-list",
            "filing",
            20,
            key="f",
        ),
    ),
    acts={
        "decision": pgettext_lazy("act", "decided"),
        "district_signature": pgettext_lazy("act", "signed for the district"),
    },
    permissions={
        "members.file_changes": gettext_lazy("Files changes of libraries"),
        "members.sign_changes": gettext_lazy("Signs filings in the first review"),
        "workgroups.decide_filings": gettext_lazy("Decides the filings put to the group"),
        "workgroups.issue_papers": gettext_lazy("Issues receipts and forms of filings"),
        "workgroups.view_filing": gettext_lazy("Looks at filings in the admin"),
    },
    jobs=(Job("filings.apply_due", gettext_lazy("Puts approved changes of this day into the registry"), daily=(0, 5)),),
    desk=filings_in_hand,
    offers={"library": changes_ahead},
    evidence={"6.2.1 e": filings_decided},
    finds=(
        Find(
            Filing,
            MET_BY,
            "filing",
            along=lambda filings: filings.prefetch_related(spells_along("library__spells")).select_related("library"),
            shown=filing_hit,
            listed="workgroups:coordination:filing-list?words=",
            sort=20,
        ),
    ),
)
