"""Write the papers of a meeting: its notice and its minutes (6.2.1 b)."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from committee.agendas.minutes import minutes_of
from committee.agendas.numbering import numbered
from committee.bodies.models import Body
from committee.bodies.rules import may_keep
from committee.decisions.follow_up import follow_up
from committee.decisions.register import votes_in_words
from committee.meetings.models import Meeting, RollEntry
from committee.meetings.rolls.names import unit_of
from committee.meetings.wording.titles import meeting_in_words
from fsul_portal.grammar.words import beside, enumerated
from fsul_portal.letters.content import (
    NUMERALS,
    Cell,
    Kind,
    Labelled,
    Letter,
    Paragraph,
    Table,
    item,
    section,
    typed,
)
from fsul_portal.letters.offers import Offer, offered
from fsul_portal.templatetags.figures import clock, weekday_moment
from fsul_portal.templatetags.figures import day as in_words
from fsul_portal.verdicts import Allowed, not_now

COMMITTEE = pgettext_lazy("paper", "Committee of the Foshan United Library")
ROLL = (
    (pgettext_lazy("paper", "Present"), (RollEntry.Presence.PRESENT, RollEntry.Presence.DEPUTY)),
    (pgettext_lazy("paper", "Excused"), (RollEntry.Presence.EXCUSED,)),
    (pgettext_lazy("paper", "Absent"), (RollEntry.Presence.ABSENT,)),
)


def may_keep_papers(user, meeting):
    """The secretary issues the papers of the meetings (6.2.1 b)."""
    return may_keep(user, meeting.body)


def is_to_come(meeting):
    if meeting.state == Meeting.State.CALLED:
        return Allowed()
    return not_now(_("A notice goes out only while the meeting is still to come."))


def has_final_minutes(meeting):
    if meeting.state == Meeting.State.MINUTED:
        return Allowed()
    return not_now(_("The minutes go out once they are signed."))


def notice(meeting: Meeting) -> Letter:
    """Write the notice of a meeting (6.2.1 b)."""
    agenda = [_on_agenda(one) for one in numbered(meeting)]
    title = {"meeting": meeting_in_words(meeting)}
    parts = [
        Paragraph(pgettext("paper", "%(meeting)s will be held shortly. Please take note of the following:") % title),
        section(1, pgettext("paper", "Time:"), _hours(meeting)),
        section(2, pgettext("paper", "Place:"), meeting.place),
        section(3, pgettext("paper", "Participants:"), _everybody(meeting.body, ends=True)),
        *([section(4, pgettext("paper", "Agenda")), *agenda] if agenda else []),
        Paragraph(_please(meeting.body)),
    ]
    return Letter(
        kind=Kind.NOTICE,
        title=pgettext("paper", "Notice of %(meeting)s") % title,
        addressee=_everybody(meeting.body),
        body=tuple(parts),
        signers=(on_paper(meeting.body),),
        is_sealed=True,
    )


def minutes(meeting: Meeting) -> Letter:
    """Write the minutes of a meeting as they were signed (6.2.1 b)."""
    return Letter(
        kind=Kind.MINUTES,
        mark=pgettext("paper", "Minutes of the %(committee)s") % {"committee": on_paper(meeting.body)},
        number=pgettext("paper", "No. %(number)s of %(year)s") % {"number": meeting.number, "year": meeting.year},
        title=pgettext("paper", "Minutes of %(meeting)s") % {"meeting": meeting_in_words(meeting)},
        body=(
            Labelled(pgettext("paper", "Time"), weekday_moment(meeting.starts_at)),
            Labelled(pgettext("paper", "Place"), meeting.place),
            *typed(meeting.minutes),
            *_items(meeting),
            *_settled(meeting),
            *_roll(meeting),
            *_objections(meeting),
            Labelled(pgettext("paper", "Signed by"), str(meeting.minutes_final_by or "")),
            *_addenda(meeting),
        ),
        signers=(on_paper(meeting.body),),
        day=timezone.localdate(meeting.minutes_final_at),
    )


def on_paper(body: Body) -> str:
    """Return the name of a body as its papers carry it."""
    if body.is_committee:
        return str(COMMITTEE)
    return pgettext("paper", "%(body)s of the Foshan United Library") % {"body": body}


def _everybody(body: Body, *, ends: bool = False) -> str:
    if body.is_committee:
        return (
            pgettext("paper", "all members of the committee.")
            if ends
            else pgettext("paper", "all members of the committee")
        )
    words = pgettext("paper", "all who belong to %(body)s") % {"body": body}
    return pgettext("paper", "%(words)s.") % {"words": words} if ends else words


def _hours(meeting: Meeting) -> str:
    """Write when a meeting begins and, where that is said, when it ends."""
    begins = weekday_moment(meeting.starts_at)
    if meeting.ends_at is None:
        return begins
    same_day = timezone.localdate(meeting.starts_at) == timezone.localdate(meeting.ends_at)
    return f"{begins}—{clock(meeting.ends_at) if same_day else weekday_moment(meeting.ends_at)}"


def _please(body: Body) -> str:
    if body.is_committee:
        return pgettext(
            "paper",
            "Please arrange your work so that you can attend on time. Whoever is unable to attend is asked to tell "
            "the coordination office in advance.",
        )
    return pgettext(
        "paper",
        "Please arrange your work so that you can attend on time. Whoever is unable to attend is asked to tell "
        "%(keeper)s in advance.",
    ) % {"keeper": body.sort_of.keeper}


def _on_agenda(one):
    """Write an item of the agenda with its time and its speaker, where it has them."""
    told = enumerated(
        filter(
            None,
            [
                one.item.speaker,
                pgettext("paper", "%(length)s minutes") % {"length": one.item.length} if one.item.length else "",
            ],
        )
    )
    line = beside(one.item.title, told)
    return Paragraph(f"{one.number} {line}", 3) if one.is_below else item(int(one.number), line)


def _items(meeting):
    """Write what was said of each item, and what was decided at it; an item that nobody spoke of is left out."""
    spoken = [said for said in minutes_of(meeting) if said.is_spoken_of]
    for ordinal, said in enumerate(spoken, start=1):
        yield _heading(ordinal, said.one)
        yield from typed(said.one.item.text)
        for decision in said.decisions:
            yield Paragraph(_decided(decision))


def _heading(ordinal, one):
    """Write the heading of an item: numerals as far as there are some of one sign, plain numbers after that."""
    if ordinal <= len(NUMERALS):
        return section(ordinal, one.item.title)
    return Paragraph(head=f"{ordinal}. {one.item.title}", level=1)


def _decided(decision):
    """Write a decision with its number, its votes and, where it does not stand, why."""
    told = {"number": decision.number or "—", "text": decision.text, "votes": votes_in_words(decision)}
    words = pgettext("paper", "Decided (%(number)s): %(text)s") % told
    if told["votes"]:
        words = pgettext("paper", "%(decided)s (%(votes)s)") % {"decided": words, "votes": told["votes"]}
    if decision.state in ("void", "lost"):
        return beside(words, decision.get_state_display())
    return words


def _settled(meeting):
    """Write who has to do what until when, as a table."""
    decisions = {one.pk: one for one in meeting.decisions.exclude(state="struck")}
    tasks = follow_up(list(decisions.values()))
    if not tasks:
        return
    heads = (
        pgettext("paper", "What was settled"),
        pgettext("paper", "Responsible"),
        pgettext("paper", "Helped by"),
        pgettext("paper", "Until"),
    )
    yield Paragraph(pgettext("paper", "What was settled, and who does it:"))
    rows = [tuple(Cell(head, is_label=True) for head in heads)]
    for task in tasks:
        who = beside(str(task.person or ""), unit_of(task.person) if task.person else "")
        rows.append((Cell(task.title), Cell(who), Cell(task.helpers or "—"), Cell(in_words(task.due_on))))
    yield Table((5, 4, 3, 3), tuple(rows), heads=1)


def _objections(meeting):
    """Write who objected to these minutes, and to what."""
    given = meeting.confirmations.filter(circulated_at=meeting.circulated_at, agrees=False)
    for answer in given.select_related("answered_by"):
        yield Labelled(pgettext("paper", "Objection"), beside(answer.objection, str(answer.answered_by)))


def _addenda(meeting):
    for addendum in meeting.addenda.filter(state="signed").select_related("signed_by"):
        told = {"day": in_words(timezone.localdate(addendum.signed_at)), "person": addendum.signed_by}
        yield Labelled(
            pgettext("paper", "Addendum"),
            beside(addendum.text, pgettext("paper", "signed by %(person)s on %(day)s") % told),
        )


def _roll(meeting):
    entries = list(meeting.roll.all())
    for label, presences in ROLL:
        names = enumerated(_named(entry) for entry in entries if entry.presence in presences and entry.votes)
        if names:
            yield Labelled(str(label), names)
    attending = [entry for entry in entries if not entry.votes and entry.presence in RollEntry.ATTENDED]
    if names := enumerated(_named(entry) for entry in attending):
        yield Labelled(pgettext("paper", "Attending without a vote"), names)


def _named(entry):
    """Write somebody with his unit; whoever sent a deputy is followed by who came."""
    if entry.presence != RollEntry.Presence.DEPUTY:
        return beside(entry.name, entry.unit)
    if entry.deputy:
        came = pgettext("on a roll", "%(deputy)s as deputy") % {"deputy": entry.deputy}
        return beside(entry.name, enumerated(filter(None, [entry.unit, came])))
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
