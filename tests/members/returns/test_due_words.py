"""Before its day is over a return is still to come; afterwards it is missing, wherever that is told (6.2.1 j)."""

import re
from datetime import datetime

import pytest

from members.periods.models import period_named
from members.returns.due.completeness import completeness
from members.returns.due.lists import ALL, ReturnList
from tests.members.returns.conftest import SHANGHAI

pytestmark = pytest.mark.clause("6.2.1 j")
FEBRUARY = "2026-02"
PAGES = ("/reports/returns/?tab=all", f"/reports/months/{FEBRUARY}/", "/reports/months/")
WORDS = re.compile(r"</svg>(still to come|missing)</span>|>(Still to come|Missing)<")
BEFORE, AFTER = datetime(2026, 3, 3, 9, tzinfo=SHANGHAI), datetime(2026, 3, 20, 9, tzinfo=SHANGHAI)


def told(client, path):
    page = client.get(path).content.decode()
    # The filter of the list offers both in one word of its own.
    return {word.lower() for found in WORDS.findall(page) for word in found if word}


@pytest.mark.parametrize(("day", "word"), [(BEFORE, "still to come"), (AFTER, "missing")])
def test_what_has_not_come_is_called_by_the_day(clock, as_person, day, word):
    clock.move_to(day)
    client = as_person("office")
    assert [told(client, path) for path in PAGES] == [{word}] * len(PAGES)


def test_drafts_and_what_was_given_back_have_words_of_their_own(clock, draft, submitted, person):
    from members.returns import actions

    draft("NH001")
    actions.give_back(submitted("NH002"), by=person("nanhai-reviewer"), note="请核对")
    counts = completeness(period_named(FEBRUARY))
    assert (counts.drafts, counts.returned, counts.missing, counts.expected) == (1, 1, 10, 10)
    clock.move_to(AFTER)
    rows = {row.library.code: row for row in ReturnList(person("office"), ALL, FEBRUARY).page({})}
    missing = [rows[code].is_missing for code in ("NH001", "NH002", "NH003")]
    # What was given back had come in time.
    assert missing == [True, False, True]


def test_a_number_says_of_which_libraries_it_speaks(as_person, library):
    scopes = {}
    for username in ("office", "nanhai", "branch"):
        page = as_person(username).get(PAGES[0]).content.decode()
        scopes[username] = re.findall(r"Libraries: (.*?)\.", page)
    assert scopes == {
        "office": ["whole system"],
        "nanhai": ["Nanhai District"],
        "branch": [library("NH002").facts.name],
    }
