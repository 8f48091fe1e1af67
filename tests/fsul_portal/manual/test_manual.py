"""Hold that every page has its page of the manual, in both languages, and that its links lead somewhere."""

import json
import re
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.urls import get_resolver, reverse

from fsul_portal.manual.pages import ABOUT, FOLDERS, PAGES, about, page
from fsul_portal.rooms import menu
from ops.pictures import FOLDER, PICTURES, WORDS, said
from ops.pictures import LANGUAGES as OF_PICTURES

LANGUAGES = sorted(FOLDERS)
EVERY = [(name, language) for name in PAGES for language in LANGUAGES]


def headings(text):
    return re.findall(r"<h(\d)>", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_manual_has_exactly_its_pages_in_each_language(language):
    files = (settings.BASE_DIR / "docs" / "manual" / FOLDERS[language]).glob("*.md")
    assert sorted(file.stem for file in files) == sorted(PAGES)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_built_alike_in_both_languages(name):
    chinese, english = page(name, "zh-hans"), page(name, "en")
    assert headings(chinese.html) == headings(english.html)
    assert sorted(links_of(chinese)) == sorted(links_of(english))
    assert chinese.title != english.title


def test_every_page_of_the_menu_has_a_page_of_the_manual():
    assert [entry.view for entry in menu() if not any(entry.view.startswith(one) for one in ABOUT)] == []
    assert set(ABOUT.values()) <= set(PAGES)


def test_every_beginning_in_the_table_belongs_to_an_address():
    names = list(names_below(get_resolver().url_patterns))
    assert [one for one in ABOUT if not any(name.startswith(one) for name in names)] == []


def names_below(patterns, prefix=""):
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from names_below(
                pattern.url_patterns, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            )
        elif pattern.name:
            yield f"{prefix}{pattern.name}"


def test_the_longest_beginning_counts_and_what_is_unknown_leads_to_the_first_page():
    assert about("workgroups:coordination:filing-detail") == "filings"
    assert about("workgroups:group-list") == "seats"
    assert about("nowhere") == "first-steps"


def links_of(one):
    return [link for link in re.findall(r'href="([^"]*)"', one.html) if not link.startswith(settings.STATIC_URL)]


def test_every_page_has_its_picture_and_every_picture_is_taken_by_the_script():
    shown = [re.findall(r'src="([^"]*)" alt="[^"]+"', page(name, language).html) for name, language in EVERY]
    assert shown == [[f"{settings.STATIC_URL}manual/{FOLDERS[language]}/{name}.png"] for name, language in EVERY]
    taken = sorted(f"{folder}/{picture.name}.png" for folder, *__ in OF_PICTURES for picture in PICTURES)
    assert sorted(str(file.relative_to(FOLDER)) for file in FOLDER.glob("*/*.png")) == taken


def test_no_picture_shows_words_that_the_portal_no_longer_says():
    """Where this fails `make pictures` takes them anew."""
    shown, now = json.loads(WORDS.read_text("utf-8")), said()
    assert {name for folder in shown.values() for name in folder} == {picture.name for picture in PICTURES}
    gone = {
        f"{folder}/{name}": sorted(set(words) - now[folder])
        for folder, pictures in shown.items()
        for name, words in pictures.items()
    }
    assert {name: words for name, words in gone.items() if words} == {}


def test_every_picture_is_among_the_files_that_the_portal_serves():
    files = sorted(FOLDER.glob("*/*.png"))
    assert [finders.find(f"manual/{file.relative_to(FOLDER)}") for file in files] == [str(file) for file in files]


@pytest.mark.django_db
@pytest.mark.parametrize("username", ["office", "admin"])
def test_every_link_of_the_manual_leads_to_a_page(signed_in, username):
    client = signed_in(username)
    links = {link for name, language in EVERY for link in links_of(page(name, language))}
    refused = {link: client.get(link).status_code for link in sorted(links)}
    assert {link: status for link, status in refused.items() if status not in (200, 403)} == {}


@pytest.mark.django_db
def test_the_question_mark_opens_what_speaks_of_the_page(signed_in):
    client = signed_in("nanhai")
    for address, name in (("/reports/returns/", "returns"), ("/", "dashboard"), ("/members/", "registry")):
        assert client.get(address).context["help_about"] == reverse("help-page", args=[name])


@pytest.mark.django_db
def test_the_manual_speaks_the_language_of_its_reader(signed_in):
    client = signed_in("nanhai")
    assert client.get("/help/returns/").context["page"].title == "填报"
    client.cookies["django_language"] = "en"
    assert client.get("/help/returns/").context["page"].title == "Returns"


@pytest.mark.django_db
def test_a_page_that_the_manual_does_not_have_is_not_found(signed_in):
    assert signed_in("nanhai").get("/help/nothing/").status_code == 404


def test_no_tag_of_the_text_is_let_through():
    assert [
        (name, language)
        for name, language in EVERY
        if re.search(r"<(?!/?(h2|p|ul|ol|li|a|em|strong|code|img)\b)", page(name, language).html)
    ] == []


def test_links_of_the_manual_stay_in_the_portal():
    links = {link for name, language in EVERY for link in links_of(page(name, language))}
    assert [link for link in links if urlsplit(link).netloc or not link.startswith("/")] == []
