"""Hold the receipt and the form of a filing: who issues them, who reads them, what stands on them."""

import io
import re

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from docx import Document as open_word
from pypdf import PdfReader

from fsul_portal.letters import actions
from fsul_portal.letters.models import Document
from tests.workgroups.coordination.filings.filings import NEW_ADDRESS, OLD_ADDRESS
from workgroups.coordination.filings.wording.papers import FORM, RECEIPT

pytestmark = pytest.mark.clause("6.2.1 e")


def text_of(document):
    with document.pdf.open("rb") as file:
        pages = PdfReader(io.BytesIO(file.read())).pages
    return re.sub(r"\s", "", "".join(page.extract_text() for page in pages))


@pytest.fixture
def filing(approved):
    return approved("NH003", "move")


@pytest.fixture
def receipt(filing, person):
    lead = person("coordination-lead")
    return actions.issue(actions.draft(RECEIPT, filing, by=lead), by=lead)


def test_the_receipt_says_what_was_put_on_file(receipt, filing, person):
    text, own = text_of(receipt), person("nanhai").library.facts.name
    assert receipt.number == filing.number
    assert f"{filing.number}{own}：" in text
    assert f"（NH003）搬迁备案材料收悉。经审核，准予备案，自{filing.effective_on.year}年" in text
    assert "附件：佛山市联合图书馆成员馆变更备案表" in text


def test_the_form_shows_before_and_after_and_the_opinions(filing, person):
    office = person("office")
    document = actions.issue(actions.draft(FORM, filing, by=office), by=office)
    rows = [
        list(dict.fromkeys(cell.text for cell in row.cells))
        for table in open_word(io.BytesIO(actions.write_paper(document))).tables
        for row in table.rows
    ]
    assert ["地址", OLD_ADDRESS, NEW_ADDRESS] in rows
    assert ["申请理由", filing.reason] in rows
    opinions = [row for row in rows if row[0].endswith("意见")]
    assert [row[0] for row in opinions] == ["区总馆\n意见", "统筹管理\n小组意见"]
    reviewer, lead = (re.escape(str(person(name))) for name in ("nanhai-reviewer", "coordination-lead"))
    assert re.fullmatch(rf"同意。\n{reviewer}（盖章）　\d+年\d+月\d+日", opinions[0][1])
    assert re.fullmatch(rf"同意。\n{lead}（盖章）　\d+年\d+月\d+日", opinions[1][1])
    assert OLD_ADDRESS in text_of(document)


@pytest.mark.parametrize("paper", [RECEIPT, FORM])
def test_what_was_not_approved_has_no_papers(paper, signed, person):
    with pytest.raises(PermissionDenied, match="备案审定后才能印发回执"):
        actions.draft(paper, signed("NH003", "move"), by=person("coordination-lead"))


def test_only_the_office_and_the_lead_issue_them(filing, cast, person):
    allowed = {name for name in cast if RECEIPT.keeps(person(name), filing)}
    assert allowed == {"office", "coordination-lead"}
    with pytest.raises(PermissionDenied, match="可以印发备案文书"):
        actions.draft(RECEIPT, filing, by=person("nanhai"))


@pytest.mark.checklist("B1")
def test_those_who_read_the_filing_read_its_papers(receipt, filing, cast, signed_in):
    addresses = (reverse("document", args=[receipt.pk]), reverse("document-docx", args=[receipt.pk]))
    for name in cast:
        client = signed_in(name)
        due = client.get(filing.get_absolute_url()).status_code
        assert {client.get(address).status_code for address in addresses} == {due}


def test_the_page_of_the_filing_leads_to_its_papers(receipt, filing, signed_in):
    editor = signed_in("nanhai").get(filing.get_absolute_url()).content.decode()
    assert reverse("document-pdf", args=[receipt.pk]) in editor
    assert "/documents/draft/" not in editor
    lead = signed_in("coordination-lead").get(filing.get_absolute_url()).content.decode()
    assert reverse("document-draft", args=["filing-form", filing.pk]) in lead
    assert reverse("document-draft", args=["filing-receipt", filing.pk]) not in lead


@pytest.mark.checklist("B1")
def test_another_district_does_not_reach_the_drafts(filing, signed_in):
    client = signed_in("chancheng")
    assert client.post(reverse("document-draft", args=["filing-receipt", filing.pk])).status_code == 404
    assert not Document.objects.exists()


def test_the_papers_cost_the_page_few_queries(receipt, filing, signed_in, django_assert_max_num_queries):
    client = signed_in("nanhai")
    client.get(filing.get_absolute_url())
    with django_assert_max_num_queries(2):
        list(Document.objects.of(filing).finished_or_of(filing.submitted_by))
    with django_assert_max_num_queries(10):
        assert Document.objects.visible_to(filing.submitted_by).get() == receipt
