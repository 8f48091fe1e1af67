"""Hold what the components, numbers, dates and error pages promise."""

import ast
import re
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from fsul_portal.pages.gallery import SampleForm
from fsul_portal.records.course import Deed
from fsul_portal.rooms import FLOORS, Entry
from fsul_portal.standard import CLAUSES
from fsul_portal.templatetags import figures
from fsul_portal.verdicts import Allowed, Denied, not_now

TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
PRINTED = {settings.BASE_DIR / "templates" / folder for folder in ("reports/documents", "letters/print")}
PAGES = [path for path in TEMPLATES if not PRINTED & set(path.parents)]
SPRITE = set(re.findall(r'symbol id="(\w+)"', (settings.BASE_DIR / "static/icons/sprite.svg").read_text()))


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def drawn(source, **values):
    return Template("{% load i18n face figures %}" + source).render(Context(values)).strip()


def words(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).strip()


@pytest.mark.parametrize(
    ("value", "status", "shown"),
    [
        (12345, "reported", "12,345"),
        (0, "reported", "0"),
        (0, "", "0"),
        ("2.345", "", "2.35"),
        (None, "", "Not reported"),
        (None, "missing", "Not reported"),
        (None, "na", "—"),
        (None, "closed", "Closed all the time"),
        (980, "partial", "980 incomplete"),
    ],
)
def test_the_four_kinds_of_no_number_stay_apart(value, status, shown):
    assert words(figures.figure(value, status)) == shown


@pytest.mark.parametrize(
    ("value", "base", "shown"),
    [
        (1284500, 1213400, "+5.86%"),
        (96, 102, "−5.88%"),
        (5, 5, "0.00%"),
        (5, 0, "—"),
        (5, None, "—"),
        (None, 5, "—"),
        (10_000, 5, "+199,900.00%"),
    ],
)
def test_a_change_is_told_against_its_base(value, base, shown):
    assert words(figures.change(value, base)) == shown


def test_a_share_of_nothing_is_not_a_number():
    assert [figures.share(347, 349), figures.share(1, 0), figures.share(None, 5)] == ["99.43%", "—", "—"]


def test_dates_follow_the_language():
    day, at = date(2026, 3, 5), datetime(2026, 12, 31, 16, 30, tzinfo=UTC)
    assert [figures.day(day), figures.moment(at), figures.period("2026-03"), figures.period("2026")] == [
        "5 March 2026",
        "1 January 2027 00:30",
        "March 2026",
        "2026",
    ]
    with translation.override("zh-hans"):
        assert [figures.day(day), figures.moment(at), figures.period("2026-03"), figures.period("2026")] == [
            "2026年3月5日",
            "2027年1月1日 00:30",
            "2026年3月",
            "2026年",
        ]


def test_tables_write_dates_alike_in_both_languages():
    at = datetime(2026, 12, 31, 16, 30, tzinfo=UTC)
    assert [figures.iso(date(2026, 3, 5)), figures.iso(at), figures.iso_moment(at)] == [
        "2026-03-05",
        "2027-01-01",
        "2027-01-01 00:30",
    ]
    assert [figures.day(None), figures.iso(None), figures.moment(None), figures.iso_moment(None)] == ["—"] * 4


@pytest.mark.parametrize(
    ("seconds", "shown"), [(20, "1 minute"), (900, "15 minutes"), (901, "16 minutes"), (7200, "2 hours")]
)
def test_a_wait_is_never_told_shorter_than_it_is(seconds, shown):
    assert figures.wait(timedelta(seconds=seconds)) == shown


def test_a_denial_stands_where_the_button_would_be():
    source = '{% include "components/_action.html" with verdict=verdict label="Accept" url="/accept/" only %}'
    assert words(drawn(source, verdict=Denied("Not your own."))) == "Not open to you: Accept. Not your own."
    assert drawn(source, verdict=Allowed()) == '<a class="button " href="/accept/">Accept</a>'


def test_a_denial_says_by_its_kind_whether_it_is_the_right_or_the_moment():
    source = '{% include "components/_denial.html" with action="Draft the minutes" verdict=verdict only %}'
    said = words(drawn(source, verdict=not_now("The minutes go out once the chair has signed them.")))
    assert said == "Not possible yet: Draft the minutes. The minutes go out once the chair has signed them."


def test_every_denial_is_drawn_from_a_verdict_and_so_tells_its_kind():
    drawn_from = [
        (str(path.relative_to(settings.BASE_DIR)), found)
        for path in TEMPLATES
        for found in re.findall(r'include "components/_denial.html"([^%]*)%', path.read_text("utf-8"))
    ]
    assert len(drawn_from) >= 5
    assert [(path, found) for path, found in drawn_from if " verdict=" not in found] == []


