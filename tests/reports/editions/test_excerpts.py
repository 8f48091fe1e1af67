"""Hold the file of one district or library: the figures of the report, made once, for whoever may read it."""

import io
import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.translation import override
from pdfua import validate
from pypdf import PdfReader

from fsul_portal.notices.models import Notice
from fsul_portal.records.models import Record
from fsul_portal.runs.models import Run
from reports.documents.excerpts.places import place_of
from reports.documents.reading import Reading
from reports.editions import actions
from reports.editions.excerpts.actions import clear_old, request_excerpt, standings
from reports.editions.excerpts.models import Excerpt
from reports.editions.models import Edition
from reports.editions.tasks import print_excerpt
from reports.editions.texts.actions import write_texts
from tests.responses import put_away

pytestmark = [pytest.mark.django_db, pytest.mark.clause("6.2.1 j", "6.1 d")]
MARCH = "2025-03"
NANHAI, BRANCH = "440605", "NH002"


@pytest.fixture
def edition(reported, period, tmp_path):
    """A month of which Nanhai and Chancheng say something; its own documents are dummies."""
    for code, visits in (("NH001", 2500), ("NH003", 90), ("NH004", 120), ("CC001", 77777)):
        reported(code, MARCH, V01=visits, L01=5)
    reported("NH002", MARCH, {"V01": "核对无误"}, V01=321, L01="closed")
    period(MARCH, locked=True)
    file = tmp_path / "document.bin"
    file.write_bytes(b"document")
    frozen = actions.freeze_edition("monthly", MARCH)
    return actions.attach_documents(frozen, [(form, file) for form in actions.FORMATS])


def printed(edition, place, language="zh-hans"):
    out = io.BytesIO()
    actions.render(edition, "pdf", out, language=language, place=place)
    return out.getvalue()


def text_of(content):
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def placed(edition, code):
    return place_of(Reading(actions.full_snapshot(edition)), code)


def asked(edition, by, code=NANHAI, language="zh-hans"):
    return request_excerpt(edition, placed(edition, code), language, by=by)


def kept(excerpt):
    with excerpt.pdf.open("rb") as file:
        return file.read()


def post(client, edition, place=NANHAI, language="zh-hans"):
    address = reverse("reports:edition-excerpt", args=[edition.pk])
    return client.post(address, {"place": place, "language": language})


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("place", [NANHAI, BRANCH])
def test_an_independent_checker_of_pdf_ua_finds_nothing_and_the_same_snapshot_gives_the_same_bytes(
    edition, place, language, tmp_path
):
    content = printed(edition, place, language)
    path = tmp_path / "excerpt.pdf"
    path.write_bytes(content)
    assert [f"{found.rule_id} {found.message}" for found in validate(str(path)).findings] == []
    assert printed(Edition.objects.get(pk=edition.pk), place, language) == content


def test_a_district_has_its_own_figures_its_libraries_and_its_place_among_the_districts(edition):
    text = text_of(printed(edition, NANHAI))
    assert "南海区在各区中的位置" in text
    cells = edition.snapshot["districts"]
    assert f"{cells[NANHAI]['V01']['value']:,}" in text
    assert f"{cells['440604']['V01']['value']:,}" in text
    rows = set(re.findall(r"^((?:NH|CC|FS|SD)\d{3})\s", text, re.MULTILINE))
    mine = {one["code"] for one in edition.snapshot["libraries_list"] if one["district"] == NANHAI}
    assert rows == mine


def test_a_library_stands_beside_those_of_its_level(edition):
    text = text_of(printed(edition, BRANCH))
    row = next(line for line in text.splitlines() if line.startswith("到馆人次"))
    # 321 with its note 1; before the only other one of its level that reported, of 90 visits.
    assert row.split()[2:] == ["3211", "1", "/", "2", "205.50", "1", "/", "2", "205.50"]
    assert "核对无误" in text
    assert "77,777" not in text


def test_only_what_is_missing_in_the_place_is_listed(edition):
    gaps = {gap["library"] for gap in edition.snapshot["missing"]}
    elsewhere = {one["code"] for one in edition.snapshot["libraries_list"] if one["district"] != NANHAI}
    assert gaps & elsewhere
    listed = set(re.findall(r"\b[A-Z]{2}\d{3}\b", text_of(printed(edition, NANHAI))))
    assert listed & elsewhere == set()


def test_whoever_asks_while_it_is_on_its_way_waits_for_the_same_file_and_is_told(edition, published, person):
    published(edition)
    edition = Edition.objects.get(pk=edition.pk)
    runs = [asked(edition, person(name)) for name in ("nanhai", "office", "nanhai")]
    assert len({run.pk for run in runs}) == 1
    print_excerpt(runs[0].pk)
    assert Excerpt.objects.count() == 1
    told = Notice.objects.filter(key=f"run:{runs[0].pk}:done")
    assert {one.recipient.username for one in told} == {"nanhai", "office"}
    assert {one.link for one in told} == {reverse("reports:edition-district", args=[edition.pk, NANHAI])}


