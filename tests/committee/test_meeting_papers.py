"""Hold the papers of a meeting: who drafts and issues them, what stands on them, what their code tells."""

import hashlib
import io
import re

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from docx import Document as open_word
from pypdf import PdfReader

from committee.meetings.actions import revise_meeting
from committee.meetings.wording.papers import MINUTES, NOTICE
from fsul_portal.letters import actions
from fsul_portal.letters.codes import new_code
from fsul_portal.letters.models import Document
from fsul_portal.records.models import Record
from fsul_portal.verdicts import Overtaken
from tests.responses import put_away

pytestmark = pytest.mark.clause("6.2.1 b")

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40
READERS = {"chair", "committee", "office", "coordination-lead", "technical-lead", "resources-lead"}


def text_of(content):
    return re.sub(r"\s", "", "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages))


def kept(document):
    with document.pdf.open("rb") as file:
        return file.read()


def scan(name="scan.png", content=PNG):
    return SimpleUploadedFile(name, content)


def verbs(document):
    return [entry.verb for entry in Record.objects.of(document)]


@pytest.fixture
def called(meeting_in):
    return meeting_in("called")


@pytest.fixture
def draft(called, office):
    return actions.draft(NOTICE, called, by=office)


@pytest.fixture
def issued(draft, office):
    return actions.issue(draft, by=office)


@pytest.fixture
def stamped(issued, office):
    return actions.attach_scan(issued, scan(), by=office)


def test_a_notice_is_drafted_issued_stamped_and_withdrawn(draft, office):
    assert (draft.state, draft.code, bool(draft.pdf)) == ("drafted", None, False)
    issued = actions.issue(draft, by=office)
    assert re.fullmatch(r"(?:[2-9A-HJKMNP-Z]{4}-){2}[2-9A-HJKMNP-Z]{4}", issued.code)
    stamped = actions.attach_scan(issued, scan(), by=office)
    withdrawn = actions.withdraw(stamped, by=office, reason="改期")
    assert (withdrawn.state, withdrawn.reason, withdrawn.withdrawn_by) == ("withdrawn", "改期", office)
    assert verbs(withdrawn) == ["withdrawn", "stamped", "attached", "issued", "drafted"]


def test_the_notice_says_when_and_where_and_what(issued, called):
    text = text_of(kept(issued))
    today = timezone.localdate()
    assert re.sub(r"\s", "", f"关于召开{called.title}的通知") in text
    for words in ("一、时间：2026年11月22日（星期日）10:00", "二、地点：五楼会议室", "1.审议年报", "2.讨论考评"):
        assert words in text
    assert f"{today.year}年{today.month}月{today.day}日" in text
    assert f"核验码：{issued.code}" in text


def test_what_is_kept_gives_the_same_pdf_again(issued):
    content = kept(issued)
    again = Document.objects.get(pk=issued.pk)
    assert actions.print_paper(again) == content
    assert hashlib.sha256(content).hexdigest() == issued.digest
    assert actions.write_paper(again) == actions.write_paper(issued)


def test_the_minutes_go_out_as_the_chair_signed_them(meeting_in, office, chair):
    meeting = meeting_in("minuted")
    document = actions.issue(actions.draft(MINUTES, meeting, by=office), by=office)
    text = text_of(kept(document))
    for words in ("会议议定：年度报告由统筹管理小组于五月底前发布。", "出席：梁主任（佛山市中心图书馆（演示））"):
        assert words in text
    assert f"签发：{chair}" in text
    assert "请假：黄委员（顺德区总馆（演示））" in text
    word = open_word(io.BytesIO(actions.write_paper(document)))
    assert "2026年11月23日" in [paragraph.text for paragraph in word.paragraphs]


@pytest.mark.parametrize(
    ("paper", "state", "sentence"),
    [
        (NOTICE, "held", "only while the meeting is still to come"),
        (NOTICE, "cancelled", "only while the meeting is still to come"),
        (MINUTES, "called", "once they are signed"),
        (MINUTES, "held", "once they are signed"),
    ],
)
def test_a_paper_that_is_not_due_is_not_drafted(paper, state, sentence, meeting_in, office):
    with pytest.raises(PermissionDenied, match=sentence):
        actions.draft(paper, meeting_in(state), by=office)


def test_drafting_again_writes_the_same_draft_anew(draft, called, office):
    moved = revise_meeting(called, title=called.title, starts_at=called.starts_at, place="二楼", by=office)
    again = actions.draft(NOTICE, moved, by=office)
    assert again.pk == draft.pk
    assert "二楼" in str(again.content)


def test_a_draft_that_the_record_has_overtaken_is_not_issued(draft, called, office):
    revise_meeting(called, title=called.title, starts_at=called.starts_at, place="二楼", by=office)
    with pytest.raises(PermissionDenied, match="has changed since this was drafted"):
        actions.issue(draft, by=office)


def test_one_paper_of_a_kind_stands_at_a_time(issued, called, office):
    with pytest.raises(Overtaken, match="issued already"):
        actions.draft(NOTICE, called, by=office)
    actions.withdraw(issued, by=office, reason="改期")
    assert actions.draft(NOTICE, called, by=office).pk != issued.pk


def test_nothing_is_issued_twice(issued, office):
    with pytest.raises(Overtaken, match="issued already"):
        actions.issue(issued, by=office)


def test_a_draft_takes_no_scan_and_a_withdrawn_paper_nothing(draft, office):
    with pytest.raises(PermissionDenied, match="has to be issued first"):
        actions.attach_scan(draft, scan(), by=office)
    withdrawn = actions.withdraw(draft, by=office, reason="误拟")
    for act in (actions.issue, lambda one, by: actions.attach_scan(one, scan(), by=by)):
        with pytest.raises(PermissionDenied, match="was withdrawn"):
            act(withdrawn, by=office)


def test_only_the_secretary_drafts_and_issues(draft, called, cast):
    for name in set(cast) - {"office"}:
        with pytest.raises(PermissionDenied, match="Only the secretary"):
            actions.draft(NOTICE, called, by=cast[name])
        with pytest.raises(PermissionDenied, match="Only the secretary"):
            actions.issue(draft, by=cast[name])


def test_minutes_of_a_hundred_pages_and_more_are_an_attachment(meeting_in, office):
    meeting = meeting_in("minuted")
    type(meeting).objects.filter(pk=meeting.pk).update(minutes="说" * 60_000)
    with pytest.raises(PermissionDenied, match="at most 60,000 characters"):
        actions.draft(MINUTES, meeting, by=office)


@pytest.mark.checklist("B1")
def test_papers_are_read_by_the_readers_of_the_meeting(stamped, cast, signed_in):
    pages = [reverse(page, args=[stamped.pk]) for page in ("document", "document-pdf", "document-docx")]
    pages.append(stamped.scan.get_absolute_url())
    for name in cast:
        client = signed_in(name)
        statuses = {put_away(client.get(page)).status_code for page in pages}
        assert statuses == ({200} if name in READERS else {404})


def test_a_draft_is_seen_by_its_writer_alone(draft, cast, signed_in):
    url = reverse("document", args=[draft.pk])
    assert [name for name in cast if signed_in(name).get(url).status_code == 200] == ["office"]


def test_a_reader_of_the_meeting_finds_its_papers_on_its_page(issued, called, signed_in):
    page = signed_in("committee").get(called.get_absolute_url()).content.decode()
    assert reverse("document-pdf", args=[issued.pk]) in page
    assert reverse("document-docx", args=[issued.pk]) in page
    assert "/documents/draft/" not in page


def test_the_secretary_goes_all_the_way_on_the_pages(called, signed_in):
    client = signed_in("office")
    assert "/documents/draft/meeting-notice/" in client.get(called.get_absolute_url()).content.decode()
    drafted = client.post(reverse("document-draft", args=["meeting-notice", called.pk]))
    document = Document.objects.get()
    assert drafted.url == document.get_absolute_url()
    assert "草稿" in text_of(client.get(reverse("document-pdf", args=[document.pk])).content)
    client.post(reverse("document-issue", args=[document.pk]))
    client.post(reverse("document-stamp", args=[document.pk]), {"scan": scan()})
    page = client.get(document.get_absolute_url()).content.decode()
    assert "kept the scan of the sealed paper" in page
    document.refresh_from_db()
    response = client.get(document.scan.get_absolute_url())
    assert b"".join(response.streaming_content) == PNG
    assert response["Content-Disposition"].startswith("attachment;")
    client.post(reverse("document-withdraw", args=[document.pk]), {"reason": "改期"})
    document.refresh_from_db()
    assert document.state == "withdrawn"


@pytest.mark.checklist("D5")
def test_every_download_is_on_record(stamped, signed_in, chair):
    client = signed_in("chair")
    for form in ("pdf", "docx"):
        put_away(client.get(reverse(f"document-{form}", args=[stamped.pk])))
    put_away(client.get(stamped.scan.get_absolute_url()))
    downloads = Record.objects.of(stamped).filter(verb="downloaded").order_by("pk")
    assert [(entry.by, entry.note) for entry in downloads] == [(chair, "pdf"), (chair, "docx"), (chair, "scan.png")]


@pytest.mark.checklist("C7")
def test_a_scan_that_is_none_is_refused_with_a_sentence(issued, signed_in):
    client, url = signed_in("office"), reverse("document-stamp", args=[issued.pk])
    refused = [
        ("scan.html", b"<html>", "This kind of file is not taken"),
        ("scan.pdf", PNG, "named otherwise"),
        ("scan.gif", b"GIF89a", "A scan is a PDF, a JPEG or a PNG."),
        ("scan.pdf", b"", "empty"),
    ]
    for name, content, sentence in refused:
        assert sentence in client.post(url, {"scan": scan(name, content)}).content.decode()
    issued.refresh_from_db()
    assert (issued.state, issued.scan) == ("issued", None)


@pytest.mark.checklist("C7")
def test_the_stored_names_tell_nothing(stamped):
    assert re.fullmatch(r"documents/[0-9a-f]{32}\.pdf", stamped.pdf.name)
    assert "scan" not in stamped.scan.file.name


def test_a_better_scan_replaces_the_first_and_both_are_kept(stamped, office):
    first = stamped.scan
    again = actions.attach_scan(stamped, scan("other.pdf", b"%PDF-1.7"), by=office)
    assert (again.scan.name, again.scan.version, again.scan.replaces) == ("other.pdf", 2, first)
    assert first.file.storage.exists(first.file.name)


@pytest.mark.checklist("A1")
def test_anybody_who_holds_a_paper_learns_whether_it_stands(issued, office):
    url = reverse("check-code", args=[issued.code.lower().replace("-", "")])
    page = Client().get(url).content.decode()
    assert "issued here and stands" in page
    assert issued.title in page
    assert issued.digest in page
    assert str(office) not in page
    actions.withdraw(issued, by=office, reason="内部原因")
    page = Client().get(url).content.decode()
    assert "has been withdrawn" in page
    assert "内部原因" not in page


@pytest.mark.checklist("A1")
@pytest.mark.parametrize("code", ["7H3K-9QWX-2MRT", "x", "-", "None", "' OR 1=1", "九" * 40])
def test_an_unknown_code_tells_nothing(code, draft):
    response = Client().get(reverse("check-code", args=[code]))
    assert response.status_code == 404
    assert draft.title not in response.content.decode()


def test_a_code_is_asked_for_on_a_page_of_its_own(issued):
    client = Client()
    assert client.get(reverse("check")).status_code == 200
    response = client.get(reverse("check"), {"code": f" {issued.code.lower()} "})
    assert response.url == reverse("check-code", args=[issued.code])


def test_codes_are_not_given_twice():
    assert len({new_code() for __ in range(500)}) == 500


def test_a_paper_nobody_offers_is_not_found(called, signed_in):
    client = signed_in("office")
    assert client.post(reverse("document-draft", args=["nothing", called.pk])).status_code == 404
    assert client.post(reverse("document-draft", args=["filing-receipt", called.pk])).status_code == 404
    stranger = signed_in("branch")
    assert stranger.post(reverse("document-draft", args=["meeting-notice", called.pk])).status_code == 404
    reader = signed_in("committee")
    assert reader.post(reverse("document-draft", args=["meeting-notice", called.pk])).status_code == 403


def test_a_character_without_a_glyph_is_told_when_the_paper_is_drafted(called, office, signed_in):
    revise_meeting(called, title=called.title, starts_at=called.starts_at, place="\U000fff01室", by=office)
    response = signed_in("office").post(reverse("document-draft", args=["meeting-notice", called.pk]), follow=True)
    assert "No font of this machine has these characters" in response.content.decode()


def test_without_a_font_the_draft_stands_and_says_why_it_cannot_be_issued(called, signed_in, tmp_path, monkeypatch):
    (tmp_path / "fonts.conf").write_text("<fontconfig><cachedir prefix='xdg'>none</cachedir></fontconfig>")
    monkeypatch.setenv("FONTCONFIG_FILE", str(tmp_path / "fonts.conf"))
    client = signed_in("office")
    client.post(reverse("document-draft", args=["meeting-notice", called.pk]))
    document = Document.objects.get()
    for verb, method in (("issue", client.post), ("pdf", client.get)):
        response = method(reverse(f"document-{verb}", args=[document.pk]), follow=True)
        assert "no Chinese font is installed" in response.content.decode()
    document.refresh_from_db()
    assert document.state == "drafted"


def test_a_paper_that_the_store_has_lost_is_printed_again_and_kept_as_it_was_issued(issued, signed_in):
    before = kept(issued)
    issued.pdf.storage.delete(issued.pdf.name)
    answer = put_away(signed_in("office").get(reverse("document-pdf", args=[issued.pk])))
    assert (answer.status_code, hashlib.sha256(answer.content).hexdigest()) == (200, issued.digest)
    assert kept(Document.objects.get(pk=issued.pk)) == before


def test_what_another_release_prints_of_a_lost_paper_is_handed_out_and_not_kept_as_the_issued_one(issued, signed_in):
    issued.pdf.storage.delete(issued.pdf.name)
    Document.objects.filter(pk=issued.pk).update(digest="0" * 64)
    answer = signed_in("office").get(reverse("document-pdf", args=[issued.pk]))
    assert "会议" in text_of(answer.content)
    assert not issued.pdf.storage.exists(issued.pdf.name)
