"""Write the papers of a filing: the receipt and the form with what changed and who agreed (6.2.1 e)."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fsul_portal.approvals.models import Turn
from fsul_portal.letters.content import Cell, Kind, Letter, Paragraph, Table
from fsul_portal.letters.offers import Offer, offered
from fsul_portal.templatetags.figures import day
from fsul_portal.verdicts import Allowed, Denied, not_now
from workgroups.coordination.filings.checks.comparisons import compare
from workgroups.coordination.filings.models import GROUP, Filing
from workgroups.groups.rules import holds_in

ISSUE = "workgroups.issue_papers"
SYSTEM, OFFICE = "佛山市联合图书馆", "佛山市联合图书馆统筹管理小组"
FORM_TITLE = f"{SYSTEM}成员馆变更备案表"
OPINIONS = {"district_signature": "区总馆\n意见", "decision": "统筹管理\n小组意见"}
UNSIGNED = "（盖章）　　　　年　　月　　日"


def may_keep_papers(user, filing):
    """The office and the lead of the coordination group issue the papers of filings (6.2.1 e)."""
    if holds_in(user, ISSUE, GROUP):
        return Allowed()
    return Denied(_("Only the coordination office and the lead of its group issue the papers of a filing."))


def is_on_file(filing):
    if filing.state in (Filing.State.ACCEPTED, Filing.State.IN_FORCE):
        return Allowed()
    return not_now(_("A receipt goes out once the filing has been approved."))


def receipt(filing):
    """Write the receipt for a filing that was put on file (6.2.1 e)."""
    told = [
        f"你馆报送的{_library(filing)}{filing.what.title}备案材料收悉。",
        f"经审核，准予备案，自{day(filing.effective_on)}起施行",
        f"，至{day(filing.resumes_on)}恢复。" if filing.resumes_on else "。",
    ]
    return Letter(
        kind=Kind.RECEIPT,
        title="成员馆变更备案回执",
        number=filing.number or "",
        addressee=_addressee(filing),
        body=(Paragraph("".join(told)), Paragraph("特此回执。")),
        attachments=(FORM_TITLE,),
        signers=(OFFICE,),
        is_sealed=True,
    )


def form(filing):
    """Write the form of a filing: before and after, and the opinions (6.2.1 e)."""
    rows = (
        (_label("成员馆"), Cell(_library(filing), span=2)),
        (_label("变更事项"), Cell(str(filing.what.title), span=2)),
        (_label("生效日期"), Cell(_days(filing), span=2)),
        (_label("登记内容"), _label("变更前"), _label("变更后")),
        *((_label(row.label), Cell(row.original or "—"), Cell(row.requested or "—")) for row in compare(filing).rows),
        (_label("申请理由"), Cell(filing.reason, span=2)),
        *_opinions(filing),
    )
    return Letter(kind=Kind.FORM, title=FORM_TITLE, number=filing.number or "", body=(Table((4, 8, 8), rows),))


def _addressee(filing):
    """Return the library of whoever handed the filing in, or the one that it is about."""
    own = filing.submitted_by and filing.submitted_by.library
    return own.facts.name if own and own.facts else _library(filing)


def _opinions(filing):
    turns = filing.turns.select_related("given_by", "on_behalf_of").filter(round=filing.round, closed_at__isnull=True)
    for turn in turns.order_by("step", "pk"):
        yield _label(OPINIONS.get(turn.key, f"{turn.title}\n意见")), _opinion(turn)


def _opinion(turn):
    if turn.verdict != Turn.Verdict.AGREED:
        return Cell(span=2, foot=UNSIGNED)
    behalf = f"（代{turn.on_behalf_of}）" if turn.on_behalf_of else ""
    signed = day(timezone.localdate(turn.given_at))
    return Cell(turn.note or "同意。", span=2, foot=f"{turn.given_by or ''}{behalf}（盖章）　{signed}")


def _label(text):
    return Cell(text, is_label=True)


def _library(filing):
    facts = filing.library.facts_on(filing.effective_on)
    return f"{facts.name}（{filing.library.code}）" if facts else filing.library.code


def _days(filing):
    return f"{day(filing.effective_on)}至{day(filing.resumes_on)}" if filing.resumes_on else day(filing.effective_on)


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
