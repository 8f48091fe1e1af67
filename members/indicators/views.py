"""Show the dictionary of indicators, and what one of them means."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fsul_portal.acts.views import act_view
from fsul_portal.records.course import course_of
from fsul_portal.records.models import Record
from fsul_portal.users import Request, User
from members.indicators.models import Indicator
from members.indicators.verbs import ACTS
from members.indicators.versions.models import DictionaryVersion
from members.indicators.words import DEEDS, changed_in_words, facts_of

VERSIONS_SHOWN = 20


@require_safe
def indicator_list(request: HttpRequest) -> HttpResponse:
    """List what is counted, in which unit, and what it means (6.2.1 j)."""
    versions = DictionaryVersion.objects.defer("content").select_related("made_by")[:VERSIONS_SHOWN]
    context = {"indicators": Indicator.objects.all(), "versions": versions}
    return render(request, "members/indicators/indicator_list.html", context)


@require_safe
def indicator_detail(request: Request, code: str) -> HttpResponse:
    """Show one indicator with all that the dictionary says of it (6.2.1 j)."""
    indicator = get_object_or_404(Indicator, code=code)
    context = _shown(indicator, request.user) | {
        "indicator": indicator,
        "parts": Indicator.objects.filter(part_of=code),
        "offers": ACTS.offers(request.user, indicator),
        "course": course_of(Record.objects.of(indicator), DEEDS, change=changed_in_words),
    }
    return render(request, "members/indicators/indicator_detail.html", context)


def _found(user: User, code: str) -> Indicator:
    return get_object_or_404(Indicator, code=code)


def _shown(indicator: Indicator, user: User) -> dict[str, Any]:
    """Show on the page of every act what the indicator is."""
    crumbs = [(_("Indicators"), reverse("indicators:indicator-list")), (str(indicator), indicator.get_absolute_url())]
    return {"crumbs": crumbs, "clause": "6.2.1 j", "facts": facts_of(indicator, _titles())}


def _titles() -> dict[str, str]:
    return {one.code: str(one) for one in Indicator.objects.all()}


indicator_act = act_view(ACTS, find=_found, shown=_shown)
