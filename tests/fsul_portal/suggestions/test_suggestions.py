"""Hold the small duty: who makes, reviews and closes, and what it shows (of what a duty of its own would test)."""

from datetime import date

import pytest

from fsul_portal.grammar.evidence import Standing
from fsul_portal.verdicts import Overtaken, Refusal
from tests.fsul_portal.suggestions import actions
from tests.fsul_portal.suggestions.room import CARD


@pytest.fixture
def made(person, library):
    return actions.make(
        library=library("NH002"), by=person("nanhai"), title="Longer hours", text="Until ten.", token="a"
    )


def test_it_is_made_reviewed_and_closed_on_its_pages(signed_in, made):
    client = signed_in("office")
    client.post(f"{made.get_absolute_url()}review/", {"version": 0})
    client.post(f"{made.get_absolute_url()}close/", {"version": 1, "note": "Done from May."})
    made.refresh_from_db()
    assert made.state == "closed"
    told = client.get(made.get_absolute_url()).context["timeline"]
    assert [str(one["did"]) for one in told] == ["closed it", "reviewed", "made it"]


def test_nobody_reviews_his_own_and_nobody_twice(person, made):
    with pytest.raises(Refusal, match="of their own"):
        actions.review(made, by=person("nanhai"))
    actions.review(made, by=person("office"))
    with pytest.raises(Overtaken, match="reviewed already"):
        actions.review(made, by=person("office"))


@pytest.mark.parametrize(("username", "status"), [("office", 200), ("branch", 200), ("chancheng", 404)])
def test_strangers_do_not_find_it(signed_in, made, username, status):
    assert signed_in(username).get(made.get_absolute_url()).status_code == status


def test_the_same_form_sent_twice_makes_one(signed_in, made):
    typed = {"library": "NH002", "title": "Tea", "text": "Hot.", "token": "b"}
    answers = [signed_in("nanhai").post("/suggestions/new/", typed) for __ in range(2)]
    assert len({answer.headers["Location"] for answer in answers}) == 1


def test_the_duty_is_held_when_nothing_waits(person, made):
    held = CARD.evidence["7.3"]
    assert held(date.today()).standing is Standing.AT_RISK
    actions.review(made, by=person("office"))
    assert held(date.today()).standing is Standing.HELD
