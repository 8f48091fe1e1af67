"""Hold that the sentences which open a report say each thing once, as an official would."""

import re

import pytest
from django.utils.translation import override

from members.indicators.dictionary import FIRST_INDICATORS
from members.libraries.models import Spell
from reports.documents.figures import spoken_name
from reports.documents.reading import Indicator, Reading
from reports.documents.words.proposal import OVERVIEW, paragraphs
from reports.documents.words.sentences import LIBRARIES_OF_LEVEL
from tests.chinese import faults
from tests.reports.documents.fakes import snapshot

EVENT = {"code": "NH001", "name": "甲馆", "on": "2025-03-11"}


def opening(language, *, kind="monthly", **network):
    """Return the first sentences of a report on libraries that came, went and moved so."""
    facts = snapshot(kind, 14)
    facts["network"] |= {"opened": [], "closed": [], "moved": []} | network
    with override(language):
        return paragraphs(Reading(facts), OVERVIEW)[0]


def said(name, unit):
    return spoken_name(Indicator("X01", name, unit, "", stock=False))


@pytest.mark.parametrize(
    ("network", "sentence"),
    [
        ({}, "本月无新增、撤销、搬迁。"),
        ({"opened": [EVENT]}, "本月新增1个，无撤销、搬迁。"),
        ({"opened": [EVENT] * 2, "moved": [EVENT]}, "本月新增2个，搬迁1个，无撤销。"),
        ({"opened": [EVENT], "closed": [EVENT], "moved": [EVENT]}, "本月新增1个，撤销1个，搬迁1个。"),
    ],
)
@pytest.mark.clause("6.2.1 j")
def test_what_did_not_happen_to_libraries_is_said_once(network, sentence):
    assert opening("zh-hans", **network).split("。", 1)[1] == sentence


def test_english_says_the_same():
    assert opening("en").endswith(" During the month none opened, closed or moved.")
    assert opening("en", kind="annual", opened=[EVENT], moved=[EVENT] * 3).endswith(
        " During the year 1 opened, 3 moved, none closed."
    )


def test_every_level_is_counted_in_its_own_words():
    levels = {"central": 1, "district": 5, "branch": 1, "point": 0}
    assert set(LIBRARIES_OF_LEVEL) == set(Spell.Level)
    assert (
        opening("en", by_level=levels)
        .partition(". ")[0]
        .endswith(": 1 central library, 5 district libraries, 1 branch")
    )
    assert opening("zh-hans", by_level=levels).partition("。")[0].endswith("中心馆1个、区总馆5个、分馆1个")


@pytest.mark.parametrize(
    ("name", "unit", "words"),
    [
        ("到馆人次", "人次", ("到馆", "人次")),
        ("其中：少儿文献外借册次", "册次", ("其中少儿文献外借", "册次")),
        ("活动场次", "场", ("活动", "场")),
        ("活动参加人次", "人次", ("活动参加", "人次")),
        ("有效读者证（期末）", "个", ("期末有效读者证", "个")),
        ("馆藏总量（纸质，期末）", "册", ("期末馆藏总量（纸质）", "册")),
        ("册次", "册次", ("册次", "册次")),
    ],
)
def test_name_and_unit_do_not_say_the_same_twice(name, unit, words):
    with override("zh-hans"):
        assert said(name, unit) == words


def test_an_english_name_that_says_its_unit_needs_none():
    with override("en"):
        assert [said("Physical visits", "visits"), said("New registrations", "cards")] == [
            ("Physical visits", ""),
            ("New registrations", " cards"),
        ]


@pytest.mark.parametrize("kind", ["monthly", "annual"])
def test_no_sentence_of_a_report_doubles_a_word(kind):
    with override("zh-hans"):
        text = "".join(paragraphs(Reading(snapshot(kind, 14)), OVERVIEW))
    units = "|".join(sorted({one.unit for one in FIRST_INDICATORS}, key=len, reverse=True))
    assert re.findall(rf"({units})[\d,.]+万?\1", text) == []
    assert (faults(text), re.findall(r"\d[-–至]\d", text)) == ([], [])
