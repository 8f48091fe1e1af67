"""The card of the life of reports: drafts, remarks, review, publication (6.1 d, 6.2.1 j)."""

from django.apps import apps
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from fsul_portal.access.rules import holds
from fsul_portal.assignments.models import Assignment
from fsul_portal.grammar.evidence import NO_RECORD, Evidence, Standing
from fsul_portal.rooms import Card, Waiting
from fsul_portal.verdicts import Way
from reports.editions.life.chronicle import CHRONICLE
from reports.editions.life.rules import OFFICE, READERS
from reports.editions.models import Edition

# By this day of the next year the annual report is published.
PUBLISHED_BY = (3, 31)


def annual_report(day):
    """Look for the annual report of the year before, as it stood on a day (6.1 d)."""
    editions = Edition.objects.filter(kind=Edition.Kind.ANNUAL, period=str(day.year - 1), frozen_at__date__lte=day)
    edition = editions.filter(published_at__date__lte=day).defer("snapshot").first()
    newest = edition or editions.defer("snapshot").first()
    if newest is None:
        return NO_RECORD
    sentence = _("annual report of %(year)s: edition %(number)s") % {"year": day.year - 1, "number": newest.number}
    standing = Standing.HELD if edition else _without_report(day)
    if standing == Standing.HELD and plan_is_late(day.year - 1, day):
        standing = Standing.AT_RISK
    return Evidence(standing, sentence, reverse("reports:edition-list"), editions.count())


def plan_is_late(year, day):
    """Say whether somebody who writes a part of the report of a year is past his day (6.1 d)."""
    # The plan reads the rules of this room; by its name it is asked without an import of each other.
    plans = apps.get_model("reports", "ReportPlan").objects.filter(year=year)
    about = {"content_type__app_label": "reports", "content_type__model": "reportplan"}
    tasks = Assignment.objects.filter(**about, object_id__in=plans.values("pk"))
    return tasks.filter(state=Assignment.State.OPEN, due_on__lt=day).exists()


def _without_report(day):
    return Standing.AT_RISK if (day.month, day.day) <= PUBLISHED_BY else Standing.NOT_HELD


def reports_in_hand(user):
    """Lead the office to the drafts and to what can be published, other readers to drafts open to remarks (6.1 d)."""
    listed, drafts = reverse("reports:edition-list"), Q(state__in=Edition.IN_HAND, provisional=False)
    if not holds(user, OFFICE):
        if holds(user, READERS):
            count = Edition.objects.filter(state=Edition.State.CONSULTED).count()
            yield Waiting(_("Drafts that are open to your remarks"), count, f"{listed}?tab=remarks")
        return
    counted = (
        Edition.objects.finished()
        .newest()
        .aggregate(drafts=Count("pk", filter=drafts), approved=Count("pk", filter=Q(state=Edition.State.ACCEPTED)))
    )
    yield Waiting(_("Reports to put to review"), counted["drafts"], f"{listed}?tab=draft")
    yield Waiting(_("Reports that can be published"), counted["approved"], f"{listed}?tab=publish")


def reports_of(period, user):
    """Lead from the page of a month or a year to the newest edition of its report that the person may read."""
    newest = Edition.objects.filter(period=period.code).with_builders().order_by("-number").defer("snapshot")
    # What waits for a deputy is found on his desk; here nothing more is asked than this.
    for edition in (newest if holds(user, READERS) else newest.filter(published_at__isnull=False))[:1]:
        words = {"report": edition, "state": edition.standing.label}
        yield Way(_("%(report)s: %(state)s") % words, edition.get_absolute_url())


CARD = Card(
    clauses=("6.1 d",),
    acts={
        "consulted": pgettext_lazy("act", "opened to remarks"),
        "report_review": pgettext_lazy("act", "reviewed"),
        "report_signature": pgettext_lazy("act", "approved"),
        "published": pgettext_lazy("act", "published"),
    },
    permissions={
        "reports.publish_reports": gettext_lazy("Puts reports to review and publishes them"),
        "reports.sign_reports": gettext_lazy("Approves annual reports"),
        "workgroups.approve_reports": gettext_lazy("Reviews annual reports and approves monthly ones"),
    },
    desk=reports_in_hand,
    offers={"month": reports_of, "report": lambda: [CHRONICLE]},
    evidence={"6.1 d": annual_report},
)
