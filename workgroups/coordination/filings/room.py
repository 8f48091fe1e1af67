"""The card of filings (6.2.1 e)."""

from collections.abc import Collection, Iterator
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from committee.proposals.suggestions import Suggestion
from fsul_portal.approvals.models import Turn
from fsul_portal.finding.hits import Find
from fsul_portal.grammar.evidence import NO_RECORD, Evidence, Standing
from fsul_portal.rooms import Card, Entry, Job, Waiting
from fsul_portal.templatetags.figures import day as in_words
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


def filings_too_late(day: date) -> Iterator[Suggestion]:
    """Propose the filings whose opinion is overdue to the next meeting, once for each of its days (6.2.1 e)."""
    turns = Turn.objects.of_model(Filing).open().filter(due_on__lt=day)
    late = {turn.object_id: turn for turn in turns.order_by("-due_on", "pk")}
    filings = Filing.objects.filter(pk__in=late, state=Filing.State.SUBMITTED).select_related("library")
    for filing in filings.prefetch_related(spells_along("library__spells")).order_by("pk"):
        turn = late[filing.pk]
        told = {"filing": filing, "seat": turn.seat, "day": in_words(turn.due_on)}
        title = _("Filing not decided in time: %(filing)s") % told
        reason = _("The answer of %(seat)s was due by %(day)s.") % told
        yield Suggestion(filing, title, reason, "6.2.1 e", turn=f"{filing.round}:{turn.due_on}")


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
    offers={"library": changes_ahead, "agenda": filings_too_late},
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
