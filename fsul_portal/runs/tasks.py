"""Take runs from the broker: id in, claim, act, nothing else."""

import errno
import functools
import logging
from collections.abc import Callable
from typing import Any

from billiard.exceptions import SoftTimeLimitExceeded
from celery import shared_task
from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.utils import translation
from django.utils.translation import gettext as _

from fsul_portal.runs.actions import sweep
from fsul_portal.runs.claims import Claim, ClaimLost

Work = Callable[[Claim], None]

logger = logging.getLogger(__name__)

FILE_TROUBLE = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EFBIG, errno.EIO}


class RunFailed(Exception):
    """Carry the sentence that the person who asked for the run shall read."""


def recorded(name: str) -> Callable[[Work], Any]:
    """Turn `work(claim)` into a Celery task that runs once per row, whatever the broker does.

    The work calls `claim.tell` as it goes and `claim.finish` in the transaction of its result.
    """

    def decorate(work: Work) -> Any:
        @shared_task(name=name)
        @functools.wraps(work)
        def task(pk: int) -> None:
            claim = Claim.take(pk, task=name)
            if claim is None:
                return
            with claim, translation.override(settings.LANGUAGE_CODE):
                _perform(work, claim)

        task.work = work
        return task

    return decorate


def _perform(work: Work, claim: Claim) -> None:
    try:
        work(claim)
        if not claim.finished:
            raise RuntimeError("The work ended without claim.finish.")
    except ClaimLost:
        logger.warning("Run %s was given to another worker.", claim.run.pk)
    except (OperationalError, InterfaceError):
        # The row still says "running"; when the database is back the sweeper finds it.
        logger.warning("Run %s lost the database.", claim.run.pk)
        _release(claim)
    except SoftTimeLimitExceeded:
        claim.fail(_("The work took longer than it may."))
    except RunFailed as problem:
        claim.fail(problem)
    except Exception as problem:
        logger.exception("Run %s failed.", claim.run.pk)
        claim.fail(_sentence(problem))


def _sentence(problem: Exception) -> str:
    if isinstance(problem, OSError) and problem.errno in FILE_TROUBLE:
        return _("A file could not be written: %(reason)s") % {"reason": problem.strerror}
    return _("Something went wrong that was not foreseen; the administrator finds it in the log.")


def _release(claim: Claim) -> None:
    connection.close()
    try:
        claim.release()
    except DatabaseError:
        logger.warning("Run %s waits for the sweeper.", claim.run.pk)


@shared_task(name="runs.sweep")
def sweep_runs() -> None:
    sweep()
