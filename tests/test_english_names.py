"""Whoever reads English finds no Chinese name of what has an English one: districts, towns, indicators, groups."""

import re

import pytest
from django.core.management import call_command
from django.utils import translation

from members.divisions.models import Division, title_at
from members.indicators.models import Indicator
from members.libraries.models import Spell
from tests.permission_table import address, clients_of, doors, set_table
from tests.responses import put_away
from tests.seen import READ, seen_in
from workgroups.groups.models import Group

READERS = ("admin", "office", "nanhai", "branch")
# Here the Chinese name itself is the matter: the administration shows both.
BOTH_NAMES = re.compile(r"^/(admin/(members/(division|indicator)|workgroups/group)/)")


@pytest.fixture
def things(cast):
    call_command("load_defaults", verbosity=0)
    return set_table(cast)


def chinese_names():
    """Return a pattern of all that has an English name; inside a longer Chinese word it is part of another name."""
    models = (Division, Indicator, Group)
    names = {one.name for model in models for one in model.objects.exclude(name_en="")}
    longest_first = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    return re.compile(rf"(?<![\u4e00-\u9fff])(?:{longest_first})(?![\u4e00-\u9fff（])")


def test_no_page_in_english_calls_by_its_chinese_name_what_has_an_english_one(cast, things):
    every, names, found = clients_of(cast), chinese_names(), set()
    for person in READERS:
        every[person].cookies["django_language"] = "en"
        for path in (address(name, things) for name in doors()):
            response = put_away(every[person].get(path))
            is_page = response.headers.get("Content-Type", "").startswith("text/html") and not response.streaming
            if is_page and response.status_code in READ and not BOTH_NAMES.match(path):
                lines = seen_in(response.content.decode()).splitlines()
                found |= {(path, line.strip()) for line in lines if names.search(line)}
    assert sorted(found) == []


def test_what_has_no_english_name_shows_its_chinese_one_and_never_nothing(cast):
    Division.objects.filter(code="440605").update(name_en="")
    nanhai, shunde = (Division.objects.get(code=code) for code in ("440605", "440606"))
    said = {}
    for language in ("en", "zh-hans"):
        with translation.override(language):
            spells = Spell.objects.as_of().filter(district__in=[nanhai, shunde]).order_by("district__sort")
            said[language] = (str(nanhai), str(shunde), set(spells.values_list(title_at("district"), flat=True)))
    assert said == {
        "en": ("南海区", "Shunde District", {"南海区", "Shunde District"}),
        "zh-hans": ("南海区", "顺德区", {"南海区", "顺德区"}),
    }
