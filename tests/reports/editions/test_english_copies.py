"""Hold that a report can be had in English: the same frozen figures, in other words, for whoever may read it."""

import io
import re

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.translation import override
from openpyxl import load_workbook
from pypdf import PdfReader

from fsul_portal.notices.models import Notice, Reader
from fsul_portal.runs.models import Run
from members.libraries.actions import change_facts
from members.returns.models import Return
from reports.editions import actions
from reports.editions.english import request_english
from reports.editions.models import ENGLISH_TASK, Edition
from reports.editions.tasks import build_english_copy
from reports.editions.texts.actions import write_texts
from tests.responses import put_away

pytestmark = [pytest.mark.django_db, pytest.mark.clause("6.2.1 j", "6.1 d")]
MARCH = "2025-03"
HAN = re.compile("[\u3400-\u9fff]+")
TRANSLATION = "Translation. The Chinese text is authoritative."


@pytest.fixture
def edition(reported, period, library, tmp_path):
    """An edition of a month in which something moved, is missing, closed and explained; its files are dummies."""
    change_facts(library("NH002"), {"address": "新址1号"}, on=period(MARCH).first_day)
    reported("NH001", MARCH, {"V01": "核对无误"}, V01=12345, L01="closed", C01=7)
    reported("CC001", MARCH, V01=0, L01=88)
    period(MARCH, locked=True)
    return attached(actions.freeze_edition("monthly", MARCH), tmp_path, *actions.FORMATS)


def attached(edition, folder, *fields):
    """Give an edition files that say nothing, since to print a real one takes seconds."""
    file = folder / "document.bin"
    file.write_bytes(b"document")
    return actions.attach_documents(edition, [(field, file) for field in fields])


@pytest.fixture
def copied(edition, tmp_path):
    return attached(edition, tmp_path, "pdf_en", "xlsx_en")


def rendered(edition, form, language="en"):
    out = io.BytesIO()
    actions.render(edition, form, out, language=language)
    return out


def url(edition, form, query="?language=en"):
    return reverse("reports:edition-download", args=[edition.pk, form]) + query


def pages_of(file):
    return [page.extract_text() for page in PdfReader(file).pages]


def cells_of(file):
    rows = [row for sheet in load_workbook(file) for row in sheet.iter_rows()]
    return [[cell.value for cell in row if cell.value is not None] for row in rows]


def said_by_people(edition):
    """Return what stays Chinese: names of libraries, addresses and explanations as people wrote them."""
    snapshot = edition.snapshot
    names = [one["name"] for one in snapshot["libraries_list"]]
    places = [one[side] for one in snapshot["network"]["moved"] for side in ("before", "after")]
    return "".join([*names, *places, *(note["note"] for note in snapshot["notes"])])


def test_no_word_of_it_is_chinese_but_names_and_what_people_wrote_and_it_says_that_it_is_a_translation(edition):
    pages, cells = pages_of(rendered(edition, "pdf")), cells_of(rendered(edition, "xlsx"))
    said = said_by_people(edition)
    text = "\n".join([*pages, *(str(cell) for row in cells for cell in row)])
    assert {word for word in HAN.findall(text) if word not in said} == set()
    assert (TRANSLATION in pages[0], cells[1][0].endswith(TRANSLATION)) == (True, True)


def test_its_figures_are_those_of_the_chinese_copy_which_says_nothing_of_a_translation(edition):
    chinese, english = (cells_of(rendered(edition, "xlsx", language)) for language in ("zh-hans", "en"))
    numbers = [[[one for one in row if isinstance(one, int | float)] for row in cells] for cells in (chinese, english)]
    assert numbers[0] == numbers[1]
    assert sum(map(len, numbers[0])) > 50
    assert (TRANSLATION in str(chinese), TRANSLATION in str(english)) == (False, True)


