"""Lead to the acts of the small duties, beside all of the portal."""

from django.shortcuts import get_object_or_404
from django.urls import include, path

from fsul_portal.acts.urls import act_paths
from fsul_portal.acts.views import act_view
from fsul_portal.urls import handler500, urlpatterns
from tests.small import case, circular, event, ledger, paper

__all__ = ["handler500", "urlpatterns"]


def finder(model):
    """Return how a thing is found for those who see it."""

    def find(user, pk):
        rows = model.objects.all()
        return get_object_or_404(rows.visible_to(user) if hasattr(rows, "visible_to") else rows, pk=pk)

    return find


def shown(thing, user):
    return {"crumbs": [(thing, thing.get_absolute_url())], "clause": ""}


DUTIES = (
    ("problems", case.ACTS, case.Problem),
    ("bulletins", circular.ACTS, circular.Bulletin),
    ("copies", circular.COPY_ACTS, circular.BulletinCopy),
    ("courses", event.ACTS, event.Course),
    ("agreements", ledger.ACTS, ledger.Agreement),
    ("standards", paper.ACTS, paper.Standard),
)
found = [
    one
    for root, acts, model in DUTIES
    for one in act_paths(f"{root}/<int:pk>/", acts, act_view(acts, find=finder(model), shown=shown))
]
urlpatterns = [path("small/", include((found, "small"))), *urlpatterns]
