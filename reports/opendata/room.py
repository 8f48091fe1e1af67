"""The card of open data, and of the checks of reports (6.2.1 j)."""

from django.utils.translation import gettext_lazy, pgettext_lazy

from fsul_portal.rooms import Card, Entry
from reports.opendata.checking.matches import address_of

CARD = Card(
    clauses=("6.2.1 j",),
    menu=(Entry(gettext_lazy("Reports"), gettext_lazy("Open data"), "reports:open-data", "globe", 60),),
    acts={
        "token issued": pgettext_lazy("act", "issued a token"),
        "token revoked": pgettext_lazy("act", "revoked a token"),
        "data opened": pgettext_lazy("act", "opened the data to everybody"),
        "data closed": pgettext_lazy("act", "lets the data ask for a token"),
    },
    permissions={"reports.open_data": gettext_lazy("Opens the published data to outsiders")},
    offers={"code": address_of},
)