def test_it_is_made_of_what_was_frozen_and_not_of_what_the_portal_says_today(edition, library):
    Return.objects.update(figures={"V01": 999_999})
    change_facts(library("NH001"), {"name": "改名后的馆"}, on=library("NH001").facts.since)
    text = str(cells_of(rendered(Edition.objects.get(pk=edition.pk), "xlsx")))
    assert ("999999" in text, "改名后的馆" in text, "12345" in text) == (False, False, True)


def test_it_is_made_once_and_kept(copied, person):
    with override("en"), pytest.raises(PermissionDenied, match="has been made already"):
        request_english(copied, by=person("chair"))


def test_whoever_asks_twice_waits_for_one_run(edition, person):
    runs = {request_english(edition, by=person("office")).pk for __ in range(2)}
    assert len(runs) == 1


def test_two_people_who_ask_at_once_are_both_served(edition, person):
    runs = [request_english(edition, by=person(name)) for name in ("office", "chair")]
    for run in runs:
        build_english_copy(run.pk)
    assert [Run.objects.get(pk=run.pk).state for run in runs] == ["done", "done"]
    assert Notice.objects.filter(key__in=[f"run:{run.pk}:done" for run in runs]).count() == 2


def test_who_may_not_read_the_chinese_report_gets_no_english_one(copied, signed_in):
    seen = [put_away(signed_in("observer").get(url(copied, form))).status_code for form in ("pdf", "xlsx")]
    asked = signed_in("observer").post(reverse("reports:edition-english", args=[copied.pk])).status_code
    assert (seen, asked) == ([404, 404], 404)


def test_whoever_reads_a_published_report_may_have_it_in_english(edition, published, person, signed_in):
    published(edition)
    Reader.objects.create(person=person("observer"), language="en")
    client = signed_in("observer")
    assert client.get(url(edition, "pdf")).headers["Location"] == edition.get_absolute_url()
    assert client.post(reverse("reports:edition-english", args=[edition.pk])).status_code == 302
    build_english_copy(Run.objects.get(key__startswith="english:").pk)
    given = put_away(client.get(url(edition, "pdf")))
    assert (given.status_code, given.headers["Content-Type"]) == (200, "application/pdf")
    subject = Notice.objects.get(recipient=person("observer"), kind="run").subject
    assert subject == "The English copy of monthly report March 2025, edition 1 is ready"


def test_the_file_has_an_english_name_and_the_chinese_one_keeps_its_own(copied, signed_in):
    client = signed_in("office")
    names = [
        put_away(client.get(url(copied, "xlsx", query))).headers["Content-Disposition"]
        for query in ("", "?language=en")
    ]
    assert names[1].startswith('attachment; filename="monthly-report-March-2025-edition-1.xlsx"')
    assert names[0] != names[1]


def test_a_copy_that_other_words_took_away_can_be_asked_for_again(edition, person):
    office = person("office")
    build_english_copy(request_english(edition, by=office).pk)
    written = write_texts(edition, by=office, texts={"plans": {"en": "More libraries."}})
    assert not written.has_english
    actions.write_missing(written)
    again = request_english(Edition.objects.get(pk=edition.pk), by=office)
    assert again.state == Run.State.QUEUED
    build_english_copy(again.pk)
    assert Edition.objects.get(pk=edition.pk).has_english


def test_a_copy_that_the_store_has_lost_is_made_again(edition, person, signed_in):
    build_english_copy(request_english(edition, by=person("office")).pk)
    made = Edition.objects.get(pk=edition.pk)
    with made.xlsx_en.open("rb") as file:
        before = file.read()
    made.xlsx_en.storage.delete(made.xlsx_en.name)
    assert signed_in("office").get(url(edition, "xlsx")).status_code == 302
    build_english_copy(Run.objects.get(task=ENGLISH_TASK, state=Run.State.QUEUED).pk)
    again = Edition.objects.get(pk=edition.pk)
    with again.xlsx_en.open("rb") as file:
        assert (file.read(), again.pdf_en.name) == (before, made.pdf_en.name)
