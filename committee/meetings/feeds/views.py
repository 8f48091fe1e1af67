"""Lead to the calendar of the committee, and hand calendars to programs (6.2.1 b)."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from committee.bodies.models import Body
from committee.bodies.rules import may_read_committee
from committee.meetings.feeds.events import dues_of
from committee.meetings.feeds.models import BodyFeed
from committee.meetings.models import Meeting
from fsul_portal.dues import feeds
from fsul_portal.users import Request
from fsul_portal.verdicts import require


@require_safe
def meeting_calendar(request: Request) -> HttpResponse:
    """Lead to the page of the committee, which shows the address of its calendar (6.2.1 b)."""
    require(may_read_committee(request.user))
    return redirect(Body.objects.committee())


@never_cache
@login_not_required
@require_safe
def meeting_feed(request: Request, pk: int, signature: str) -> HttpResponse:
    """Hand the calendar of a body to a program that has its address (6.2.1 b)."""
    feed = get_object_or_404(BodyFeed.objects.select_related("body"), pk=pk)
    if not feed.is_signed_by(signature):
        raise Http404
    with translation.override(settings.LANGUAGE_CODE):
        dues = dues_of(Meeting.objects.filter(body=feed.body), *feeds.days_told())
        content = feeds.written(dues, timezone.now(), _("Meetings: %(body)s") % {"body": feed.body})
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")
