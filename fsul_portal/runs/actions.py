"""Ask for long work, claim it, bring it back when it was lost."""

import logging
import threading
import uuid

from celery import current_app
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from fsul_portal.runs.models import HEARTBEAT, LOSSES_ALLOWED, Run

logger = logging.getLogger(__name__)


class ClaimLost(Exception):
    """Tell a worker that the row was given to another one; it must leave without a trace."""


@transaction.atomic
def request_run(task, *, key, title, parameters=None, by=None):
    """Write the row of a run, or find the one with this key; hand it to the broker once the transaction holds.

    A failed run of the same key is asked for again. Calling it twice asks once.
    """
    run, fresh = Run.objects.get_or_create(
        key=key, defaults={"task": task, "title": title, "parameters": parameters or {}, "requested_by": by}
    )
    if not fresh and run.state == Run.State.FAILED:
        fresh = ask_again(run)
    if fresh:
        transaction.on_commit(lambda: publish(run.pk), robust=True)
    return run


def ask_again(run):
    """Put a failed run back into the queue; return whether this call did it."""
    return bool(
        Run.objects.filter(pk=run.pk, state=Run.State.FAILED).update(
            state=Run.State.QUEUED, losses=0, error="", published_at=None, finished_at=None, not_before=timezone.now()
        )
    )


def publish(pk):
    """Hand a waiting run to the broker; when the broker is away the sweeper does it later."""
    run = Run.objects.filter(pk=pk, state=Run.State.QUEUED).first()
    if run is None:
        return False
    try:
        current_app.send_task(run.task, args=[run.pk], retry=False)
    except Exception:
        logger.warning("The broker did not take run %s; the sweeper will try again.", pk)
        return False
    Run.objects.filter(pk=pk).update(published_at=timezone.now())
    return True


def sweep():
    """Publish what nobody took and bring back what was lost; return (published, brought back)."""
    back = 0
    for run in Run.objects.lost():
        back += _bring_back(run)
    published = sum(publish(run.pk) for run in Run.objects.unpublished()[:100])
    return published, back


def _bring_back(run):
    losses = run.losses + 1
    change = {"losses": losses, "claim": "", "published_at": None}
    if losses >= LOSSES_ALLOWED:
        change |= {
            "state": Run.State.FAILED,
            "finished_at": timezone.now(),
            "error": _("The work was interrupted three times. Start it again, or tell the administrator."),
        }
    else:
        change |= {"state": Run.State.QUEUED, "message": _("Interrupted; it starts again by itself.")}
    # The claim in the condition keeps a worker that is alive after all from being robbed by an old reading.
    return Run.objects.filter(
        pk=run.pk, state=Run.State.RUNNING, claim=run.claim, heartbeat_at=run.heartbeat_at
    ).update(**change)


class Claim:
    """Hold a run while it is worked on: say how far, and finish it in the transaction of its result."""

    def __init__(self, run):
        self.run = run
        self._stop = threading.Event()
        self._heart = threading.Thread(target=self._beat, daemon=True)

    @classmethod
    def take(cls, pk):
        """Return a claim, or None when the run is taken, over or unknown."""
        token = uuid.uuid4().hex
        now = timezone.now()
        taken = Run.objects.filter(pk=pk, state=Run.State.QUEUED).update(
            state=Run.State.RUNNING, claim=token, heartbeat_at=now, progress=0, error="", message=""
        )
        return cls(Run.objects.get(pk=pk)) if taken else None

    def __enter__(self):
        self._heart.start()
        return self

    def __exit__(self, *problem):
        self._stop.set()
        self._heart.join()

    def _beat(self):
        try:
            while not self._stop.wait(HEARTBEAT.total_seconds()):
                self._mine().update(heartbeat_at=timezone.now())
        except Exception:
            logger.warning("The sign of life of run %s could not be written.", self.run.pk)
        finally:
            connection.close()

    def _mine(self):
        return Run.objects.filter(pk=self.run.pk, claim=self.run.claim, state=Run.State.RUNNING)

    def tell(self, progress, total, message=""):
        """Say how far the work is; it also counts as a sign of life."""
        told = self._mine().update(
            progress=progress, total=total, message=str(message)[:300], heartbeat_at=timezone.now()
        )
        if not told:
            raise ClaimLost(self.run.pk)

    def finish(self, result=None, log=""):
        """Mark the run done; call it in the same transaction that writes the result."""
        change = {"state": Run.State.DONE, "finished_at": timezone.now(), "progress": F("total"), "log": log}
        if result is not None:
            change |= {"content_type": ContentType.objects.get_for_model(result), "object_id": result.pk}
        if not self._mine().update(**change):
            raise ClaimLost(self.run.pk)

    def fail(self, sentence, log=""):
        self._mine().update(
            state=Run.State.FAILED, finished_at=timezone.now(), error=str(sentence), log=log, message=""
        )

    def release(self):
        """Put the run back into the queue, to be taken again in a few seconds."""
        self._mine().update(state=Run.State.QUEUED, claim="", published_at=None, losses=F("losses") + 1)
