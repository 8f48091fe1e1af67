"""Hold the log: one entry, one line, whatever people typed."""

import io
import logging

import pytest
from django.conf import settings

from fsul_portal.gate.middleware import OneLineFormatter

FORGED = "anna\r\n2026-01-01 00:00:00 INFO - portal: admin signed in\x0b\x0c\x1b[2K\x85\u2028\u2029\x00"
ENTRY = settings.LOGGING["formatters"]["line"]["format"].replace("{request_number} {client_address}", "- -")


@pytest.fixture
def log():
    """Lend a logger with the portal's own formatter and what it wrote: `logger, lines()`."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(OneLineFormatter(ENTRY, style="{"))
    logger = logging.getLogger("tests.log")
    logger.addHandler(handler)
    logger.propagate = False
    yield logger, lambda: stream.getvalue().splitlines()
    logger.removeHandler(handler)
    logger.propagate = True


@pytest.mark.checklist("E8")
def test_a_name_with_line_ends_stays_on_its_line(log):
    logger, lines = log
    logger.warning("Wrong password for %s", FORGED)
    logger.warning(f"Wrong password for {FORGED}")
    assert [line.split("tests.log: ")[1] for line in lines()] == [
        "Wrong password for anna\\r\\n2026-01-01 00:00:00 INFO - portal: admin signed in"
        "\\x0b\\x0c\\x1b[2K\\x85\\u2028\\u2029\\x00"
    ] * 2


@pytest.mark.checklist("E8")
def test_a_traceback_cannot_be_taken_for_another_entry(log):
    logger, lines = log
    try:
        raise ValueError(FORGED)
    except ValueError:
        logger.exception("It broke.")
    entry, *traceback = lines()
    assert entry.endswith("ERROR - - tests.log: It broke.")
    assert {line[:6] for line in traceback} == {"    | "}


def test_chinese_is_written_as_it_is(log):
    logger, lines = log
    logger.warning("南海区总馆")
    assert [line.split("tests.log: ")[1] for line in lines()] == ["南海区总馆"]
