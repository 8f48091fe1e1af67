"""Hold that levels and states are called by the words of their choices, and that files of before are read for ever."""

import re

import pytest
from django.utils import translation

from fsul_portal.intake.columns import Words
from members.libraries.intake.columns import DIVISION_LEVELS, LEVELS, STATUSES, SYSTEMS
from members.libraries.models import Spell
from ops.counts import modules, templates
from ops.places import ROOT
from ops.translations import CATALOG, entries

COLUMNS = ROOT / "members/libraries/intake/columns.py"
GLOSSARY = ROOT / "docs/glossary.md"
# What a file has been able to say at any time; nothing is ever taken out of here.
READ_FOR_EVER = {
    LEVELS: {
        "central": ("central", "中心馆", "central library"),
        "district": ("district", "区总馆", "district library"),
        "branch": ("branch", "分馆"),
        "point": ("point", "基层服务点", "服务点", "service point"),
    },
    STATUSES: {
        "preparing": ("preparing", "筹建", "in preparation"),
        "trial": ("trial", "试运行", "trial operation"),
        "open": ("open", "正常开放", "开放"),
        "limited": ("limited", "有限开放", "limited service"),
        "lending_suspended": ("lending_suspended", "暂停借阅", "lending suspended"),
        "suspended": ("suspended", "暂停开放"),
        "emergency_closed": ("emergency_closed", "紧急闭馆", "closed in an emergency"),
        "retired": ("retired", "停用", "out of use"),
    },
    SYSTEMS: {
        "WGS84": ("WGS84", "WGS-84"),
        "CGCS2000": ("CGCS2000", "2000国家大地坐标系"),
        "GCJ02": ("GCJ02", "GCJ-02", "火星坐标"),
        "BD09": ("BD09", "BD-09", "百度坐标"),
    },
    DIVISION_LEVELS: {"city": ("city", "市"), "district": ("district", "区"), "town": ("town", "镇街", "镇", "街道")},
}
# Where a word stands beside the choices, it is part of a name or of a sentence.
SAID_ELSEWHERE = {
    "README.md": "tells in sentences who does what",
    "docs/glossary.md": "explains the words",
    "fsul_portal/pages/gallery.py": "the name of an invented file",
    "fsul_portal/sheets/texts/chinese.py": "tells Chinese from other bytes",
    "members/libraries/finding/kinds.py": "kinds of libraries, some of which are called as their level",
    "ops/run.py": "the people of the demo",
    "reports/demo/bodies.py": "invented minutes",
    "reports/demo/cast.py": "invented names",
    "reports/demo/meetings.py": "invented minutes",
    "reports/demo/staff.py": "invented posts",
    "reports/demo/steering.py": "invented institutions, plans and projects",
    "reports/demo/libraries.py": "invented names",
    "reports/editions/figures/snapshot.py": "the name of a place",
}
# The same word for another thing.
OF_OTHER_THINGS = {"暂停开放": {"suspended", "suspension"}, "停用": {"out of use", "Retire"}}


def spoken():
    """Return what people read in the project, by file, but for the words that files alone may say."""
    files = [*modules(), *templates(), *(ROOT / "ops").glob("*.py"), ROOT / "README.md", GLOSSARY]
    return {str(path.relative_to(ROOT)): path.read_text("utf-8") for path in files if path != COLUMNS}


def the_words():
    return [word for kind in (LEVELS, STATUSES) for word in kind.chinese.values()]


def test_no_module_or_page_spells_a_level_or_a_state_by_itself():
    saying = {name for name, said in spoken().items() if any(word in said for word in the_words())}
    assert saying == set(SAID_ELSEWHERE)


def test_the_catalogue_gives_each_word_once():
    given: dict[str, set] = {}
    for (_, sentence), message in entries(ROOT / CATALOG).items():
        if isinstance(message.string, str) and message.string in the_words():
            given.setdefault(message.string, set()).add(sentence)
    assert given == dict(zip(the_words(), map(set, zip(english_words())), strict=True)) | OF_OTHER_THINGS


def english_words():
    with translation.override("en"):
        return [str(label) for kind in (LEVELS, STATUSES) for label in kind.of.labels]


def test_a_word_of_before_is_read_in_files_and_said_nowhere_else():
    former = {word for kind in READ_FOR_EVER for words in kind.formerly.values() for word in words}
    everywhere = spoken() | {"the catalogue": (ROOT / CATALOG).read_text("utf-8")}
    assert {name: word for name, said in everywhere.items() for word in former if word in said} == {}


def test_files_of_any_age_are_read():
    for kind, words in READ_FOR_EVER.items():
        assert {word: kind(word) for said in words.values() for word in said} == {
            word: code for code, said in words.items() for word in said
        }


def test_a_file_may_say_nothing_that_is_not_kept_here():
    for kind, words in READ_FOR_EVER.items():
        assert set(kind.choices) - {word for said in words.values() for word in said} == set()


@pytest.mark.parametrize("kind", READ_FOR_EVER)
def test_no_word_means_two_things(kind):
    read: dict[str, set[str]] = {}
    for choice in kind.of:
        words = (str(choice), kind.chinese[str(choice)], *kind.also.get(choice, ()), *kind.formerly.get(choice, ()))
        for word in words:
            read.setdefault(word, set()).add(str(choice))
    assert {word: codes for word, codes in read.items() if len(codes) > 1} == {}


def test_a_word_of_before_is_read_and_the_new_one_written():
    kind = Words(Spell.Level, formerly={Spell.Level.POINT: ("读书点",)})
    assert (kind("读书点"), kind.chinese) == ("point", LEVELS.chinese)


def test_the_glossary_says_what_levels_are_called():
    rows = re.findall(r"^\| (\S+) \| ([a-z ]+) \| level `(\w+)`", GLOSSARY.read_text("utf-8"), re.MULTILINE)
    called = zip(LEVELS.chinese.values(), english_words(), Spell.Level.values, strict=False)
    assert rows == list(called)
