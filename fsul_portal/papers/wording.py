"""Write a paper and its opinions on paper, and its opinions as a workbook."""

import io
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from fsul_portal.letters.content import Cell, Kind, Letter, Paragraph, Table, typed
from fsul_portal.papers.models import Opinion, Paper
from fsul_portal.sheets import Column, write_xlsx
from fsul_portal.sheets import Table as Sheet
from fsul_portal.templatetags.figures import day
from fsul_portal.verdicts import Allowed, Verdict, not_now

WIDTHS = (8, 18, 12, 34, 12, 24)


def has_number(paper: Paper) -> Verdict:
    """The text goes out on paper once it was issued."""
    return Allowed() if paper.number else not_now(_("It has not been issued yet."))


def has_opinions(paper: Paper) -> Verdict:
    """The table of opinions goes out on paper once somebody has spoken."""
    return Allowed() if paper.consulted.exists() else not_now(_("Nobody has given an opinion yet."))


def text_on_paper(paper: Paper, signer: str) -> Letter:
    """Write the text of a paper as it was decided, with its number and the day from which it is in force."""
    told = {"day": day(paper.in_force_on)}
    return Letter(
        kind=Kind.NOTICE,
        title=paper.title,
        number=paper.number or "",
        body=(
            *typed(paper.edition.text),
            Paragraph(pgettext("paper", "This document is in force from %(day)s.") % told),
        ),
        signers=(signer,),
        day=_issued_on(paper),
    )


def opinions_on_paper(paper: Paper) -> Letter:
    """Write the table of opinions with what became of each."""
    heads = (
        pgettext("paper", "Seq."),
        pgettext("paper", "Unit"),
        pgettext("paper", "Clause"),
        pgettext("paper", "Opinion given"),
        pgettext("paper", "Outcome"),
        pgettext("consultation", "Reason"),
    )
    rows = [tuple(Cell(head, is_label=True) for head in heads)]
    for ordinal, one in enumerate(_opinions(paper), start=1):
        rows.append(tuple(Cell(text) for text in (str(ordinal), _unit(one), *_said(one))))
    return Letter(
        kind=Kind.FORM,
        title=pgettext("paper", "Opinions on “%(title)s”") % {"title": paper.title},
        number=paper.number or "",
        body=(Table(WIDTHS, tuple(rows), heads=1),),
    )


def opinions_as_xlsx(paper: Paper) -> bytes:
    """Return the table of opinions as a workbook."""
    heads = [
        Column(pgettext("paper", "Seq.")),
        Column(_("Unit")),
        Column(_("Person")),
        Column(_("Given on")),
        Column(pgettext("consultation", "Edition")),
        Column(_("Clause"), as_text=True),
        Column(pgettext("consultation", "Opinion")),
        Column(_("What became of it")),
        Column(_("Reason")),
    ]
    rows = [
        [
            ordinal,
            one.unit,
            str(one.given_by or ""),
            timezone.localdate(one.given_at),
            one.edition,
            one.clause,
            one.text,
            one.get_outcome_display(),
            one.reason,
        ]
        for ordinal, one in enumerate(_opinions(paper), start=1)
    ]
    file = io.BytesIO()
    write_xlsx(file, [Sheet(pgettext("consultation", "Opinions"), heads, rows)])
    return file.getvalue()


def _opinions(paper: Paper) -> list[Opinion]:
    return list(paper.consulted.select_related("given_by"))


def _unit(opinion: Opinion) -> str:
    return opinion.unit or str(opinion.given_by or "—")


def _said(opinion: Opinion) -> tuple[str, ...]:
    outcome = opinion.get_outcome_display() if opinion.outcome else "—"
    return opinion.clause or "—", opinion.text, outcome, opinion.reason or "—"


def _issued_on(paper: Paper) -> date | None:
    return timezone.localdate(paper.issued_at) if paper.issued_at else None
