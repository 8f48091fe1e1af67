"""Hold the press that all workers share: each part printed once, by whoever is free, whatever dies meanwhile."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from pypdf import PdfReader

from fsul_portal.printing import jobs as printing
from fsul_portal.printing.jobs import PrintJob
from fsul_portal.printing.press import DocumentUnavailable
from fsul_portal.runs.claims import Claim
from fsul_portal.runs.models import Run
from fsul_portal.runs.tasks import RunFailed
from reports.editions.tasks import print_part
from reports.editions.workshop import actions as workshop
from reports.editions.workshop.actions import SharedPress
from reports.editions.workshop.models import KEPT, PART_TASK, PrintedPart
from tests.hands import at_once, many_hands

__all__ = ["many_hands"]

pytestmark = [pytest.mark.clause("6.2.1 j"), pytest.mark.django_db]


def job(words):
    return PrintJob(f'<html lang="en"><head><title>{words}</title></head><body><p>{words}</p></body></html>', {})


JOBS = [job("one"), job("two"), job("three")]


@pytest.fixture
def printed(monkeypatch):
    """Return what is printed, in its order."""
    seen = []

    def note(html, *given, **named):
        seen.append(html)
        return print_document(html, *given, **named)

    print_document = printing.print_document
    monkeypatch.setattr(printing, "print_document", note)
    return seen


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    monkeypatch.setattr(workshop, "PAUSE_SECONDS", 0.01)
    monkeypatch.setattr(workshop, "SWEEP_SECONDS", 0.0)


def go(tmp_path, jobs=JOBS, tell=lambda done: None):
    return SharedPress().print_all(jobs, tmp_path, tell)


def test_one_worker_alone_prints_everything_in_its_order(tmp_path, printed):
    steps = []
    paths = go(tmp_path, tell=steps.append)
    assert ["".join(page.extract_text() for page in PdfReader(path).pages) for path in paths] == ["one", "two", "three"]
    assert steps[0] == 0
    assert steps[-1] == 3
    assert set(Run.objects.filter(task=PART_TASK).values_list("state", flat=True)) == {"done"}


def test_the_next_report_prints_only_what_has_changed(tmp_path, printed):
    go(tmp_path)
    printed.clear()
    go(tmp_path, [JOBS[0], job("other"), JOBS[2]])
    assert len(printed) == 1
    assert "other" in printed[0]


def test_few_parts_are_printed_without_anybody_else(tmp_path, printed):
    go(tmp_path, JOBS[:2])
    assert len(printed) == 2
    assert not PrintedPart.objects.exists()


def test_a_message_that_comes_late_prints_nothing_again(tmp_path, printed):
    go(tmp_path)
    for run in Run.objects.filter(task=PART_TASK):
        print_part(run.pk)
    assert len(printed) == 3


def test_another_worker_may_print_a_part(tmp_path, printed):
    parts = [workshop.ask_for(one) for one in JOBS]
    print_part(Run.objects.get(key=f"part:{parts[1].pk}").pk)
    assert len(printed) == 1
    go(tmp_path)
    assert len(printed) == 3


def test_the_part_of_a_worker_that_died_is_taken_up(tmp_path, printed, settings):
    part = workshop.ask_for(JOBS[1])
    run = Run.objects.get(key=f"part:{part.pk}")
    assert Claim.take(run.pk)
    silent = timezone.now() - timedelta(seconds=settings.RUN_LOST_AFTER_SECONDS + 1)
    Run.objects.filter(pk=run.pk).update(heartbeat_at=silent)
    assert len(go(tmp_path)) == 3
    assert len(printed) == 3


def test_a_part_that_cannot_be_printed_fails_the_report_with_its_sentence(tmp_path, monkeypatch):
    def refuse(*given, **named):
        raise DocumentUnavailable("no font")

    monkeypatch.setattr(printing, "print_document", refuse)
    with pytest.raises(RunFailed, match="no font"):
        go(tmp_path)
    assert not PrintedPart.objects.exclude(pdf="").exists()


def test_what_failed_elsewhere_is_tried_once_more_by_whoever_builds(tmp_path, printed):
    part = workshop.ask_for(JOBS[0])
    claim = Claim.take(Run.objects.get(key=f"part:{part.pk}").pk)
    claim.fail("The disk was full.")
    assert len(go(tmp_path)) == 3


def test_what_nobody_has_asked_for_in_a_long_time_goes_with_its_files(tmp_path, printed):
    go(tmp_path)
    old = PrintedPart.objects.first()
    PrintedPart.objects.filter(pk=old.pk).update(used_at=timezone.now() - KEPT - timedelta(days=1))
    workshop.clear_unused()
    assert not default_storage.exists(old.pdf.name)
    assert not default_storage.exists(old.job.name)
    assert PrintedPart.objects.count() == 2
    # And it is printed anew when somebody asks again.
    printed.clear()
    go(tmp_path)
    assert len(printed) == 1


@pytest.mark.checklist("D3")
def test_two_builders_at_once_print_each_part_once(many_hands, tmp_path, monkeypatch):
    printed = []

    def write(job, path):
        printed.append(job.html)
        path.write_bytes(job.digest.encode())

    monkeypatch.setattr(PrintJob, "print", write)
    folders = [tmp_path / "one", tmp_path / "other"]
    for folder in folders:
        folder.mkdir()
    outcomes = at_once(lambda number: go(folders[number]), times=2)
    assert [[path.read_bytes() for path in paths] for paths in outcomes] == [[one.digest.encode() for one in JOBS]] * 2
    assert sorted(printed) == sorted(one.html for one in JOBS)


@pytest.mark.checklist("D3")
def test_a_kept_part_whose_file_is_gone_is_printed_again(tmp_path, printed):
    go(tmp_path)
    printed.clear()
    lost = PrintedPart.objects.all()[1]
    default_storage.delete(lost.pdf.name)
    paths = go(tmp_path)
    assert ["".join(page.extract_text() for page in PdfReader(path).pages) for path in paths] == ["one", "two", "three"]
    assert len(printed) == 1
    assert default_storage.exists(PrintedPart.objects.get(pk=lost.pk).pdf.name)
    assert Run.objects.get(key=f"part:{lost.pk}").state == Run.State.DONE


def test_what_is_to_be_printed_is_written_again_where_the_store_has_lost_it(printed):
    part = workshop.ask_for(JOBS[0])
    default_storage.delete(part.job.name)
    part = workshop.ask_for(JOBS[0])
    # A worker elsewhere has nothing but the store.
    print_part(Run.objects.get(key=f"part:{part.pk}").pk)
    assert len(printed) == 1
    assert PrintedPart.objects.get(pk=part.pk).pdf


def test_a_job_that_is_lost_while_the_report_is_built_holds_nobody_up(tmp_path, printed):
    def lose(done):
        for part in PrintedPart.objects.filter(pdf=""):
            default_storage.delete(part.job.name)

    assert len(go(tmp_path, tell=lose)) == 3
    assert len(printed) == 3


def test_a_part_that_is_lost_before_it_is_fetched_is_printed_by_whoever_builds(tmp_path, printed):
    def lose(done):
        if done == 3:
            default_storage.delete(PrintedPart.objects.first().pdf.name)

    paths = go(tmp_path, tell=lose)
    assert ["".join(page.extract_text() for page in PdfReader(path).pages) for path in paths] == ["one", "two", "three"]
    assert len(printed) == 4
