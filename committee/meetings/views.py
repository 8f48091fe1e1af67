"""Show the meetings of the committee, and take what is written of them (6.2.1 b)."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from committee.meetings import actions, rules
from committee.meetings.duty import duty_of
from committee.meetings.forms import CallForm
from committee.meetings.models import Meeting, RollEntry
from committee.meetings.verbs import ACTS
from committee.meetings.wording import letters
from committee.meetings.wording.history import timeline
from fsul_portal.acts.views import act_view
from fsul_portal.letters.shelf import shelf_of
from fsul_portal.verdicts import require


@require_safe
def meeting_list(request):
    """List the meetings of a year, with the duty of two a year on top (7.1)."""
    require(rules.may_read_meetings(request.user))
    this_year = timezone.localdate().year
    years = sorted({this_year, *Meeting.objects.order_by().values_list("year", flat=True).distinct()}, reverse=True)
    year = next((year for year in years if str(year) == request.GET.get("year")), this_year)
    attended = Count("roll", filter=Q(roll__presence__in=RollEntry.ATTENDED))
    waiting = request.GET.get("tab") == "sign"
    found = Meeting.objects.signable_by(request.user) if waiting else Meeting.objects.of_year(year)
    meetings = found.annotate(attended=attended, on_the_roll=Count("roll")).order_by("-starts_at", "-pk")
    duty = duty_of(year)
    context = {
        "page": Paginator(meetings, 50).get_page(request.GET.get("page")),
        "tabs": [*_years(years, None if waiting else year), *_to_sign(request.user, waiting)],
        "duty": duty,
        "outlook": letters.outlook(duty, this_year),
        "may_call": rules.may_call_meetings(request.user),
    }
    return render(request, "committee/meetings/meeting_list.html", context)


def _years(years, chosen):
    return [{"title": one, "url": f"?year={one}", "current": one == chosen} for one in years]


def _to_sign(user, is_current):
    """Return the tab of what waits for the signature of whoever signs."""
    count = Meeting.objects.signable_by(user).count()
    return [{"title": _("Minutes to sign"), "url": "?tab=sign", "current": is_current, "count": count}] if count else []


@require_safe
def meeting_detail(request, pk):
    """Show a meeting: agenda, roll, minutes, its course and what is to be done next (6.2.1 b)."""
    meeting = _meeting_seen_by(request.user, pk)
    roll = list(meeting.roll.all())
    presences = [(label, sum(entry.presence == value for entry in roll)) for value, label in RollEntry.Presence.choices]
    context = {
        "meeting": meeting,
        "roll": roll,
        "presences": presences,
        "course": timeline(meeting),
        "standing": letters.standing(meeting),
        "offers": ACTS.offers(request.user, meeting),
        "shelf": shelf_of(meeting, request.user),
    }
    return render(request, "committee/meetings/meeting_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_call(request):
    """Call a meeting (6.2.1 b)."""
    require(rules.may_read_meetings(request.user))
    require(rules.may_call_meetings(request.user))
    form = CallForm(request.POST or None)
    if form.is_valid():
        meeting = actions.call_meeting(by=request.user, **form.cleaned_data)
        messages.success(request, _("The meeting is called."))
        return redirect(meeting)
    return render(request, "committee/meetings/meeting_call.html", {"form": form})


def _meeting_seen_by(user, pk):
    return get_object_or_404(Meeting.objects.visible_to(user), pk=pk)


def _shown(meeting, user):
    """Show on the page of every act what bears on it."""
    return {
        "meeting": meeting,
        "crumbs": [
            (_("Meetings of the committee"), reverse("committee:meeting-list")),
            (meeting, meeting.get_absolute_url()),
        ],
        "clause": "6.2.1 b",
    }


meeting_act = act_view(ACTS, find=_meeting_seen_by, shown=_shown)
