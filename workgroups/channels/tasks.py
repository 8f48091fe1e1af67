"""Tell of questions that wait too long and of libraries in no channel (7.3)."""

from datetime import date, datetime, time, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fsul_portal.access.rules import people_in_role
from fsul_portal.notices.actions import tell
from fsul_portal.notices.kinds import kind
from fsul_portal.notices.models import Notice
from fsul_portal.notices.reminders import reminder
from members.bodies.rules import KEEPERS
from workgroups.channels.coverage import gone, uncovered, without_channel
from workgroups.channels.models import Channel
from workgroups.channels.questions.models import Question

CHANNELS = kind("7.3", gettext_lazy("Liaison channels"))
SHOWN = 30


@reminder("7.3")
def tell_of_waiting_questions(day: date) -> list[Notice]:
    """Tell who entered a question, and the office, once when its time is over (7.3)."""
    end = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
    notices = []
    for question in Question.objects.unanswered().filter(due_at__lt=end).select_related("channel", "started_by"):
        notices += _told(question)
    return notices


def _told(question: Question) -> list[Notice]:
    people = {one.pk: one for one in [question.started_by, *people_in_role(*KEEPERS)] if one}
    return tell(
        people.values(),
        key=f"{CHANNELS}:question:{question.pk}",
        subject=lambda: _("Waits for an answer: %(question)s") % {"question": question},
        body=lambda: _("Asked in: %(channel)s") % {"channel": question.channel},
        link=question.get_absolute_url(),
    )


@reminder("7.3")
def tell_of_uncovered_libraries(day: date) -> list[Notice]:
    """Tell the office once a month of libraries that are in no channel, and of who has left (7.3)."""
    if not Channel.objects.exists():
        return []
    libraries, left, districts = uncovered(day), list(gone()[:SHOWN]), list(without_channel(day))
    count = libraries.count()
    if not (count or left or districts):
        return []

    def body() -> str:
        alone = [_("No channel of its own: %(district)s") % {"district": one} for one in districts]
        unreached = [f"{spell.library.code} {spell.name}" for spell in libraries[:SHOWN]]
        departed = [_("Has left, and is still in the channel: %(member)s") % {"member": one} for one in left]
        return "\n".join([*alone, *unreached, *departed])

    return tell(
        people_in_role(*KEEPERS),
        key=f"{CHANNELS}:coverage:{day:%Y-%m}",
        subject=lambda: (
            ngettext(
                "%(count)s library is in no liaison channel", "%(count)s libraries are in no liaison channel", count
            )
            % {"count": count}
        ),
        body=body,
        link=reverse("workgroups:channel-list"),
    )
