"""Ask the invited whether they come: in the portal, or by the link in the mail (6.2.1 b)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from committee.bodies.people import invited
from committee.meetings.models import Meeting
from committee.meetings.replies import actions
from committee.meetings.replies.forms import ReplyForm
from committee.meetings.replies.models import Reply, is_link_of
from committee.meetings.replies.rules import may_enter_reply, may_reply
from fsul_portal.users import Request, User
from fsul_portal.verdicts import Denied, Kind, Unready, require
from members.people.models import User as Person

shows_and_takes = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@shows_and_takes
def meeting_reply(request: Request, pk: int) -> HttpResponse:
    """Ask the person who is logged in (6.2.1 b)."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user), pk=pk)
    page = "committee/meetings/replies/meeting_reply.html"
    return _asked(request, meeting, request.user, page, back=meeting.get_absolute_url())


@never_cache
@shows_and_takes
def meeting_reply_for(request: Request, pk: int, person: int) -> HttpResponse:
    """Enter what somebody has said on the telephone (6.2.1 b)."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user), pk=pk)
    verdict = may_enter_reply(request.user, meeting)
    if isinstance(verdict, Denied) and verdict.kind is Kind.NO_RIGHT:
        require(verdict)
    asked = get_object_or_404(invited(meeting.body), pk=person)
    page = "committee/meetings/replies/meeting_reply.html"
    return _asked(request, meeting, asked, page, back=meeting.get_absolute_url(), by=request.user)


@never_cache
@login_not_required
@shows_and_takes
def meeting_reply_signed(request: HttpRequest, pk: int, person: int, signature: str) -> HttpResponse:
    """Ask whoever holds the link of his mail; only a POST replies, since mail servers look at links too (6.2.1 b)."""
    if not is_link_of(pk, person, signature):
        raise Http404
    meeting = get_object_or_404(Meeting, pk=pk)
    asked = get_object_or_404(Person, pk=person, is_active=True)
    page = "committee/meetings/replies/meeting_reply_signed.html"
    return _asked(request, meeting, asked, page, back=request.path, is_by_link=True)


def _asked(
    request: HttpRequest,
    meeting: Meeting,
    person: User,
    page: str,
    *,
    back: str,
    by: User | None = None,
    is_by_link: bool = False,
) -> HttpResponse:
    verdict = may_reply(person, meeting)
    if isinstance(verdict, Denied) and verdict.kind is Kind.NO_RIGHT:
        require(verdict)
    known = Reply.objects.filter(meeting=meeting, person=person).first()
    form = ReplyForm(meeting, request.POST if request.method == "POST" else None, known=known)
    if verdict and form.is_valid():
        try:
            actions.reply(meeting, by=by or person, person=person, is_by_link=is_by_link, **form.answers())
        except Unready as unready:
            form.show(unready.findings)
        else:
            done = _("The reply is noted; it can be changed until the meeting begins.")
            messages.success(
                request, _("Your reply is noted; you can change it until the meeting begins.") if by is None else done
            )
            return redirect(back)
    context = {
        "meeting": meeting,
        "thing": meeting,
        "person": person,
        "form": form,
        "known": known,
        "verdict": verdict,
        "by": by,
    }
    return render(request, page, context, status=200 if verdict else 409)
