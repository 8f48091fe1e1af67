"""Show the address of the committee's calendar, and hand the calendar to programs (6.2.1 b)."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from committee.meetings.feeds import actions
from committee.meetings.feeds.events import dues_of
from committee.meetings.feeds.models import BodyFeed
from committee.meetings.feeds.rules import may_renew_feed
from committee.meetings.models import Meeting
from committee.meetings.rules import may_read_meetings
from fsul_portal.dues import feeds
from fsul_portal.users import Request
from fsul_portal.verdicts import require


@never_cache
@require_safe
def meeting_calendar(request: Request) -> HttpResponse:
    """Show those who read the meetings the address for their calendar programs (6.2.1 b)."""
    require(may_read_meetings(request.user))
    context = {
        "feed": BodyFeed.objects.filter(body=BodyFeed.Body.COMMITTEE).first(),
        "verdict": may_renew_feed(request.user),
        "site": settings.SITE_URL,
    }
    return render(request, "committee/meetings/feeds/meeting_calendar.html", context)


@require_POST
def meeting_calendar_renew(request: Request) -> HttpResponse:
    """Give the feed a new address (6.2.1 b)."""
    actions.renew_feed(by=request.user)
    messages.success(request, _("The address of the committee's calendar is ready; an earlier one leads nowhere now."))
    return redirect("committee:meeting-calendar")


@never_cache
@login_not_required
@require_safe
def meeting_feed(request: Request, pk: int, signature: str) -> HttpResponse:
    """Hand the committee's calendar to a program that has its address (6.2.1 b)."""
    feed = get_object_or_404(BodyFeed, pk=pk)
    if not feed.is_signed_by(signature):
        raise Http404
    with translation.override(settings.LANGUAGE_CODE):
        dues = dues_of(Meeting.objects.all(), *feeds.days_told())
        content = feeds.written(dues, timezone.now(), _("Meetings of the committee"))
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")
