"""Show the calendar, and hand it to calendar programs."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from fsul_portal.dues import actions, feeds
from fsul_portal.dues.models import Feed
from fsul_portal.dues.months import is_late, month_named
from fsul_portal.notices.sending.ways import languages_of
from fsul_portal.rooms import dues_between
from fsul_portal.users import Request

OWN, ALL = "own", "all"


@never_cache
@require_safe
def calendar(request: Request) -> HttpResponse:
    """Lay out what is due in a month: what waits for the person, or all that he may read of."""
    month = month_named(request.GET.get("month", ""))
    whose = OWN if request.GET.get("whose") == OWN else ALL
    dues = dues_between(request.user, month.days[0], month.days[-1])
    own = [due for due in dues if due.own]
    context = {
        "month": month,
        "earlier": month.by(-1),
        "later": month.by(1),
        "tabs": _tabs(month.code, whose, {ALL: len(dues), OWN: len(own)}),
        "days": month.laid_out(own if whose == OWN else dues),
        "whose": whose,
        "late": [due for due in own if is_late(due)],
        "feed": Feed.objects.filter(person=request.user).first(),
        "site": settings.SITE_URL,
    }
    return render(request, "dues/calendar.html", context)


@never_cache
@login_not_required
@require_safe
def feed(request: Request, pk: int, signature: str) -> HttpResponse:
    """Hand a person's calendar to a program that has his address for it; a closed account has none."""
    found = get_object_or_404(Feed.objects.select_related("person"), pk=pk, person__is_active=True)
    if not found.is_signed_by(signature):
        raise Http404
    with translation.override(languages_of([found.person])[found.person.pk]):
        content = feeds.written(dues_between(found.person, *feeds.days_told(), with_cancelled=True), timezone.now())
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")


@require_POST
def feed_open(request: Request) -> HttpResponse:
    """Give the person an address for his calendar program, a new one where he has one."""
    actions.open_feed(by=request.user)
    messages.success(request, _("The address for your calendar program is ready; an earlier one leads nowhere now."))
    return redirect("calendar")


@require_POST
def feed_close(request: Request) -> HttpResponse:
    """Let the person's address lead nowhere."""
    if actions.close_feed(by=request.user):
        messages.success(request, _("Your calendar can no longer be fetched."))
    return redirect("calendar")


def _tabs(code: str, whose: str, counts: dict[str, int]) -> list[dict[str, object]]:
    titles = {ALL: _("All that concerns me"), OWN: _("Waiting for me")}
    return [
        {"title": title, "url": f"?month={code}&whose={one}", "current": one == whose, "count": counts[one]}
        for one, title in titles.items()
    ]