def test_it_is_made_once_and_kept(edition, person):
    print_excerpt(asked(edition, person("office")).pk)
    with override("en"), pytest.raises(PermissionDenied, match="has been made already"):
        asked(edition, person("chair"))


def test_the_page_says_how_far_it_is_and_then_hands_it_out(edition, published, signed_in):
    published(edition)
    client, page = signed_in("nanhai"), reverse("reports:edition-district", args=[edition.pk, NANHAI])
    assert "生成文件：中文" in client.get(page).content.decode()
    assert post(client, edition)["Location"] == f"{page}#excerpt"
    text = client.get(page).content.decode()
    assert ("待生成" in text, "生成文件：中文" in text, "生成文件：英文" in text) == (True, False, True)
    # As long as it is on its way the page asks anew, and no longer.
    assert f'data-hx-get="{page}" data-hx-select="#excerpt-files"' in text
    print_excerpt(Run.objects.get(key__startswith="excerpt:").pk)
    excerpt = Excerpt.objects.get()
    address = reverse("reports:excerpt-download", args=[excerpt.pk])
    text = client.get(page).content.decode()
    assert (address in text, "data-hx-get" in text) == (True, False)
    given = client.get(address)
    assert given["Content-Type"] == "application/pdf"
    assert b"".join(given.streaming_content)[:5] == b"%PDF-"
    assert Record.objects.of(edition).filter(verb="downloaded").count() == 1


def test_who_reads_a_report_finds_his_own_place_on_its_page(edition, published, signed_in):
    published(edition)
    for person, name, place in (("nanhai", "district", NANHAI), ("branch", "library", "NH002")):
        text = signed_in(person).get(reverse("reports:edition-read", args=[edition.pk])).content.decode()
        assert (
            f'<a class="button wide primary" href="{reverse(f"reports:edition-{name}", args=[edition.pk, place])}"'
            in text
        )


def test_a_file_that_the_store_has_lost_is_printed_again(edition, person, signed_in):
    print_excerpt(asked(edition, person("office")).pk)
    excerpt, client = Excerpt.objects.get(), signed_in("office")
    content = kept(excerpt)
    excerpt.pdf.storage.delete(excerpt.pdf.name)
    found = client.get(reverse("reports:excerpt-download", args=[excerpt.pk]))
    assert found["Location"].endswith(f"/read/{NANHAI}/#excerpt")
    print_excerpt(Run.objects.get(key__startswith="excerpt:").pk)
    again = Excerpt.objects.get()
    assert (again.pk != excerpt.pk, kept(again)) == (True, content)


def test_what_was_made_long_ago_goes_with_its_file_and_may_be_asked_for_anew(
    edition, person, settings, django_capture_on_commit_callbacks
):
    print_excerpt(asked(edition, person("office")).pk)
    excerpt = Excerpt.objects.get()
    days = timedelta(days=settings.EXCERPTS_KEPT_DAYS)
    assert clear_old(excerpt.made_on + days) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert clear_old(excerpt.made_on + days + timedelta(seconds=1)) == 1
    assert not excerpt.pdf.storage.exists(excerpt.pdf.name)
    print_excerpt(asked(edition, person("office")).pk)
    assert Excerpt.objects.get().pk != excerpt.pk


def test_who_may_not_read_the_report_has_nothing_made_and_reads_no_file(edition, person, signed_in):
    print_excerpt(asked(edition, person("office")).pk)
    stranger = signed_in("nanhai")
    assert post(stranger, edition).status_code == 404
    address = reverse("reports:excerpt-download", args=[Excerpt.objects.get().pk])
    assert put_away(stranger.get(address)).status_code == 404
    assert put_away(signed_in("office").get(address)).status_code == 200


@pytest.mark.parametrize(("place", "language"), [("999999", "en"), (NANHAI, "fr"), ("", "")])
def test_what_there_is_not_cannot_be_asked_for(edition, signed_in, place, language):
    assert post(signed_in("office"), edition, place, language).status_code == 404
    assert not Run.objects.filter(key__startswith="excerpt:").exists()


def test_other_words_take_the_excerpt_away(edition, person, django_capture_on_commit_callbacks):
    office = person("office")
    print_excerpt(asked(edition, office).pk)
    file = Excerpt.objects.get().pdf
    with django_capture_on_commit_callbacks(execute=True):
        write_texts(edition, by=office, texts={"plans": {"en": "More libraries."}})
    assert (Excerpt.objects.count(), file.storage.exists(file.name)) == (0, False)


def test_what_was_printed_of_an_edition_that_somebody_changed_meanwhile_is_not_kept(edition, person, monkeypatch):
    office = person("office")
    run, render = asked(edition, office), actions.render

    def slowly(edition, *given, **named):
        Edition.objects.filter(pk=edition.pk).update(version=edition.version + 1)
        return render(edition, *given, **named)

    monkeypatch.setattr("reports.editions.excerpts.actions.render", slowly)
    print_excerpt(run.pk)
    assert (Excerpt.objects.count(), Run.objects.get(pk=run.pk).state) == (0, "done")
    assert "再次申请" in Notice.objects.get(key=f"run:{run.pk}:done").subject
    edition.refresh_from_db()
    assert standings(edition, NANHAI)[0].run is None
