"""Write a roster on paper, with masked numbers (7.2)."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from fsul_portal.grammar.words import enumerated
from fsul_portal.letters.content import Cell, Kind, Letter, Paragraph, Table
from fsul_portal.letters.offers import Offer, offered
from fsul_portal.templatetags.figures import day
from fsul_portal.users import User
from fsul_portal.verdicts import Allowed, Verdict, not_now
from members.bodies.rules import may_keep
from members.rosters.files import number_of
from members.rosters.models import Roster

# Paper is read by whoever holds it, so that no number on it is open.
NOBODY: set[int] = set()
WIDTHS = (8, 14, 16, 30, 16, 16)


def may_keep_papers(user: User, roster: Any) -> Verdict:
    """Whoever keeps the seats issues rosters on paper (7.2)."""
    return may_keep(user)


def has_people(roster: Roster) -> Verdict:
    """A roster is printed as long as somebody is on it."""
    return Allowed() if roster.lines.exists() else not_now(_("Nobody is on this roster."))


def on_paper(roster: Roster) -> Letter:
    """Write the roster: one row for each person, mobile numbers masked (7.2)."""
    heads = (
        pgettext("paper", "Seq."),
        pgettext("paper", "Name"),
        pgettext("paper", "Post"),
        pgettext("paper", "Unit and position"),
        pgettext("paper", "Responsible for"),
        pgettext("paper", "Telephone"),
    )
    rows = [tuple(Cell(head, is_label=True) for head in heads)]
    for line in roster.lines.order_by("position"):
        unit = "\n".join(filter(None, [line.unit_name, line.office]))
        cells = (str(line.position), line.name, line.post, unit, enumerated(line.clauses), number_of(line, NOBODY))
        rows.append(tuple(Cell(text) for text in cells))
    told = {"number": roster.number, "day": day(roster.since)}
    return Letter(
        kind=Kind.FORM,
        title=pgettext("paper", "Roster of %(body)s") % {"body": roster.title},
        body=(
            Paragraph(pgettext("paper", "Edition %(number)s, holds since %(day)s.") % told),
            Table(WIDTHS, tuple(rows), heads=1),
        ),
        day=timezone.localdate(roster.issued_at),
    )


ROSTER = offered(Offer("roster", gettext_lazy("roster"), "members.Roster", may_keep_papers, has_people, on_paper))
