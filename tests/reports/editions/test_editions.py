"""Show that editions are built once, never change, and reach only those who may read them."""

import json
import subprocess
import threading
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.urls import reverse
from django.utils import timezone, translation

from fsul_portal.grammar.moments import one_moment
from fsul_portal.notices.models import Notice
from fsul_portal.records.models import Record
from fsul_portal.runs.models import Run
from members.libraries.actions import change_facts
from members.periods.models import Period, period_days
from reports.documents.versions import earlier
from reports.editions import actions
from reports.editions.figures.snapshot import digest, is_provisional
from reports.editions.models import WRITE_TASK, Edition
from reports.editions.tasks import build_edition, write_edition
from tests.hands import at_once, many_hands
from tests.responses import put_away

__all__ = ["many_hands"]

pytestmark = [pytest.mark.django_db, pytest.mark.clause("6.2.1 j", "6.1 d")]
MARCH = "2025-03"


@pytest.fixture
def edition(reported, period):
    """A finished monthly edition of a locked month."""
    reported("NH001", MARCH, V01=12, L01=5)
    period(MARCH, locked=True)
    return actions.build_edition("monthly", MARCH)


def status(client, path):
    return put_away(client.get(path)).status_code


def url(edition, form):
    return reverse("reports:edition-download", args=[edition.pk, form])


def content(document):
    with document.open("rb") as file:
        return file.read()


def test_a_requested_report_is_built_by_its_run_and_the_office_is_told(reported, period, person):
    reported("NH001", MARCH, V01=12)
    period(MARCH, locked=True)
    run = actions.request_edition("monthly", MARCH, by=person("office"))
    build_edition(run.pk)
    run.refresh_from_db()
    assert (run.state, run.result.kind, run.result.is_finished) == (Run.State.DONE, "monthly", True)
    assert Notice.objects.filter(recipient=person("office")).count() == 1


@pytest.mark.checklist("D3")
def test_asked_for_eight_times_it_is_one_run(reported, person):
    office = person("office")
    runs = {actions.request_edition("annual", "2025", by=office).pk for __ in range(8)}
    assert len(runs) == 1


def test_a_run_delivered_twice_builds_once(reported, period, person):
    reported("NH001", MARCH, V01=12)
    run = actions.request_edition("monthly", MARCH, by=person("office"))
    build_edition(run.pk)
    build_edition(run.pk)
    assert Edition.objects.count() == 1


@pytest.mark.checklist("D11")
def test_the_same_figures_give_the_same_edition_and_the_same_bytes(edition):
    again = actions.build_edition("monthly", MARCH)
    assert again.pk == edition.pk
    with edition.pdf.open("rb") as first, edition.json.open("rb") as data:
        pdf, stored = first.read(), json.load(data)
    Edition.objects.filter(pk=edition.pk).update(pdf="", json="")
    rebuilt = actions.build_edition("monthly", MARCH)
    with rebuilt.pdf.open("rb") as second:
        assert second.read() == pdf
    assert stored["system"]["V01"]["value"] == 12


def test_figures_frozen_under_short_english_names_of_districts_are_the_same_edition(edition, reported):
    snapshot = next(one for one in earlier(edition.snapshot) if one["version"] == 2)
    for district in snapshot["districts_list"]:
        district["name_en"] = district["name_en"].removesuffix(" District")
    Edition.objects.filter(pk=edition.pk).update(snapshot=snapshot, digest=digest(snapshot))
    assert {one["code"]: one["name_en"] for one in snapshot["districts_list"]}["440605"] == "Nanhai"
    assert (actions.build_edition("monthly", MARCH).pk, Edition.objects.count()) == (edition.pk, 1)
    reported("NH001", MARCH, V01=13)
    assert actions.build_edition("monthly", MARCH).number == 2


def test_other_figures_make_the_next_edition_and_leave_the_old_one_alone(edition, reported):
    old = edition.digest
    reported("NH001", MARCH, V01=13)
    second = actions.build_edition("monthly", MARCH)
    edition.refresh_from_db()
    assert (second.number, edition.number, edition.digest) == (2, 1, old)


