"""Print the sheet on which people sign that they came (6.2.1 b)."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import pgettext

from committee.meetings.models import Meeting
from committee.meetings.rolls.seats import due_on_the_roll
from committee.meetings.wording.titles import meeting_in_words
from fsul_portal.letters.content import Cell, Kind, Labelled, Letter, Table
from fsul_portal.templatetags.figures import weekday_moment

WIDTHS = (1, 5, 3, 4, 4, 4)
SPARE_ROWS = 5


def sign_in_sheet(meeting: Meeting) -> Letter:
    """Write the sheet: who is due with a vote, who attends, with room to sign and for those who come beside."""
    rows: list[Any] = list(meeting.roll.values("name", "unit", "position", "votes")) or due_on_the_roll(meeting.body)
    due, attending = [row for row in rows if row["votes"]], [row for row in rows if not row["votes"]]
    title = {"meeting": meeting_in_words(meeting)}
    total = pgettext("paper", "Due: %(due)s people with a vote. Present: ____. Excused: ____. Absent: ____.")
    return Letter(
        kind=Kind.FORM,
        title=pgettext("paper", "Sign-in sheet of %(meeting)s") % title,
        body=(
            Labelled(pgettext("paper", "Time"), weekday_moment(meeting.starts_at)),
            Labelled(pgettext("paper", "Place"), meeting.place),
            Table(WIDTHS, (_heads(), *_group(pgettext("paper", "With a vote"), due)), heads=1),
            Table(WIDTHS, (_heads(), *_group(pgettext("paper", "Attending without a vote"), attending)), heads=1),
            Labelled(pgettext("paper", "Total"), total % {"due": len(due)}),
        ),
    )


def _heads() -> tuple[Cell, ...]:
    heads = (
        pgettext("paper", "No."),
        pgettext("paper", "Unit"),
        pgettext("paper", "Name"),
        pgettext("paper", "Position"),
        pgettext("paper", "Telephone"),
        pgettext("paper", "Signature"),
    )
    return tuple(Cell(head, is_label=True) for head in heads)


def _group(title: str, rows: Sequence[dict[str, Any]]) -> list[tuple[Cell, ...]]:
    """Return the heading of a group and a row for each person; those who come beside have room among the last."""
    written = [(row["unit"], row["name"], row.get("position") or "") for row in rows]
    spare = [("", "", "")] * SPARE_ROWS if title == pgettext("paper", "Attending without a vote") else []
    lines = [
        # A blank line above and below the name leaves room for a hand.
        (Cell(str(number)), Cell(unit), Cell(name), Cell(position), Cell(""), Cell("", foot=" "))
        for number, (unit, name, position) in enumerate([*written, *spare], start=1)
    ]
    return [(Cell(title, span=len(WIDTHS), is_label=True),), *lines]