def test_a_clause_says_what_it_is_about():
    assert drawn('{% clause "6.1 b" %}') == (
        '<span class="clause" title="Agree on medium and long-term plans">6.1 b</span>'
    )
    assert drawn('{% clause "" %}') == ""


def test_every_clause_that_a_page_cites_is_in_the_standard():
    cited = {
        number for path in TEMPLATES for number in re.findall(r'clause="([^"]+)"|{% clause "([^"]+)"', path.read_text())
    }
    assert {number for pair in cited for number in pair if number} - set(CLAUSES) == set()


def test_a_sort_link_turns_the_order_and_keeps_the_filters():
    request = RequestFactory().get("/", {"order": "name", "district": "南海", "page": "3"})
    head = drawn('{% sort_header "name" "Name" %}', request=request)
    assert re.search(r'aria-sort="(\w+)"', head).group(1) == "ascending"
    assert re.search(r'href="([^"]+)"', head).group(1) == "?order=-name&amp;district=%E5%8D%97%E6%B5%B7"


def test_pages_keep_the_query_string():
    request = RequestFactory().get("/", {"q": "镇", "page": "2"})
    html = drawn("{% pagination page %}", request=request, page=Paginator(range(30), 10).page(2))
    assert re.findall(r'href="([^"]+)"', html)[0] == "?q=%E9%95%87&amp;page=1"
    assert words(html).startswith("11 to 20 of 30")


def test_each_error_is_tied_to_its_field():
    form = SampleForm({"name": "", "kind": "room", "moves_on": "2026-03-05", "reason": "x", "announced": "on"})
    html = str(form["name"].as_field_group())
    described = re.search(r'aria-describedby="([^"]+)"', html).group(1).split()
    assert described == ["id_name_helptext", "id_name_error"]
    assert all(f'id="{name}"' in html for name in described)
    assert re.findall(r'href="#(\w+)"', drawn('{% include "components/_error_summary.html" %}', form=form)) == [
        "id_name"
    ]


def test_what_people_typed_is_escaped_in_every_component():
    hostile = "<script>alert(1)</script>"
    html = drawn(
        "{% page_header text lead=text %}{% endpage_header %}{% panel text note=text %}{{ text }}{% endpanel %}"
        "{% table text %}{% endtable %}{% badge text text %}{% breadcrumb text text text %}{{ text|figure:'na' }}"
        '{% include "components/_facts.html" with facts=facts only %}',
        text=hostile,
        facts=[(hostile, hostile)],
    )
    assert "<script" not in html


@pytest.mark.parametrize("name", ["400.html", "403_csrf.html", "500.html"])
def test_an_error_page_needs_neither_context_nor_database(name):
    assert render_to_string(name).count("<h1>") == 1


def test_the_page_of_an_error_tells_its_number_only_when_there_is_one():
    assert "1a2b3c4d" in render_to_string("500.html", {"request_id": "1a2b3c4d"})
    assert "Tell the office this number" not in render_to_string("500.html")


def test_a_lockout_says_how_long_it_lasts():
    page = render_to_string("registration/locked_out.html", {"span": timedelta(minutes=15)})
    assert "Please wait 15 minutes and try again" in page


def test_every_icon_that_a_page_names_is_in_the_sprite():
    named = set()
    for path in TEMPLATES:
        named |= set(re.findall(r'{% icon "(\w+)"|icon="(\w+)"|icon\|default:"(\w+)"', path.read_text()))
    assert {name for names in named for name in names if name} - SPRITE == set()


# Where the icon stands among the words of what declares one.
ICON_AT = {kind.__name__: [field.name for field in fields(kind)].index("icon") for kind in (Deed, Entry)}


def icons_of(path: Path):
    """Yield the icons that a module names: by keyword, in a dictionary, or in their place."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        found: list = []
        if isinstance(node, ast.Call):
            found = [one.value for one in node.keywords if one.arg == "icon"]
            at = ICON_AT.get(ast.unparse(node.func))
            found += node.args[at : at + 1] if at is not None else []
        elif isinstance(node, ast.Dict):
            found = [
                value for key, value in zip(node.keys, node.values, strict=True) if key and ast.unparse(key) == "'icon'"
            ]
        yield from (one.value for one in found if isinstance(one, ast.Constant))


def test_every_icon_that_the_code_names_is_in_the_sprite():
    named = {icon for floor in FLOORS for path in (settings.BASE_DIR / floor).rglob("*.py") for icon in icons_of(path)}
    assert named - SPRITE == set()
    assert named > {"send", "check", "people", "lock"}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(settings.BASE_DIR)))
def test_no_template_breaks_the_content_security_policy(path: Path):
    markup = re.sub(r"{%.*?%}", "", path.read_text())
    assert re.findall(r"<style|<script(?![^>]* src=)|\sstyle=|\son[a-z]+=|\sjavascript:|https?://", markup) == []
