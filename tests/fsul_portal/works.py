"""Hold the work that the tests of runs let others do; a worker loads this module by name."""

import os
import time

from django.db import OperationalError, transaction

from fsul_portal.records.models import Record
from fsul_portal.runs.tasks import RunFailed, recorded


def leave_result(claim):
    """Write one record as the result, in the transaction that ends the run."""
    with transaction.atomic():
        result = Record.objects.create(verb="worked", label=f"run {claim.run.pk}", after={"process": os.getpid()})
        claim.finish(result, log="one\ntwo")


@recorded("tests.quick_work")
def quick_work(claim):
    claim.tell(1, 2, "half of it")
    leave_result(claim)


@recorded("tests.slow_work")
def slow_work(claim):
    """Take as many seconds as the parameters say."""
    for step in range(int(claim.run.parameters["seconds"] * 10)):
        claim.tell(step, claim.run.parameters["seconds"] * 10)
        time.sleep(0.1)
    leave_result(claim)


@recorded("tests.work_that_raises")
def work_that_raises(claim):
    """Raise what the parameters name, after a result was begun."""
    problems = {
        "sentence": RunFailed("The month is not locked."),
        "database": OperationalError("server closed the connection unexpectedly"),
        "disk": OSError(28, "No space left on device"),
        "network": ConnectionRefusedError(111, "Connection refused"),
        "unforeseen": ValueError("secret path /srv/portal"),
    }
    with transaction.atomic():
        Record.objects.create(verb="half done")
        raise problems[claim.run.parameters["problem"]]


@recorded("tests.work_without_an_end")
def work_without_an_end(claim):
    claim.tell(1, 1)
