"""Write the papers of a meeting: its notice and its minutes (6.2.1 b)."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from committee.meetings.models import Meeting, RollEntry
from committee.meetings.rules import may_call_meetings
from committee.meetings.wording.titles import meeting_in_words
from fsul_portal.grammar.words import beside, enumerated
from fsul_portal.letters.content import Kind, Labelled, Letter, Paragraph, item, section, typed
from fsul_portal.letters.offers import Offer, offered
from fsul_portal.templatetags.figures import weekday_moment
from fsul_portal.verdicts import Allowed, not_now

COMMITTEE = pgettext_lazy("paper", "Committee of the Foshan United Library")
ROLL = (
    (pgettext_lazy("paper", "Present"), (RollEntry.Presence.PRESENT, RollEntry.Presence.DEPUTY)),
    (pgettext_lazy("paper", "Excused"), (RollEntry.Presence.EXCUSED,)),
    (pgettext_lazy("paper", "Absent"), (RollEntry.Presence.ABSENT,)),
)


def may_keep_papers(user, meeting):
    """The secretary issues the papers of the meetings (6.2.1 b)."""
    return may_call_meetings(user)


def is_to_come(meeting):
    if meeting.state == Meeting.State.CALLED:
        return Allowed()
    return not_now(_("A notice goes out only while the meeting is still to come."))


def has_final_minutes(meeting):
    if meeting.state == Meeting.State.MINUTED:
        return Allowed()
    return not_now(_("The minutes go out once the chair has signed them."))


def notice(meeting):
    """Write the notice of a meeting (6.2.1 b)."""
    agenda = [item(number, text) for number, text in enumerate(meeting.agenda_items, start=1)]
    title = {"meeting": meeting_in_words(meeting)}
    parts = [
        Paragraph(pgettext("paper", "%(meeting)s will be held shortly. Please take note of the following:") % title),
        section(1, pgettext("paper", "Time:"), weekday_moment(meeting.starts_at)),
        section(2, pgettext("paper", "Place:"), meeting.place),
        section(3, pgettext("paper", "Participants:"), pgettext("paper", "all members of the committee.")),
        *([section(4, pgettext("paper", "Agenda")), *agenda] if agenda else []),
        Paragraph(
            pgettext(
                "paper",
                "Please arrange your work so that you can attend on time. Whoever is unable to attend is asked to tell "
                "the coordination office in advance.",
            )
        ),
    ]
    return Letter(
        kind=Kind.NOTICE,
        title=pgettext("paper", "Notice of %(meeting)s") % title,
        addressee=pgettext("paper", "all members of the committee"),
        body=tuple(parts),
        signers=(str(COMMITTEE),),
        is_sealed=True,
    )


def minutes(meeting):
    """Write the minutes of a meeting as they were signed (6.2.1 b)."""
    return Letter(
        kind=Kind.MINUTES,
        mark=pgettext("paper", "Minutes of the %(committee)s") % {"committee": COMMITTEE},
        number=pgettext("paper", "No. %(number)s of %(year)s") % {"number": meeting.number, "year": meeting.year},
        title=pgettext("paper", "Minutes of %(meeting)s") % {"meeting": meeting_in_words(meeting)},
        body=(
            Labelled(pgettext("paper", "Time"), weekday_moment(meeting.starts_at)),
            Labelled(pgettext("paper", "Place"), meeting.place),
            *typed(meeting.minutes),
            *_roll(meeting),
            Labelled(pgettext("paper", "Signed by"), str(meeting.minutes_final_by or "")),
        ),
        signers=(str(COMMITTEE),),
        day=timezone.localdate(meeting.minutes_final_at),
    )


def _roll(meeting):
    entries = list(meeting.roll.all())
    for label, presences in ROLL:
        names = enumerated(_named(entry) for entry in entries if entry.presence in presences)
        if names:
            yield Labelled(str(label), names)


def _named(entry):
    if entry.presence != RollEntry.Presence.DEPUTY:
        return beside(entry.name, entry.unit)
    if not entry.unit:
        return beside(entry.name, pgettext("on a roll", "deputy"))
    return beside(entry.name, pgettext("on a roll", "%(unit)s, deputy") % {"unit": entry.unit})


NOTICE = offered(
    Offer(
        "meeting-notice",
        gettext_lazy("notice of the meeting"),
        "committee.Meeting",
        may_keep_papers,
        is_to_come,
        notice,
    )
)
MINUTES = offered(
    Offer(
        "meeting-minutes",
        gettext_lazy("minutes of the meeting"),
        "committee.Meeting",
        may_keep_papers,
        has_final_minutes,
        minutes,
    )
)