def test_interrupted_after_freezing_it_goes_on_with_the_same_edition(reported, period):
    reported("NH001", MARCH, V01=12)
    frozen = actions.freeze_edition("monthly", MARCH)
    assert frozen.is_finished is False
    finished = actions.build_edition("monthly", MARCH)
    assert (finished.pk, Edition.objects.get().is_finished) == (frozen.pk, True)


@pytest.mark.checklist("D9")
def test_when_the_disk_is_full_the_run_says_so_and_nothing_half_made_is_seen(reported, person, settings, tmp_path):
    reported("NH001", MARCH, V01=12)
    blocked = tmp_path / "media-is-a-file"
    blocked.write_text("no folder here")
    settings.MEDIA_ROOT = blocked
    run = actions.request_edition("monthly", MARCH, by=person("office"))
    build_edition(run.pk)
    run.refresh_from_db()
    assert (run.state, Edition.objects.get().is_finished) == (Run.State.FAILED, False)
    assert run.error != ""


@pytest.mark.checklist("B8")
@pytest.mark.parametrize("form", ["pdf", "xlsx", "json"])
def test_a_document_is_read_by_whom_may_read_it_at_that_moment(edition, published, signed_in, form):
    expected = {"committee": 200, "chair": 200, "office": 200, "observer": 404, "nanhai": 404, "branch": 404}
    assert {name: status(signed_in(name), url(edition, form)) for name in expected} == expected
    published(edition)
    assert {name: status(signed_in(name), url(edition, form)) for name in expected} == dict.fromkeys(expected, 200)


def test_a_download_is_an_attachment_and_on_record(edition, signed_in, person):
    response = signed_in("committee").get(url(edition, "pdf"))
    assert response.headers["Content-Disposition"].startswith("attachment;")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert b"".join(response.streaming_content).startswith(b"%PDF")
    assert Record.objects.of(edition).filter(verb="downloaded", by=person("committee")).count() == 1


def test_a_stranger_period_is_refused_with_a_sentence(signed_in):
    for period in ("2025-13", "abc", "2099", "2025-3", "\x00"):
        response = signed_in("office").post(reverse("reports:edition-build"), {"kind": "annual", "period": period})
        assert response.status_code == 422
    assert Run.objects.count() == 0


def test_who_may_not_build_reads_why(signed_in):
    response = signed_in("committee").post(reverse("reports:edition-build"), {"kind": "annual", "period": "2025"})
    assert response.status_code == 403


