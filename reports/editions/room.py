"""The card of reports and their editions (6.1 d, 6.2.1 j)."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from fsul_portal.finding.hits import Find
from fsul_portal.grammar.evidence import NO_RECORD, Evidence, Standing
from fsul_portal.rooms import Card, Entry, Waiting
from reports.editions.models import Edition
from reports.editions.register import MET_BY, edition_hit


def annual_report(day):
    """Look for the annual report of the year before (6.1 d)."""
    editions = Edition.objects.filter(kind=Edition.Kind.ANNUAL, period=str(day.year - 1)).defer("snapshot")
    edition = editions.first()
    if edition is None:
        return NO_RECORD
    sentence = _("annual report of %(year)s: edition %(number)s") % {"year": day.year - 1, "number": edition.number}
    standing = Standing.HELD if edition.published_at else Standing.AT_RISK
    return Evidence(standing, sentence, reverse("reports:edition-list"), editions.count())


def reports_to_publish(user):
    """Lead the office to the finished editions that nobody has published yet (6.2.1 j)."""
    count = Edition.objects.publishable_by(user).count()
    yield Waiting(_("Reports that can be published"), count, f"{reverse('reports:edition-list')}?tab=publish")


CARD = Card(
    clauses=("6.1 d", "6.2.1 j"),
    menu=(Entry(gettext_lazy("Reports"), gettext_lazy("Reports"), "reports:edition-list", "report", 30, key="p"),),
    acts={
        "frozen": pgettext_lazy("act", "froze the figures"),
        "published": pgettext_lazy("act", "published"),
    },
    permissions={
        "reports.download_reports": gettext_lazy("Downloads all reports"),
        "reports.build_reports": gettext_lazy("Builds reports"),
        "reports.publish_reports": gettext_lazy("Publishes reports"),
        "reports.view_edition": gettext_lazy("Looks at returns, reports and indicators in the admin"),
    },
    desk=reports_to_publish,
    finds=(
        Find(
            Edition,
            MET_BY,
            "report",
            along=lambda editions: editions.with_builders().defer("snapshot"),
            shown=edition_hit,
            listed="reports:edition-list?words=",
            sort=40,
        ),
    ),
    evidence={"6.1 d": annual_report},
)
