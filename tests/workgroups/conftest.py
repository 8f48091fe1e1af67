"""Give the tests of filings a few short verbs."""

import pytest

from members.people.models import User
from tests.english import in_english
from tests.hands import many_hands
from tests.workgroups.coordination.filings.filings import answers_of
from workgroups.coordination.filings import actions, rules
from workgroups.coordination.filings.models import Filing

__all__ = ["in_english", "many_hands"]


@pytest.fixture
def draft(person, library):
    """Begin a filing as 南海's editor: `draft("NH003", "suspension", day=…)`."""

    def begin(code="NH003", kind="move", by="nanhai", **answers):
        return actions.begin(kind, library(code), by=person(by), asked=answers_of(kind, **answers))

    return begin


@pytest.fixture
def submitted(draft, person):
    def submit(*args, by="nanhai", **answers):
        return actions.submit(draft(*args, by=by, **answers), by=person(by), checked=True)

    return submit


@pytest.fixture
def signed(submitted, person):
    def sign(*args, **answers):
        return actions.agree(submitted(*args, **answers), by=person("nanhai-reviewer"))

    return sign


@pytest.fixture
def approved(signed):
    """Let everybody agree whose turn it is, whatever stages the way has after the signature."""

    def approve(*args, **answers):
        filing = signed(*args, **answers)
        while filing.state == Filing.State.SUBMITTED:
            asked = next(one for one in User.objects.order_by("pk") if rules.may_decide(one, filing))
            filing = actions.agree(filing, by=asked)
        return filing

    return approve
