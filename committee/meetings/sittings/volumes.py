"""Gather a sitting in one volume: notice, agenda with its papers, roll, votes, minutes; and the minutes of a year."""

from collections.abc import Iterator
from dataclasses import replace

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from committee.agendas.minutes import minutes_of
from committee.agendas.models import Item
from committee.agendas.papers import paper
from committee.bodies.models import Body
from committee.decisions.register import votes_in_words
from committee.meetings.models import Meeting
from committee.meetings.rolls.quorum import quorum
from committee.meetings.wording import papers
from committee.meetings.wording.numbers import in_words
from committee.meetings.wording.titles import meeting_in_words
from fsul_portal.files.models import Attachment
from fsul_portal.letters.content import Cell, Kind, Labelled, Letter, Table
from fsul_portal.letters.offers import LANGUAGE_OF_PAPERS
from fsul_portal.printing.volumes import Piece, is_readable, volume


def sitting(meeting: Meeting) -> bytes:
    """Return everything of a meeting as one PDF with bookmarks (6.2.1 b)."""
    return volume(list(_pieces(meeting)), meeting_in_words(meeting))


def year_of_minutes(body: Body, year: int) -> bytes:
    """Return the final minutes of a body's year as one volume, in the order of the meetings (6.2.1 b)."""
    final = Meeting.objects.filter(body=body).of_year(year).filter(state=Meeting.State.MINUTED).order_by("starts_at")
    pieces = [_printed(meeting_in_words(meeting), papers.minutes(meeting)) for meeting in final]
    return volume(pieces, _("Minutes of %(year)s") % {"year": year})


def _pieces(meeting: Meeting) -> Iterator[Piece]:
    # The volume shows the day of the call; a notice that goes out gets the day on which it is issued.
    notice = replace(papers.notice(meeting), day=timezone.localdate(meeting.called_at))
    yield _printed(pgettext("paper", "Notice"), notice)
    beside: list[Labelled] = []
    yield from _files(meeting, pgettext("paper", "Meeting"), beside)
    for said in minutes_of(meeting):
        title = f"{said.one.number} {said.one.item.title}"
        files = list(_files(said.one.item, title, beside))
        if said.one.item.reason or files:
            yield _printed(title, paper(said.one.item))
            yield from files
    if meeting.roll_signed_at:
        yield _printed(pgettext("paper", "Roll and votes"), roll_and_votes(meeting))
    if meeting.state == Meeting.State.MINUTED:
        yield _printed(pgettext("paper", "Minutes"), papers.minutes(meeting))
    if beside:
        title = pgettext("paper", "Files kept beside this volume")
        yield _printed(title, Letter(kind=Kind.FORM, title=title, body=tuple(beside)))


def roll_and_votes(meeting: Meeting) -> Letter:
    """Write who was due and who came, whether that was enough, and how each decision was taken."""
    heads = (
        pgettext("paper", "Name"),
        pgettext("paper", "Unit"),
        pgettext("paper", "Takes part"),
        pgettext("paper", "Presence"),
    )
    rows = [tuple(Cell(head, is_label=True) for head in heads)]
    roll = list(meeting.roll.all())
    for entry in roll:
        part = pgettext("on a roll", "with a vote") if entry.votes else pgettext("on a roll", "attends without a vote")
        presence = " ".join(filter(None, [entry.get_presence_display(), entry.deputy]))
        rows.append((Cell(entry.name), Cell(entry.unit), Cell(part), Cell(presence)))
    votes = [
        Labelled(decision.number or decision.title, votes_in_words(decision) or str(decision.get_method_display()))
        for decision in meeting.decisions.exclude(state="struck").order_by("pk")
    ]
    return Letter(
        kind=Kind.FORM,
        title=pgettext("paper", "Roll of %(meeting)s") % {"meeting": meeting_in_words(meeting)},
        body=(
            Table((3, 5, 4, 4), tuple(rows), heads=1),
            Labelled(pgettext("paper", "Quorum"), in_words(quorum(meeting.body, roll))),
            *votes,
        ),
        day=timezone.localdate(meeting.roll_signed_at) if meeting.roll_signed_at else None,
    )


def _files(thing: Meeting | Item, of: str, beside: list[Labelled]) -> Iterator[Piece]:
    """Give the PDFs that hang on a record; what is none, or cannot be read, is named among those beside the volume."""
    for file in Attachment.objects.of(thing).standing():
        content = b""
        if file.kind == "PDF":
            with file.file.open("rb") as opened:
                content = opened.read()
        if content and is_readable(content):
            yield Piece(file.name, content, level=2)
        else:
            beside.append(Labelled(of, file.name))


def printed(letter: Letter) -> bytes:
    """Return a sheet that is printed and filled in by hand; it is no paper that goes out, so nothing of it is kept."""
    return _printed(letter.title, letter).content


def _printed(title: str, letter: Letter) -> Piece:
    # WeasyPrint is heavy and needs system libraries; only whoever prints pays for it.
    from fsul_portal.letters.typeset.pdf import print_letter

    made_at = timezone.localtime()
    return Piece(title, print_letter(letter, made_at=made_at, is_draft=False, language=LANGUAGE_OF_PAPERS))
