"""Hold the Chinese catalogues complete and exact, and the pages free of English sentences."""

import re
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.urls import NoReverseMatch, reverse

from tests.permission_table import doors
from workgroups.groups.models import Group

CATALOGUES = [Path(folder) / "zh_Hans" / "LC_MESSAGES" / "django.po" for folder in settings.LOCALE_PATHS]
PLACEHOLDER = re.compile(r"%%|%\(\w+\)[sd]|%[sd]|\{\w*\}")
# What is no sentence: it is written alike in both languages.
ALIKE = {"%(chapter)s %(title)s", "%(library)s %(period)s", "SHA-256"}
SHORT = 12


def entries(catalogue):
    with catalogue.open("rb") as file:
        return [message for message in read_po(file, locale="zh_Hans") if message.id]


def both(message):
    """Return the sentences of an entry in English and in Chinese."""
    ids = message.id if isinstance(message.id, tuple) else (message.id,)
    strings = message.string if isinstance(message.string, tuple) else (message.string,)
    return ids, strings


def placeholders(sentence):
    return sorted({one for one in PLACEHOLDER.findall(sentence) if one != "%%"})


class Words(HTMLParser):
    """Collect what a reader sees or hears of a page."""

    def __init__(self):
        super().__init__()
        self.hidden, self.words = 0, []

    def handle_starttag(self, tag, attributes):
        self.hidden += tag in ("script", "style")
        self.words += [value for name, value in attributes if name in ("title", "placeholder", "aria-label") and value]

    def handle_endtag(self, tag):
        self.hidden -= tag in ("script", "style")

    def handle_data(self, text):
        if not self.hidden:
            self.words.append(" ".join(text.split()))


def words_of(response):
    page = Words()
    page.feed(response.content.decode())
    return "\n".join(page.words)


def simple_pages():
    """Return the addresses that need no key."""
    for name in doors():
        try:
            yield reverse(name)
        except NoReverseMatch:
            continue


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=["own", "packages"])
def test_every_entry_is_translated_by_a_person(catalogue):
    unfinished = [both(one)[0][0] for one in entries(catalogue) if one.fuzzy or not all(both(one)[1])]
    assert unfinished == []


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=["own", "packages"])
def test_both_languages_fill_the_same_places(catalogue):
    pairs = [(ids[-1], string) for ids, strings in map(both, entries(catalogue)) for string in strings]
    assert [(english, chinese) for english, chinese in pairs if placeholders(english) != placeholders(chinese)] == []


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=["own", "packages"])
def test_nothing_was_left_in_english(catalogue):
    same = {ids[0] for ids, strings in map(both, entries(catalogue)) if strings[0] == ids[0]}
    assert same - ALIKE == set()


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=["own", "packages"])
def test_readers_are_addressed_in_one_way(catalogue):
    # An office that writes to another one on paper calls it 你馆.
    assert [string for one in entries(catalogue) for string in both(one)[1] if "你" in string.replace("你馆", "")] == []


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=["own", "packages"])
def test_a_catalogue_compiles(catalogue):
    with catalogue.open("rb") as file:
        catalog = read_po(file, locale="zh_Hans")
    compiled = BytesIO()
    write_mo(compiled, catalog)
    assert (len(catalog), compiled.getvalue()[:4]) == (len(entries(catalogue)), b"\xde\x12\x04\x95")


def test_no_page_shows_a_sentence_in_english(signed_in):
    english = {ids[0] for ids, __ in map(both, entries(CATALOGUES[0])) if len(ids[0]) > SHORT and "%" not in ids[0]}
    client, read, found = signed_in("office"), 0, []
    english -= {group.name_en for group in Group.objects.all()}
    for address in simple_pages():
        response = client.get(address, headers={"accept-language": "zh-hans"})
        if response.status_code == 200 and response["Content-Type"].startswith("text/html"):
            read += 1
            words = words_of(response)
            found += [(address, sentence) for sentence in english if sentence in words]
    assert found == []
    assert read > 20
