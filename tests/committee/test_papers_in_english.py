"""Hold the English copy of what was issued: frozen with it, open to its readers, and nothing of the paper changes."""

import pytest
from django.urls import reverse

from committee.meetings.wording.papers import NOTICE
from fsul_portal.letters import actions
from fsul_portal.letters.models import Document
from fsul_portal.records.models import Record
from tests.responses import put_away

pytestmark = pytest.mark.clause("6.2.1 b")


@pytest.fixture
def issued(meeting_in, office):
    return actions.issue(actions.draft(NOTICE, meeting_in("called"), by=office), by=office)


def test_the_english_of_what_was_issued_stays_when_the_record_moves_on(issued, office):
    meeting = issued.thing
    meeting.place = "二楼"
    meeting.save(update_fields=["place"])
    english = Document.objects.get(pk=issued.pk).content_en
    assert "五楼会议室" in str(english)
    assert english["check"]["code"] == issued.code
    assert english["day"] == issued.content["day"]


def test_a_paper_of_an_earlier_release_has_its_english_while_its_record_says_the_same(issued, signed_in):
    Document.objects.filter(pk=issued.pk).update(content_en=None)
    url = reverse("document-pdf", args=[issued.pk]) + "?language=en"
    client = signed_in("office")
    assert put_away(client.get(url)).headers["Content-Type"] == "application/pdf"
    meeting = issued.thing
    meeting.place = "二楼"
    meeting.save(update_fields=["place"])
    page = client.get(url, follow=True).content.decode()
    assert "There is no English copy" in page
    assert "?language=en" not in page


def test_asking_for_english_leaves_the_chinese_paper_as_it_was(issued, signed_in, chair):
    before = (issued.digest, issued.content)
    client = signed_in("chair")
    for form in ("pdf", "docx"):
        response = put_away(client.get(reverse(f"document-{form}", args=[issued.pk]) + "?language=en"))
        assert 'filename="Notice-of-' in response["Content-Disposition"]
    issued.refresh_from_db()
    assert (issued.digest, issued.content) == before
    notes = Record.objects.of(issued).filter(verb="downloaded").order_by("pk").values_list("note", flat=True)
    assert list(notes) == ["pdf (English)", "docx (English)"]


def test_both_forms_stand_beside_the_chinese_ones_on_the_pages(issued, signed_in):
    client = signed_in("committee")
    for page in (issued.get_absolute_url(), issued.thing.get_absolute_url()):
        shown = client.get(page).content.decode()
        for form in ("pdf", "docx"):
            assert f"{reverse(f'document-{form}', args=[issued.pk])}?language=en" in shown


def test_whoever_may_not_read_the_paper_has_no_english_of_it(issued, signed_in):
    url = reverse("document-pdf", args=[issued.pk]) + "?language=en"
    assert signed_in("nanhai").get(url).status_code == 404
