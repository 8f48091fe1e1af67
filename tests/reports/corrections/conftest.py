"""Lock a month on 10 March 2026, speak English, and help to write slips."""

import pytest
from django.urls import reverse

from members.months.actions import lock
from members.periods.models import Period
from reports.corrections import actions
from tests.members.returns.conftest import accepted, clock, draft, english, many_hands, stored, submitted

__all__ = ["accepted", "clock", "draft", "english", "many_hands", "stored", "submitted"]
MONTH = "2026-02"


@pytest.fixture
def locked(person, accepted):
    """Accept the returns of two libraries of 南海 and lock the month; return it."""
    accepted("NH003")
    accepted("NH002")
    lock(MONTH, by=person("office"), acknowledged=99)
    return Period.objects.get(code=MONTH)


@pytest.fixture
def slip(person, library, locked):
    """Begin a slip for NH003: `slip(V01=1500)`."""

    def begin(by="nanhai", code="NH003", reason="门禁漏计三天", **new):
        return actions.begin(library(code), locked, by=person(by), new=new, reason=reason)

    return begin


@pytest.fixture
def handed_in(person, slip):
    """Begin a slip and hand it in."""
    return lambda **new: actions.submit(slip(**new), by=person("nanhai"))


@pytest.fixture
def in_force(person, handed_in):
    """Begin a slip, hand it in and let the lead of the coordination group approve it."""
    return lambda **new: actions.agree(handed_in(**new), by=person("coordination-lead"))


@pytest.fixture
def page_of():
    return lambda name, *args: reverse(f"reports:correction-{name}", args=args)
