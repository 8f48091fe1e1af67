"""Hold long work: asked for once, done once, never lost, and its state plain to see."""

import time
from datetime import timedelta

import pytest
from billiard.exceptions import SoftTimeLimitExceeded
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from fsul_portal.records.models import Record
from fsul_portal.runs import actions
from fsul_portal.runs.claims import Claim, ClaimLost
from fsul_portal.runs.models import Run
from fsul_portal.runs.rules import may_see, may_start_again
from fsul_portal.runs.tasks import recorded, sweep_runs
from fsul_portal.verdicts import Overtaken
from tests.fsul_portal import works
from tests.fsul_portal.conftest import broker_at, messages_waiting
from tests.hands import at_once

pytestmark = pytest.mark.usefixtures("in_english")

INTERRUPTED = "The work was interrupted three times. Start it again, or tell the administrator."


def asked(key="annual:2025", task="tests.quick_work", by=None, **parameters):
    return actions.request_run(task, key=key, title="Annual report 2025", parameters=parameters, by=by)


def aged(run, seconds=3600, **change):
    """Make the run look as if its worker had been silent for so long."""
    Run.objects.filter(pk=run.pk).update(heartbeat_at=timezone.now() - timedelta(seconds=seconds), **change)


def state_of(run):
    run.refresh_from_db()
    return run.state


