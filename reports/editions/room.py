"""The card of reports and their editions (6.1 d, 6.2.1 j)."""

from django.utils.translation import gettext_lazy, pgettext_lazy

from fsul_portal.finding.hits import Find
from fsul_portal.rooms import Card, Entry, Job
from reports.editions.models import Edition
from reports.editions.register import MET_BY, edition_hit

CARD = Card(
    clauses=("6.1 d", "6.2.1 j"),
    menu=(Entry(gettext_lazy("Reports"), gettext_lazy("Reports"), "reports:edition-list", "report", 30, key="p"),),
    acts={
        "frozen": pgettext_lazy("act", "froze the figures"),
        "lost": pgettext_lazy("act", "found a document lost and had it written again"),
    },
    permissions={
        "reports.download_reports": gettext_lazy("Downloads all reports"),
        "reports.build_reports": gettext_lazy("Builds reports"),
        "reports.view_edition": gettext_lazy("Looks at returns, reports and indicators in the admin"),
    },
    jobs=(Job("reports.clear", gettext_lazy("Clears away printed files that are old"), daily=(3, 20)),),
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
)
