"""The portal's addresses, the gallery, and pages that go wrong in each way."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404
from django.urls import include, path

from fsul_portal import urls as portal
from fsul_portal.verdicts import NotNow, Overtaken

FAULTS = {
    "400": BadRequest("unreadable"),
    "403": PermissionDenied("Only the lead of the coordination group may accept a filing."),
    "404": Http404("nothing"),
    "409": Overtaken("This filing is no longer awaiting review."),
    "not-now": NotNow("The minutes are written once the roll is signed."),
    "500": RuntimeError("a fault of our own"),
}


@login_not_required
def fail(request, number):
    raise FAULTS[number]


urlpatterns = [
    path("components/", include("fsul_portal.pages.gallery")),
    path("faults/<number>/", fail),
    *portal.urlpatterns,
]
