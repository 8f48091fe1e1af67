"""Show the meetings of the committee, and take what is written of them (6.2.1 b)."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from committee.agendas.minutes import minutes_of
from committee.bodies.models import PlannedMeeting
from committee.bodies.rules import may_call_meetings, may_read_meetings
from committee.confirmations.answers import answers_of
from committee.meetings import actions
from committee.meetings.forms import LONGEST_MINUTES, CallForm
from committee.meetings.models import Meeting, RollEntry
from committee.meetings.register import MEETINGS
from committee.meetings.replies.tallies import asked_of
from committee.meetings.rolls.quorum import quorum
from committee.meetings.rules import may_write_minutes
from committee.meetings.verbs import ACTS
from committee.meetings.wording import letters
from committee.meetings.wording.history import timeline
from committee.meetings.wording.numbers import in_words
from fsul_portal.acts.keeping import keep_view
from fsul_portal.acts.views import act_view
from fsul_portal.letters.shelf import shelf_of
from fsul_portal.verdicts import require


@require_safe
def meeting_detail(request, pk):
    """Show a meeting: agenda, roll, minutes, its course and what is to be done next (6.2.1 b)."""
    meeting = _meeting_seen_by(request.user, pk)
    roll = list(meeting.roll.select_related("came_with", "left_after"))
    items = minutes_of(meeting)
    presences = [(label, sum(entry.presence == value for entry in roll)) for value, label in RollEntry.Presence.choices]
    context = {
        "meeting": meeting,
        "roll": roll,
        "presences": presences,
        "quorum": in_words(quorum(meeting.body, roll)) if meeting.roll_signed_at else "",
        "items": items,
        "agenda": [said.one for said in items],
        "has_minutes": bool(meeting.minutes) or any(said.is_spoken_of for said in items),
        "answers": answers_of(meeting) if meeting.circulated_at else [],
        "addenda": list(meeting.addenda.exclude(state="dropped")) if meeting.minutes_final_at else [],
        "course": timeline(meeting),
        "standing": letters.standing(meeting),
        "offers": ACTS.offers(request.user, meeting),
        "shelf": shelf_of(meeting, request.user),
        "parts": MEETINGS.parts,
        **asked_of(request.user, meeting),
    }
    return render(request, "committee/meetings/meeting_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_call(request):
    """Call a meeting (6.2.1 b)."""
    require(may_read_meetings(request.user))
    require(may_call_meetings(request.user))
    key = request.GET.get("planned", "")
    to_call = PlannedMeeting.objects.visible_to(request.user).to_call().select_related("body")
    planned = to_call.filter(pk=int(key)).first() if key.isdecimal() else None
    form = CallForm(request.POST or None, by=request.user, planned=planned)
    if form.is_valid():
        meeting = actions.call_meeting(by=request.user, **form.answers())
        messages.success(request, _("The meeting is called."))
        return redirect(meeting)
    return render(request, "committee/meetings/meeting_call.html", {"form": form})


def _meeting_seen_by(user, pk):
    return get_object_or_404(Meeting.objects.visible_to(user), pk=pk)


def _shown(meeting, user):
    """Show on the page of every act what bears on it."""
    return {
        "meeting": meeting,
        "items": minutes_of(meeting),
        "crumbs": [
            (_("Meetings"), reverse("committee:meeting-list")),
            (meeting, meeting.get_absolute_url()),
        ],
        "clause": "6.2.1 b",
    }


meeting_minutes_keep = keep_view(
    find=_meeting_seen_by, rule=may_write_minutes, save=actions.keep_minutes, longest=LONGEST_MINUTES
)
meeting_act = act_view(ACTS, find=_meeting_seen_by, shown=_shown)
