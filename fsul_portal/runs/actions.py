"""Ask for long work, hand it to the broker, bring it back when it was lost."""

import logging
from datetime import timedelta
from typing import Any

from celery import current_app
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fsul_portal.grammar.words import Spoken
from fsul_portal.records.actions import record
from fsul_portal.runs.models import LOSSES_ALLOWED, NO_MESSAGE, Run, kept
from fsul_portal.runs.rules import may_start_again
from fsul_portal.users import User
from fsul_portal.verdicts import require

logger = logging.getLogger(__name__)

PAUSE_AFTER_LOSS = timedelta(seconds=10)


@transaction.atomic
def request_run(
    task: str, *, key: str, title: Spoken, parameters: dict[str, Any] | None = None, by: User | None = None
) -> Run:
    """Write the row of a run, or find the one with this key; hand it to the broker once the transaction holds.

    A failed run of the same key is asked for again. Calling it twice asks once.
    """
    defaults = {"task": task, "parameters": parameters or {}, "requested_by": by} | kept("title", title, 200)
    run, fresh = Run.objects.get_or_create(key=key, defaults=defaults)
    if fresh or _ask_again(run):
        _publish_on_commit(run)
    return run


@transaction.atomic
def start_again(run: Run, *, by: User) -> Run:
    """Put a failed run back into the queue, because a person asks for it."""
    run = Run.objects.select_for_update().get(pk=run.pk)
    require(may_start_again(by, run))
    _ask_again(run)
    record(run, "started again", by=by, before={"error": run.error})
    _publish_on_commit(run)
    return run


def _ask_again(run: Run) -> bool:
    """Put a failed run back into the queue; return whether this call did it."""
    change = {"losses": 0, "error": "", **NO_MESSAGE, "published_at": None, "finished_at": None, "progress": 0}
    failed = Run.objects.filter(pk=run.pk, state=Run.State.FAILED)
    return failed.update(state=Run.State.QUEUED, not_before=timezone.now(), **change) == 1


def _publish_on_commit(run: Run) -> None:
    # A worker would not find the row before; robust, since a broker that is away must not fail what is committed.
    transaction.on_commit(lambda: publish(run), robust=True)


def publish(run: Run) -> bool:
    """Hand a waiting run to the broker and say whether it took it; when it is away the sweeper does it later.

    A message too many does no harm: the row is claimed once.
    """
    try:
        current_app.send_task(run.task, args=[run.pk], retry=False)
    except Exception:
        logger.warning("The broker did not take run %s; the sweeper will try again.", run.pk)
        return False
    Run.objects.filter(pk=run.pk).update(published_at=timezone.now())
    return True


def sweep() -> tuple[int, int]:
    """Bring back what was lost and publish what nobody took; return (published, brought back)."""
    back = _bring_back_lost()
    published = 0
    for run in Run.objects.unpublished().order_by("not_before")[:100]:
        # A broker that is away answers slowly; one question is enough.
        if not publish(run):
            break
        published += 1
    return published, back


@transaction.atomic
def _bring_back_lost() -> int:
    # Whoever holds a row's lock is alive, in the middle of a transaction; waiting for him would hold up all others.
    lost = Run.objects.lost().select_for_update(skip_locked=True)
    return sum(_bring_back(run) for run in lost)


def _bring_back(run: Run) -> int:
    # The claim in the condition keeps a worker that is alive after all from being robbed by an old reading.
    return Run.objects.filter(
        pk=run.pk, state=Run.State.RUNNING, claim=run.claim, heartbeat_at=run.heartbeat_at
    ).update(**after_loss(run.losses + 1))


def after_loss(losses: int) -> dict[str, Any]:
    """Return what one more loss makes of a run: it waits a little longer each time, and the third one ends it."""
    change = {"losses": losses, "claim": "", "published_at": None}
    if losses >= LOSSES_ALLOWED:
        sentence = _("The work was interrupted three times. Start it again, or tell the administrator.")
        return change | {"state": Run.State.FAILED, "finished_at": timezone.now(), "error": sentence, **NO_MESSAGE}
    change |= kept("message", lambda: _("Interrupted; it starts again by itself."), 300)
    return change | {"state": Run.State.QUEUED, "not_before": timezone.now() + (losses - 1) * PAUSE_AFTER_LOSS}