@pytest.mark.django_db(transaction=True)
@pytest.mark.checklist("D3")
def test_two_builders_at_once_make_one_edition(reported, period):
    if connection.vendor == "sqlite":
        workers = 1  # An in-memory database belongs to one thread; PostgreSQL is where this race can happen.
    else:
        workers = 2
    reported("NH001", MARCH, V01=12)
    threads = [threading.Thread(target=_freeze_and_close) for __ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if connection.vendor != "sqlite":
        assert Edition.objects.count() == 1
    assert actions.freeze_edition("monthly", MARCH).number == 1


def _freeze_and_close():
    try:
        actions.freeze_edition("monthly", MARCH)
    except Exception:
        connection.close()
        raise
    connection.close()


@pytest.mark.parametrize("path", ["reports:edition-list", "reports:conformity", "dashboard"])
def test_pages_cost_the_same_queries_with_many_libraries(edition, signed_in, path, django_assert_num_queries):
    from django.test.utils import CaptureQueriesContext

    from members.libraries.actions import open_library
    from members.libraries.models import Library

    client = signed_in("office")
    client.get(reverse(path))
    with CaptureQueriesContext(connection) as before:
        assert client.get(reverse(path)).status_code == 200
    facts = Library.objects.get(code="NH004").facts
    for number in range(30):
        more = {field: getattr(facts, field) for field in facts.FACTS} | {"name": f"驿站{number}"}
        open_library(f"NH9{number:02}", more, since=facts.since)
    for month in ("2025-01", "2025-02"):
        actions.freeze_edition("monthly", month)
    with CaptureQueriesContext(connection) as after:
        client.get(reverse(path))
    assert len(after) == len(before)


def test_an_edition_whose_writing_was_interrupted_says_so_and_can_be_finished(edition, signed_in, person):
    Edition.objects.filter(pk=edition.pk).update(pdf="")
    client = signed_in("office")
    client.cookies["django_language"] = "en"
    page = client.get(edition.get_absolute_url()).content.decode()
    assert "The documents of this edition were not finished" in page
    answer = client.post(reverse("reports:edition-build"), {"kind": edition.kind, "period": edition.period})
    run = Run.objects.get(task=actions.TASK)
    assert answer.url == run.get_absolute_url()
    assert Edition.objects.with_builders().get().is_being_written
    build_edition(run.pk)
    finished = Edition.objects.with_builders().get()
    assert (finished.pk, finished.is_finished, finished.is_being_written) == (edition.pk, True, False)


@pytest.mark.parametrize(
    ("kind", "code", "day"), [("monthly", "2026-03", "2026-04-01"), ("annual", "2026", "2026-02-01")]
)
def test_a_period_of_which_nothing_is_over_makes_no_empty_report(cast, kind, code, day):
    moment = datetime(2026, 1 if kind == "annual" else 3, 31, 12, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
    with time_machine.travel(moment), translation.override("en"):
        with pytest.raises(actions.PeriodRefused, match=f"can be built from {day} on"):
            actions.freeze_edition(kind, code)


@pytest.mark.django_db(transaction=True)
def test_figures_are_frozen_as_they_were_at_one_moment(many_hands, cast):
    """A return that is accepted and locked in between is in all of an edition or in nothing of it."""

    def lock_meanwhile(number):
        first_day, last_day = period_days(MARCH)
        Period.objects.create(code=MARCH, first_day=first_day, last_day=last_day, locked_at=timezone.now())

    with one_moment():
        assert is_provisional(MARCH)
        at_once(lock_meanwhile, times=1)
        assert is_provisional(MARCH)
    assert not is_provisional(MARCH)


def test_a_character_that_no_font_can_draw_is_told_and_copied_as_it_is_stored(edition, library, tmp_path):
    change_facts(library("NH001"), {"name": "甲\U0002ebf0乙\U000323af馆"}, on=date(2025, 1, 1))
    out = tmp_path / "report.pdf"
    fresh = actions.freeze_edition("annual", "2025")
    with out.open("wb") as document:
        gaps = actions.render(fresh, "pdf", document)
    assert gaps == ["\U0002ebf0", "\U000323af"]
    text = subprocess.run(["pdftotext", out, "-"], capture_output=True, text=True, check=True).stdout
    assert "甲\U0002ebf0乙\U000323af馆" in text.replace("\n", "")
    assert "U+2EBF0" in actions.gaps_told("".join(gaps))


@pytest.mark.parametrize("form", actions.FORMATS)
def test_a_document_that_the_store_has_lost_is_written_again_with_the_same_bytes(edition, signed_in, person, form):
    kept = getattr(edition, form)
    before = content(kept)
    kept.storage.delete(kept.name)
    client = signed_in("office")
    client.cookies["django_language"] = "en"
    answers = [client.get(url(edition, form)), client.get(url(edition, form))]
    assert [answer.status_code for answer in answers] == [302, 404]
    page = client.get(edition.get_absolute_url()).content.decode()
    assert "The store has lost this document. It is written again out of the same figures." in page
    assert Record.objects.of(edition).filter(verb="lost", by=person("office")).count() == 1
    write_edition(Run.objects.get(task=WRITE_TASK).pk)
    again = getattr(Edition.objects.get(pk=edition.pk), form)
    assert (content(again), again.name != kept.name) == (before, True)
    assert status(client, url(edition, form)) == 200
