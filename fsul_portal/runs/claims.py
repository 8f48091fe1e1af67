"""Hold a run while it is worked on, and let go of it without a trace when it was given to somebody else."""

import logging
import threading
import uuid
from typing import Any, Self

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import F, Model
from django.utils import timezone

from fsul_portal.grammar.text import clean
from fsul_portal.grammar.words import Spoken, Words
from fsul_portal.runs.actions import after_loss
from fsul_portal.runs.models import NO_MESSAGE, Run, RunQuerySet, kept

logger = logging.getLogger(__name__)


class ClaimLost(Exception):
    """Tell a worker that the row was given to another one; it must leave without a trace."""


class Claim:
    """Hold a run while it is worked on: say how far, and finish it in the transaction of its result."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.finished = False
        self._stop = threading.Event()
        self._heart = threading.Thread(target=self._beat, daemon=True)

    @classmethod
    def take(cls, pk: int, task: str | None = None) -> Self | None:
        """Return a claim, or None when the run is taken, over, unknown, or not for this task."""
        waiting = Run.objects.filter(pk=pk, state=Run.State.QUEUED)
        if task:
            waiting = waiting.filter(task=task)
        taken = waiting.update(
            state=Run.State.RUNNING,
            claim=uuid.uuid4().hex,
            heartbeat_at=timezone.now(),
            progress=0,
            error="",
            **NO_MESSAGE,
        )
        return cls(Run.objects.get(pk=pk)) if taken else None

    def __enter__(self) -> Self:
        self._heart.start()
        return self

    def __exit__(self, *problem: object) -> None:
        self._stop.set()
        self._heart.join(timeout=10)

    def _beat(self) -> None:
        while not self._stop.wait(settings.RUN_HEARTBEAT_SECONDS):
            try:
                if not self._mine().update(heartbeat_at=timezone.now()):
                    return
            except Exception:
                # The database may be back for the next beat.
                logger.warning("The sign of life of run %s could not be written.", self.run.pk)
            finally:
                # A thread has a connection of its own, which nobody else would close.
                connection.close()

    def _mine(self) -> RunQuerySet[Run]:
        return Run.objects.filter(pk=self.run.pk, claim=self.run.claim, state=Run.State.RUNNING)

    def _change(self, **change: Any) -> None:
        if not self._mine().update(**change):
            raise ClaimLost(self.run.pk)

    def tell(self, progress: int, total: int, message: Spoken = "") -> None:
        """Say how far the work is, outside of any transaction; it also counts as a sign of life."""
        words = kept("message", message, 300)
        self._change(progress=progress, total=total, heartbeat_at=timezone.now(), **words)

    def finish(self, result: Model | None = None, log: str = "") -> None:
        """Mark the run done; call it in the same transaction that writes the result."""
        change = {"state": Run.State.DONE, "finished_at": timezone.now(), "progress": F("total"), "log": clean(log)}
        if result is not None:
            change |= {"content_type": ContentType.objects.get_for_model(result), "object_id": result.pk}
        self._change(**change)
        self.finished = True

    def fail(self, sentence: Words | Exception, log: str = "") -> None:
        """Mark the run failed with the sentence that the person who asked for it shall read."""
        error, finished_at = clean(str(sentence)), timezone.now()
        self._mine().update(state=Run.State.FAILED, finished_at=finished_at, error=error, log=clean(log), **NO_MESSAGE)

    def release(self) -> None:
        """Put the run back into the queue, or fail it when this happened too often."""
        self._mine().update(**after_loss(self.run.losses + 1))
