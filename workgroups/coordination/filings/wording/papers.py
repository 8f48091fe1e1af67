"""Write the papers of a filing: the receipt and the form with what changed and who agreed (6.2.1 e)."""

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from fsul_portal.approvals.models import Turn
from fsul_portal.grammar.words import beside, with_code
from fsul_portal.letters.content import Cell, Kind, Letter, Paragraph, Table
from fsul_portal.letters.offers import Offer, offered
from fsul_portal.templatetags.figures import day
from fsul_portal.verdicts import Allowed, Denied, not_now
from workgroups.coordination.filings.checks.comparisons import compare
from workgroups.coordination.filings.models import CLAUSE, Filing
from workgroups.groups.rules import holds_for

ISSUE = "workgroups.issue_papers"
OFFICE = pgettext_lazy("paper", "Coordination Group of the Foshan United Library")
FORM_TITLE = pgettext_lazy("paper", "Filing Form for Changes of Member Libraries of the Foshan United Library")
OPINIONS = {
    "district_signature": pgettext_lazy("paper", "Opinion of the\ndistrict library"),
    "decision": pgettext_lazy("paper", "Opinion of the\ncoordination group"),
}


def may_keep_papers(user, filing):
    """The office and the lead of the coordination group issue the papers of filings (6.2.1 e)."""
    if holds_for(user, ISSUE, CLAUSE):
        return Allowed()
    return Denied(_("Only the coordination office and the lead of its group issue the papers of a filing."))


def is_on_file(filing):
    if filing.state in (Filing.State.ACCEPTED, Filing.State.IN_FORCE):
        return Allowed()
    return not_now(_("A receipt goes out once the filing has been approved."))


def receipt(filing):
    """Write the receipt for a filing that was put on file (6.2.1 e)."""
    return Letter(
        kind=Kind.RECEIPT,
        title=pgettext("paper", "Receipt for the Filing of a Change of a Member Library"),
        number=filing.number or "",
        addressee=_addressee(filing),
        body=(Paragraph(_put_on_file(filing)), Paragraph(pgettext("paper", "This receipt is issued accordingly."))),
        attachments=(str(FORM_TITLE),),
        signers=(str(OFFICE),),
        is_sealed=True,
    )


def _put_on_file(filing):
    values = {
        "library": _library(filing),
        "change": filing.what.title,
        "day": day(filing.effective_on),
        "last": day(filing.resumes_on),
    }
    if filing.resumes_on:
        sentence = pgettext(
            "paper",
            "Your filing for %(library)s (%(change)s) has been received. After review it has been put on file; it "
            "takes effect on %(day)s, and service resumes on %(last)s.",
        )
    else:
        sentence = pgettext(
            "paper",
            "Your filing for %(library)s (%(change)s) has been received. After review it has been put on file; it "
            "takes effect on %(day)s.",
        )
    return sentence % values


def form(filing):
    """Write the form of a filing: before and after, and the opinions (6.2.1 e)."""
    rows = (
        (_label(pgettext("paper", "Member library")), Cell(_library(filing), span=2)),
        (_label(pgettext("paper", "Change")), Cell(capfirst(str(filing.what.title)), span=2)),
        (_label(pgettext("paper", "Takes effect")), Cell(_days(filing), span=2)),
        tuple(map(_label, (pgettext("paper", "Fact"), pgettext("paper", "Before"), pgettext("paper", "After")))),
        *((_label(row.label), Cell(row.original or "—"), Cell(row.requested or "—")) for row in compare(filing).rows),
        (_label(pgettext("paper", "Reason")), Cell(filing.reason, span=2)),
        *_opinions(filing),
    )
    return Letter(kind=Kind.FORM, title=str(FORM_TITLE), number=filing.number or "", body=(Table((4, 8, 8), rows),))


def _addressee(filing):
    """Return the library of whoever handed the filing in, or the one that it is about."""
    own = filing.submitted_by and filing.submitted_by.library
    return own.facts.name if own and own.facts else _library(filing)


def _opinions(filing):
    turns = filing.turns.select_related("given_by", "on_behalf_of").filter(round=filing.round, closed_at__isnull=True)
    for turn in turns.order_by("step", "pk"):
        other = pgettext("paper", "Opinion:\n%(stage)s") % {"stage": turn.title}
        yield _label(str(OPINIONS.get(turn.key, other))), _opinion(turn)


def _opinion(turn):
    if turn.verdict != Turn.Verdict.AGREED:
        return Cell(span=2, foot=pgettext("paper", "(Seal)          (Date)"))
    behalf = pgettext("paper", "for %(person)s") % {"person": turn.on_behalf_of} if turn.on_behalf_of else ""
    values = {"person": beside(str(turn.given_by or ""), behalf), "day": day(timezone.localdate(turn.given_at))}
    foot = pgettext("paper", "%(person)s (Seal), %(day)s") % values
    return Cell(turn.note or pgettext("paper", "Agreed."), span=2, foot=foot)


def _label(text):
    return Cell(text, is_label=True)


def _library(filing):
    facts = filing.library.facts_on(filing.effective_on)
    return with_code(facts.name, filing.library.code) if facts else filing.library.code


def _days(filing):
    if not filing.resumes_on:
        return day(filing.effective_on)
    return pgettext("paper", "%(day)s to %(last)s") % {"day": day(filing.effective_on), "last": day(filing.resumes_on)}


RECEIPT = offered(
    Offer(
        "filing-receipt",
        gettext_lazy("receipt of the filing"),
        "workgroups.Filing",
        may_keep_papers,
        is_on_file,
        receipt,
    )
)
FORM = offered(
    Offer("filing-form", gettext_lazy("form of the filing"), "workgroups.Filing", may_keep_papers, is_on_file, form)
)
