"""Print who has to do what of the decisions of a meeting: 督办表 (6.2.1 b)."""

from django.utils.translation import pgettext

from committee.decisions.follow_up import follow_up, responsible_of
from committee.decisions.models import Decision
from committee.meetings.models import Meeting
from committee.meetings.wording.titles import meeting_in_words
from fsul_portal.letters.content import Cell, Kind, Letter, Table
from fsul_portal.templatetags.figures import iso

WIDTHS = (1, 6, 3, 3, 3, 5)


def follow_up_sheet(meeting: Meeting) -> Letter:
    """Write each task with its decision, who is responsible, and how it stands."""
    decisions = {one.pk: one for one in Decision.objects.filter(meeting=meeting)}
    heads = (
        pgettext("paper", "No."),
        pgettext("paper", "What was settled"),
        pgettext("paper", "Responsible"),
        pgettext("paper", "Helped by"),
        pgettext("paper", "Until"),
        pgettext("paper", "How it stands"),
    )
    rows = [tuple(Cell(head, is_label=True) for head in heads)]
    for number, task in enumerate(follow_up(list(decisions.values())), start=1):
        decision = decisions[task.object_id]
        standing = "\n".join(filter(None, [str(task.get_state_display()), task.done_note]))
        what = "\n".join(filter(None, [task.title, decision.number]))
        cells = (str(number), what, responsible_of(task), task.helpers or "—", iso(task.due_on), standing)
        rows.append(tuple(Cell(cell) for cell in cells))
    title = pgettext("paper", "Follow-up of the decisions of %(meeting)s") % {"meeting": meeting_in_words(meeting)}
    return Letter(kind=Kind.FORM, title=title, body=(Table(WIDTHS, tuple(rows), heads=1),))
