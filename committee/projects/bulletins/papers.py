"""Write the bulletin of a quarter on paper, out of what was frozen (6.2.1 f)."""

from collections import Counter
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy, pgettext

from committee.documents.wording import COMMITTEE
from committee.projects.bulletins.models import ProjectBulletin
from committee.projects.lights import Colour
from committee.projects.rules import may_give_bulletin
from fsul_portal.grammar.words import in_own_language
from fsul_portal.letters.content import Cell, Kind, Letter, Paragraph, Part, Table, item, section, typed
from fsul_portal.letters.offers import Offer, offered
from fsul_portal.templatetags.figures import day
from fsul_portal.users import User
from fsul_portal.verdicts import Allowed, Verdict, not_now

WIDTHS = (8, 28, 20, 12, 10, 10, 30)


def may_keep_papers(user: User, bulletin: Any) -> Verdict:
    """Whoever gives the bulletins out issues them on paper (6.2.1 f)."""
    return may_give_bulletin(user)


def has_projects(bulletin: ProjectBulletin) -> Verdict:
    """A bulletin without a project says nothing."""
    return Allowed() if bulletin.rows else not_now(pgettext("paper", "No key project was under way."))


def on_paper(bulletin: ProjectBulletin) -> Letter:
    """Write the bulletin: how many stand how, each project in a row, what is overdue (6.2.1 f)."""
    body: list[Part] = [
        section(1, pgettext("paper", "In short")),
        Paragraph(_counted(bulletin)),
        *typed(bulletin.summary),
        section(2, pgettext("paper", "How each project stands")),
        _table(bulletin),
    ]
    late = [(row["title"], name, due) for row in bulletin.rows for name, due in row["late"]]
    if late:
        body.append(section(3, pgettext("paper", "Milestones overdue")))
        body += [item(ordinal, _late(*one)) for ordinal, one in enumerate(late, start=1)]
    return Letter(
        kind=Kind.NOTICE,
        title=bulletin.title,
        number=bulletin.number,
        body=tuple(body),
        signers=(str(COMMITTEE),),
        day=timezone.localdate(bulletin.started_at),
    )


def _counted(bulletin: ProjectBulletin) -> str:
    counts = Counter(row["colour"] for row in bulletin.rows)
    told = {"all": len(bulletin.rows), "day": day(bulletin.as_of), **{one.value: counts[one.value] for one in Colour}}
    return (
        pgettext("paper", "On %(day)s there are %(all)s key projects: %(green)s green, %(yellow)s yellow, %(red)s red.")
        % told
    )


def _late(title: str, name: str, due: str) -> str:
    told = {"project": title, "milestone": name, "day": day(date.fromisoformat(due))}
    return pgettext("paper", "%(project)s, %(milestone)s: due on %(day)s.") % told


def _table(bulletin: ProjectBulletin) -> Table:
    heads = (
        pgettext("paper", "Seq."),
        pgettext("paper", "Project"),
        pgettext("paper", "Leading unit"),
        pgettext("paper", "Responsible"),
        pgettext("paper", "Progress"),
        pgettext("paper", "Light"),
        pgettext("paper", "Why"),
    )
    rows = [tuple(Cell(head, is_label=True) for head in heads)]
    for ordinal, row in enumerate(bulletin.rows, start=1):
        why = in_own_language(*row["reasons"]) or "—"
        colour = str(Colour(row["colour"]).label) if row["colour"] else "—"
        cells = (str(ordinal), row["title"], row["lead"], row["manager"], f"{row['progress']}%", colour, why)
        rows.append(tuple(Cell(text) for text in cells))
    return Table(WIDTHS, tuple(rows), heads=1)


BULLETIN = offered(
    Offer(
        "project-bulletin",
        gettext_lazy("bulletin of key projects"),
        "committee.ProjectBulletin",
        may_keep_papers,
        has_projects,
        on_paper,
    )
)
