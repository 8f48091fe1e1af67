"""Put the clock on 10 March 2026, speak English, and help to fill returns in."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.utils import translation

from members.returns import actions
from members.returns.models import Return
from tests.hands import many_hands
from tests.members.returns.figures import sound

__all__ = ["many_hands"]
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(datetime(2026, 3, 10, 9, 0, tzinfo=SHANGHAI), tick=True) as traveller:
        yield traveller


@pytest.fixture
def draft(person, library):
    """Leave a sound draft: `draft("NH003")`, by nanhai for February 2026 unless said otherwise."""

    def begin(code="NH003", period="2026-02", by="nanhai", **figures):
        return actions.save_draft(library(code), period, sound(**figures), {}, by=person(by))

    return begin


@pytest.fixture
def submitted(person, draft):
    """Hand a sound return in."""
    return lambda *args, **options: actions.submit(draft(*args, **options), by=person(options.get("by", "nanhai")))


@pytest.fixture
def accepted(person, submitted):
    """Hand a sound return in and let 南海's reviewer accept it."""
    return lambda *args, **options: actions.accept(submitted(*args, **options), by=person("nanhai-reviewer"))


@pytest.fixture
def stored():
    """Fetch a return as it is now: `stored("NH003")`."""
    return lambda code, period="2026-02": Return.objects.get(library__code=code, period__code=period)


@pytest.fixture
def as_person(person):
    """Sign a person in on a client of his own: `as_person("nanhai")`."""

    def sign_in(username):
        client = Client()
        client.force_login(person(username), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in
