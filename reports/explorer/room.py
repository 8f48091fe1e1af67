"""The card of the explorer (6.2.1 j)."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy, pgettext_lazy

from fsul_portal.finding.hits import Find, Hit, hit_of
from fsul_portal.rooms import Card, Entry
from reports.explorer.models import SavedView


def view_hit(view: SavedView, words: Sequence[str]) -> Hit:
    return hit_of(view, line=str(view.saved_by))


CARD = Card(
    clauses=("6.2.1 j",),
    menu=(Entry(gettext_lazy("Reports"), gettext_lazy("Explorer"), "reports:explorer", "chart", 35),),
    acts={
        "view saved": pgettext_lazy("act", "saved a view"),
        "view renamed": pgettext_lazy("act", "renamed a view"),
        "view shared": pgettext_lazy("act", "shared a view"),
        "view kept to oneself": pgettext_lazy("act", "keeps a view to oneself"),
        "view removed": pgettext_lazy("act", "removed a view"),
    },
    finds=(
        Find(
            SavedView,
            ("name",),
            "chart",
            along=lambda views: views.select_related("saved_by"),
            shown=view_hit,
            open_to=lambda user: SavedView.objects.visible_to(user).standing(),
            sort=70,
        ),
    ),
)