@pytest.mark.checklist("D3")
def test_asking_twice_writes_one_row_and_one_message(db, broker, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        first, second = asked(), asked()
    assert (first, Run.objects.count(), messages_waiting(broker)) == (second, 1, 1)


@pytest.mark.checklist("D3")
def test_eight_equal_requests_at_once_are_one_run(many_hands, broker):
    runs = at_once(lambda number: asked())
    assert {run.pk for run in runs} == {Run.objects.get().pk}
    assert messages_waiting(broker) == 1


def test_a_run_is_not_published_when_what_asked_for_it_is_undone(transactional_db, broker):
    with transaction.atomic():
        asked()
        transaction.set_rollback(True)
    assert (Run.objects.count(), messages_waiting(broker)) == (0, 0)


@pytest.mark.checklist("D2")
def test_a_run_asked_for_without_a_broker_waits_and_goes_out_later(transactional_db, no_broker):
    begun = time.monotonic()
    run = asked()
    assert time.monotonic() - begun < 5
    assert (state_of(run), run.published_at, actions.sweep()) == ("queued", None, (0, 0))
    with broker_at("memory://"):
        assert (actions.sweep(), actions.sweep()) == ((1, 0), (0, 0))
    run.refresh_from_db()
    assert run.published_at is not None


@pytest.mark.checklist("D2")
def test_a_page_that_asks_for_work_answers_without_a_broker(transactional_db, no_broker, signed_in, person):
    run = asked(by=person("office"))
    Run.objects.update(state="failed", error="It broke.")
    response = signed_in("office").post(reverse("run-again", args=[run.pk]))
    assert (response.status_code, state_of(run), run.error) == (302, "queued", "")


def test_a_message_that_got_lost_is_sent_again(db, broker):
    run = asked()
    actions.publish(run)
    assert actions.sweep() == (0, 0)
    Run.objects.update(published_at=timezone.now() - timedelta(hours=1))
    assert (actions.sweep(), messages_waiting(broker)) == ((1, 0), 2)


@pytest.mark.checklist("D3")
def test_of_many_workers_one_takes_the_run(many_hands, broker):
    run = asked()
    claims = [claim for claim in at_once(lambda number: Claim.take(run.pk)) if claim]
    assert [claim.run.pk for claim in claims] == [run.pk]


@pytest.mark.parametrize("state", ["running", "done", "failed"])
def test_only_a_waiting_run_is_taken(state, db):
    run = asked()
    Run.objects.update(state=state)
    assert Claim.take(run.pk) is None


def test_a_message_of_another_task_or_run_takes_nothing(db):
    run = asked()
    assert Claim.take(run.pk, task="tests.slow_work") is None
    works.quick_work(run.pk + 1)
    assert (state_of(run), Record.objects.count()) == ("queued", 0)


def test_work_is_done_once_however_often_its_message_comes(db):
    run = asked()
    for __ in range(3):
        works.quick_work(run.pk)
    assert (state_of(run), run.percent, run.log, run.is_over) == ("done", 100, "one\ntwo", True)
    assert [run.result] == list(Record.objects.filter(verb="worked"))


@pytest.mark.checklist("D1")
def test_a_run_whose_worker_is_silent_is_brought_back(db, broker):
    run = asked()
    Claim.take(run.pk)
    assert actions.sweep() == (0, 0)
    aged(run)
    assert actions.sweep() == (1, 1)
    assert (state_of(run), run.losses, run.message) == ("queued", 1, "曾被中断，将自动重新开始。")


@pytest.mark.checklist("D1")
def test_after_three_losses_the_run_fails_with_a_sentence(db, broker, settings):
    run = asked()
    for __ in range(3):
        Run.objects.update(not_before=timezone.now())
        assert Claim.take(run.pk)
        aged(run)
        sweep_runs()
    assert (state_of(run), run.losses, run.error, run.is_over) == ("failed", 3, INTERRUPTED, True)
    assert Claim.take(run.pk) is None


def test_a_failed_run_that_is_asked_for_again_begins_anew(db):
    run = asked()
    Run.objects.update(state="failed", losses=3, error=INTERRUPTED, finished_at=timezone.now())
    asked()
    assert (state_of(run), run.losses, run.error, run.finished_at) == ("queued", 0, "", None)


def test_a_worker_that_lives_is_not_taken_for_lost(many_hands, settings):
    settings.RUN_HEARTBEAT_SECONDS, settings.RUN_LOST_AFTER_SECONDS = 0.1, 1
    run = asked()
    with Claim.take(run.pk):
        time.sleep(2)
        assert list(Run.objects.lost()) == []
    time.sleep(1.5)
    assert list(Run.objects.lost()) == [run]


@pytest.mark.checklist("D1")
def test_a_worker_that_comes_back_from_the_dead_leaves_no_trace(db, broker):
    run = asked()
    late = Claim.take(run.pk)
    aged(run)
    actions.sweep()
    quick = Claim.take(run.pk)
    works.leave_result(quick)
    with pytest.raises(ClaimLost):
        late.tell(1, 2)
    with pytest.raises(ClaimLost):
        works.leave_result(late)
    late.fail("too late")
    late.release()
    assert (state_of(run), run.error, run.result) == ("done", "", Record.objects.get(verb="worked"))


def test_a_task_that_lost_its_claim_ends_quietly(db, broker):
    @recorded("tests.robbed_work")
    def robbed_work(claim):
        aged(claim.run)
        actions.sweep()
        works.leave_result(claim)

    run = asked(task="tests.robbed_work")
    robbed_work(run.pk)
    assert (state_of(run), run.losses, Record.objects.count()) == ("queued", 1, 0)


@pytest.mark.checklist("D1")
def test_work_that_loses_the_database_is_put_back_and_waits_a_little(transactional_db, broker):
    run = asked(task="tests.work_that_raises", problem="database")
    waits = []
    for __ in range(3):
        works.work_that_raises(run.pk)
        run.refresh_from_db()
        waits.append((run.state, run.losses, round((run.not_before - timezone.now()).total_seconds(), -1)))
    assert waits[:2] == [("queued", 1, 0), ("queued", 2, 10)]
    assert (run.state, run.error, Record.objects.count()) == ("failed", INTERRUPTED, 0)


@pytest.mark.checklist("D13")
@pytest.mark.checklist("E7")
@pytest.mark.parametrize(
    ("problem", "sentence"),
    [
        ("sentence", "The month is not locked."),
        ("disk", "A file could not be written: No space left on device"),
        ("network", "Something went wrong that was not foreseen; the administrator finds it in the log."),
        ("unforeseen", "Something went wrong that was not foreseen; the administrator finds it in the log."),
    ],
)
def test_a_failure_leaves_a_sentence_and_nothing_half_done(problem, sentence, db):
    run = asked(task="tests.work_that_raises", problem=problem)
    works.work_that_raises(run.pk)
    assert (state_of(run), run.error, Record.objects.count()) == ("failed", sentence, 0)


@pytest.mark.checklist("D12")
def test_work_that_takes_too_long_says_so(db):
    @recorded("tests.endless_work")
    def endless_work(claim):
        raise SoftTimeLimitExceeded

    run = asked(task="tests.endless_work")
    endless_work(run.pk)
    assert (state_of(run), run.error) == ("failed", "The work took longer than it may.")


def test_work_that_forgets_to_finish_is_no_success(db):
    run = asked(task="tests.work_without_an_end")
    works.work_without_an_end(run.pk)
    assert state_of(run) == "failed"


@pytest.mark.checklist("C1")
def test_control_characters_and_long_words_of_the_work_are_kept_out_of_the_row(db):
    run = actions.request_run("tests.quick_work", key="1", title="Report\x00" + "é" * 300)
    claim = Claim.take(run.pk)
    claim.tell(1, 2, "row\x00 " + "x" * 400)
    claim.fail("bad\x00 value", log="line\x1b[31m")
    run.refresh_from_db()
    assert (run.title, len(run.message), run.error, run.log) == ("Report" + "é" * 194, 0, "bad value", "line[31m")


def test_the_moves_of_a_run_are_those_of_its_table(db):
    run = asked()
    assert [state for state in Run.State if run.can_become(state)] == [Run.State.RUNNING]


@pytest.mark.checklist("B8")
def test_a_run_is_seen_by_who_asked_for_it_the_office_and_the_administrator(cast, signed_in):
    run = asked(by=cast["nanhai"])
    seen = {name for name in cast if signed_in(name).get(run.get_absolute_url()).status_code == 200}
    assert seen == {"nanhai", "office", "admin"}
    assert {name for name, who in cast.items() if may_see(who, run)} == seen
    assert {signed_in(name).get(run.get_absolute_url()).status_code for name in set(cast) - seen} == {404}


def test_a_run_is_polled_as_long_as_it_is_under_way(cast, signed_in):
    run = asked(by=cast["office"])
    polled = []
    for state in Run.State.values:
        Run.objects.update(state=state)
        html = signed_in("office").get(run.get_absolute_url(), headers={"HX-Request": "true"}).content.decode()
        polled.append((state, 'data-hx-trigger="every 2s"' in html, "<html" in html))
    assert polled == [
        ("queued", True, False),
        ("running", True, False),
        ("done", False, False),
        ("failed", False, False),
    ]


def test_the_page_leads_to_the_result_and_says_what_went_wrong(cast, signed_in):
    run = asked(by=cast["office"])
    client = signed_in("office")
    earlier = asked(key="another")
    Claim.take(run.pk).finish(earlier)
    assert f'href="{earlier.get_absolute_url()}"' in client.get(run.get_absolute_url()).content.decode()
    Run.objects.update(state="failed", error="The month is not locked.")
    html = client.get(run.get_absolute_url()).content.decode()
    assert "The month is not locked." in html
    assert f'action="{reverse("run-again", args=[run.pk])}"' in html


@pytest.mark.checklist("C2")
def test_words_of_the_work_are_shown_as_text(cast, signed_in):
    hostile = "<script>alert(1)</script>"
    run = asked(by=cast["office"])
    Run.objects.update(title=hostile, message=hostile, error=hostile, log=hostile, state="failed")
    html = signed_in("office").get(run.get_absolute_url()).content.decode()
    assert "<script>alert" not in html


def test_a_failed_run_is_started_again_by_those_who_may_see_it(cast, signed_in):
    run = asked(by=cast["nanhai"])
    again, may = {}, set()
    for name, who in cast.items():
        Run.objects.update(state="failed")
        run.refresh_from_db()
        may |= {name} if may_start_again(who, run) else set()
        again[name] = (signed_in(name).post(reverse("run-again", args=[run.pk])).status_code, state_of(run))
    assert may == {"nanhai", "office", "admin"}
    assert {name: (302, "queued") if name in may else (404, "failed") for name in cast} == again
    assert set(Record.objects.of(run).values_list("verb", flat=True)) == {"started again"}


@pytest.mark.checklist("D3")
@pytest.mark.parametrize("state", ["queued", "running", "done"])
def test_what_has_not_failed_is_not_started_again(state, cast, signed_in):
    run = asked(by=cast["office"])
    Run.objects.update(state=state)
    response = signed_in("office").post(reverse("run-again", args=[run.pk]))
    assert (response.status_code, state_of(run)) == (409, state)


def test_starting_again_twice_at_once_starts_it_once(many_hands, broker, cast):
    run = asked(by=cast["office"])
    Run.objects.update(state="failed")
    messages_waiting(broker)
    outcomes = at_once(lambda number: actions.start_again(run, by=cast["office"]), times=4)
    assert [type(outcome) for outcome in outcomes].count(Overtaken) == 3
    assert messages_waiting(broker) == 1


def test_a_link_does_not_start_a_run_again(cast, signed_in):
    run = asked(by=cast["office"])
    Run.objects.update(state="failed")
    assert signed_in("office").get(reverse("run-again", args=[run.pk])).status_code == 405
    assert state_of(run) == "failed"


@pytest.mark.checklist("B10")
@pytest.mark.parametrize("model", ["run", "notice", "delivery", "record"])
def test_nobody_changes_what_the_portal_wrote_in_the_admin(model, cast, signed_in):
    run = asked(by=cast["office"])
    Record.objects.create(verb="kept", thing=run)
    for name in cast:
        client = signed_in(name)
        assert client.post(reverse(f"admin:fsul_portal_{model}_add"), {}).status_code in (302, 403)
        assert client.get(reverse(f"admin:fsul_portal_{model}_changelist")).status_code in (200, 302, 403)
    keepers = ["admin", "office"] if model in ("run", "record") else ["admin"]
    url = reverse(f"admin:fsul_portal_{model}_changelist")
    assert sorted(name for name in cast if signed_in(name).get(url).status_code == 200) == keepers
    assert (Run.objects.count(), Record.objects.filter(verb="kept").count()) == (1, 1)
