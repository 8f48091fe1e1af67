"""Show the meetings of the committee, and take what is written of them (6.2.1 b)."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from committee.meetings import actions, letters, rules
from committee.meetings.duty import duty_of
from committee.meetings.forms import CallForm, CancelForm, MinutesForm, RevisionForm, RollFormSet, VersionForm
from committee.meetings.history import course_of
from committee.meetings.models import Meeting, RollEntry
from committee.meetings.seats import due_on_the_roll
from committee.meetings.steps import steps_open_to
from fsul_portal.verdicts import Overtaken, require

MORE_LINES = 5

shows_and_takes = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def meeting_list(request):
    """List the meetings of a year, with the duty of two a year on top (7.1)."""
    require(rules.may_read_meetings(request.user))
    this_year = timezone.localdate().year
    years = sorted({this_year, *Meeting.objects.order_by().values_list("year", flat=True).distinct()}, reverse=True)
    year = next((year for year in years if str(year) == request.GET.get("year")), this_year)
    attended = Count("roll", filter=Q(roll__presence__in=RollEntry.ATTENDED))
    meetings = Meeting.objects.of_year(year).annotate(attended=attended, on_the_roll=Count("roll"))
    meetings = meetings.order_by("-starts_at", "-pk")
    duty = duty_of(year)
    context = {
        "page": Paginator(meetings, 50).get_page(request.GET.get("page")),
        "tabs": [{"title": one, "url": f"?year={one}", "current": one == year} for one in years],
        "duty": duty,
        "outlook": letters.outlook(duty, this_year),
        "may_call": rules.may_call_meetings(request.user),
    }
    return render(request, "committee/meetings/meeting_list.html", context)


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
        "course": course_of(meeting),
        "standing": letters.standing(meeting),
        "steps": steps_open_to(request.user, meeting),
    }
    return render(request, "committee/meetings/meeting_detail.html", context)


@shows_and_takes
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


@shows_and_takes
def meeting_revise(request, pk):
    """Change time, place, title or agenda of a called meeting."""
    meeting = _meeting_seen_by(request.user, pk)
    form = RevisionForm(request.POST or None, meeting=meeting)
    if _done(form, lambda values: actions.revise_meeting(meeting, by=request.user, **values)):
        messages.success(request, _("The meeting is changed."))
        return redirect(meeting)
    return _form_page(request, "meeting_revise", meeting, form, rules.may_revise)


@shows_and_takes
def meeting_cancel(request, pk):
    """Cancel a called meeting."""
    meeting = _meeting_seen_by(request.user, pk)
    form = CancelForm(request.POST or None, initial={"version": meeting.version})
    if _done(form, lambda values: actions.cancel_meeting(meeting, by=request.user, **values)):
        messages.success(request, _("The meeting is cancelled."))
        return redirect(meeting)
    return _form_page(request, "meeting_cancel", meeting, form, rules.may_cancel)


@shows_and_takes
def meeting_roll(request, pk):
    """Write the roll; it begins with everybody who sits on the committee."""
    meeting = _meeting_seen_by(request.user, pk)
    form = VersionForm(request.POST or None, initial={"version": meeting.version})
    rows = list(meeting.roll.values("name", "unit", "position", "presence")) or due_on_the_roll()
    roll = RollFormSet(request.POST, prefix="roll") if request.POST else RollFormSet(initial=rows, prefix="roll")
    if "more" in request.POST:
        roll = roll.with_more_lines(MORE_LINES)
    elif roll.is_valid() and _done(
        form, lambda values: actions.write_roll(meeting, roll.rows(), by=request.user, **values)
    ):
        messages.success(request, _("The roll is saved."))
        return redirect(meeting)
    return _form_page(request, "meeting_roll", meeting, form, rules.may_write_roll, roll=roll)


@shows_and_takes
def meeting_roll_sign(request, pk):
    """Show the roll once more, and sign it (7.1)."""
    meeting = _meeting_seen_by(request.user, pk)
    form = VersionForm(request.POST or None, initial={"version": meeting.version})
    if _done(form, lambda values: actions.sign_roll(meeting, by=request.user, **values)):
        messages.success(request, _("The roll is signed; the minutes can be written now."))
        return redirect(meeting)
    return _form_page(request, "meeting_roll_sign", meeting, form, rules.may_sign_roll)


@shows_and_takes
def meeting_minutes(request, pk):
    """Write the minutes; what somebody else saved in the meantime is shown beside one's own text."""
    meeting = _meeting_seen_by(request.user, pk)
    form = MinutesForm(request.POST or None, initial={"text": meeting.minutes, "version": meeting.version})
    if _done(form, lambda values: actions.write_minutes(meeting, by=request.user, **values)):
        messages.success(request, _("The minutes are saved; the chair can sign them."))
        return redirect(meeting)
    return _form_page(request, "meeting_minutes", meeting, form, rules.may_write_minutes)


@shows_and_takes
def meeting_minutes_sign(request, pk):
    """Show the minutes once more, and sign them as final (7.1)."""
    meeting = _meeting_seen_by(request.user, pk)
    form = VersionForm(request.POST or None, initial={"version": meeting.version})
    if _done(form, lambda values: actions.sign_minutes(meeting, by=request.user, **values)):
        messages.success(request, _("The minutes are final; the meeting counts."))
        return redirect(meeting)
    return _form_page(request, "meeting_minutes_sign", meeting, form, rules.may_sign_minutes)


def _meeting_seen_by(user, pk):
    return get_object_or_404(Meeting.objects.visible_to(user), pk=pk)


def _done(form, act):
    """Do it with what the form holds; when somebody else was faster, keep his sentence on the form."""
    if not form.is_valid():
        return False
    try:
        act(form.cleaned_data)
    except Overtaken as refusal:
        form.overtaken = str(refusal)
        return False
    return True


def _form_page(request, page, meeting, form, rule, **more):
    """Show a form to those who may use it, and to whoever was overtaken while he wrote: his text is kept."""
    overtaken = getattr(form, "overtaken", "")
    if overtaken:
        meeting.refresh_from_db()
        # Whoever saves once more has seen what the other one wrote.
        form.data = {**form.data.dict(), "version": meeting.version}
    verdict = rule(request.user, meeting)
    if not overtaken:
        require(verdict)
    context = {"meeting": meeting, "form": form, "verdict": verdict, "overtaken": overtaken, **more}
    return render(request, f"committee/meetings/{page}.html", context, status=409 if overtaken else 200)
