"""Break lists, pages and files of a register: what is kept, searched and empty, who may not, and twice."""

from datetime import date, datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.db import models
from django.http import QueryDict
from django.utils import translation

from fsul_portal.registers.actions import MOST_FILTERS, keep_filter
from fsul_portal.registers.columns import DAY, MOMENT, NUMBER, PLAIN, STATE, Column
from fsul_portal.registers.forms import QUERY_LENGTH, without_page
from fsul_portal.registers.lists import Listing, Tab, turned
from fsul_portal.registers.models import NAME_LENGTH, KeptView
from fsul_portal.registers.register import Register
from fsul_portal.verdicts import Kind
from tests.fsul_portal.suggestions import actions
from tests.fsul_portal.suggestions.models import Suggestion
from tests.fsul_portal.suggestions.register import Suggestions
from tests.fsul_portal.suggestions.test_registers import LIST, heads, rows_of, some, titles

__all__ = ["some"]

ARRANGE, FILE, NEW = f"{LIST}arrange/", f"{LIST}export.csv", f"{LIST}new/"
HOSTILE = "<img src=x onerror=alert(1)>"


def kept():
    return list(KeptView.objects.values_list("name", "query"))


def messages_of(answer):
    return [str(message) for message in answer.context["messages"]]


@pytest.mark.checklist("C1")
@pytest.mark.parametrize("characters", [80, 300, QUERY_LENGTH - 6])
def test_a_query_is_measured_as_it_is_kept(characters, signed_in):
    """A character of Chinese is nine when it stands in an address."""
    query = f"words={'词' * characters}"
    signed_in("office").post(ARRANGE, {"name": "long", "query": query})
    fits = len(without_page(QueryDict(query))) <= QUERY_LENGTH
    assert [len(one.query) <= QUERY_LENGTH for one in KeptView.objects.all()] == [True] * fits


def test_a_query_that_is_too_long_is_not_told_as_a_bad_name(signed_in):
    sent = {"name": "long", "query": f"words={'a' * QUERY_LENGTH}"}
    answer = signed_in("office").post(ARRANGE, sent, follow=True)
    assert messages_of(answer) == ["These filters are too long to be kept; nothing has been kept."]
    answer = signed_in("office").post(ARRANGE, {"name": "x" * (NAME_LENGTH + 1), "query": "a=b"}, follow=True)
    assert messages_of(answer) == ["Give the filters a name of at most 60 characters; nothing has been kept."]
    assert kept() == []


@pytest.mark.checklist("C1")
def test_a_column_that_is_chosen_a_thousand_times_is_chosen_once(signed_in, some):
    some("a")
    assert signed_in("office").post(ARRANGE, {"columns": ["made_by"] * 900}).status_code == 302
    assert kept() == [("", "made_by")]


def test_columns_stand_in_the_order_of_the_register_however_they_were_chosen(signed_in):
    client = signed_in("office")
    client.post(ARRANGE, {"columns": ["made_by", "state", "title"]})
    assert heads(client.get(LIST)) == ["title", "state", "made_by"]
    assert rows_of(client.get(FILE))[0] == ["Title", "State", "Made by"]


def test_a_column_that_has_gone_from_the_register_breaks_no_list(signed_in, person):
    KeptView.objects.create(person=person("office"), register="suggestion", query="gone state")
    assert heads(signed_in("office").get(LIST)) == ["title", "state"]
    KeptView.objects.update(query="gone")
    assert heads(signed_in("office").get(LIST)) == ["title"]


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"columns": ["form_token"]}, "There is no such column; nothing has been changed."),
        ({"name": "  ", "query": "a=b"}, "Give the filters a name of at most 60 characters; nothing has been kept."),
        ({"name": "mine", "query": "state=open"}, "The filters are kept as “mine”."),
        ({"drop": "nobody's"}, None),
        ({"drop": ""}, None),
    ],
    ids=str,
)
def test_each_arrangement_says_what_it_did(sent, sentence, signed_in, person):
    KeptView.objects.create(person=person("office"), register="suggestion", query="state")
    answer = signed_in("office").post(ARRANGE, sent, follow=True)
    assert messages_of(answer) == ([sentence] if sentence else [])
    assert kept()[0] == ("", "state")


def test_one_filter_too_many_says_so_and_one_of_the_same_name_still_replaces(signed_in, person):
    for number in range(MOST_FILTERS):
        keep_filter(Suggestions(), f"{number}", "state=open", by=person("office"))
    client = signed_in("office")
    answer = client.post(ARRANGE, {"name": "one more", "query": "state=open"}, follow=True)
    assert messages_of(answer) == ["You have kept 20 filters of this list; let go of one first."]
    client.post(ARRANGE, {"name": "7", "query": "state=closed"})
    assert (KeptView.objects.get(name="7").query, KeptView.objects.count()) == ("state=closed", MOST_FILTERS)


@pytest.mark.checklist("C2")
def test_whatever_somebody_wrote_is_shown_as_text_in_list_page_print_and_filter(signed_in, some):
    (thing,) = some(HOSTILE, text=HOSTILE)
    client = signed_in("office")
    client.post(ARRANGE, {"name": HOSTILE, "query": "words=img"})
    for address in (LIST, f"{LIST}?words=%3Cimg+src", f"{LIST}{thing.pk}/", f"{LIST}{thing.pk}/print/"):
        page = client.get(address).content.decode()
        assert (page.count(HOSTILE), page.count("&lt;img src=x") > 0) == (0, True), address


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("100%", ["50 of 100%"]),
        ("_", ["snake_case"]),
        ("%", ["50 of 100%"]),
        ("of\u300050", ["50 of 100%"]),
        ("OF", ["50 of 100%"]),
        ("of snake", []),
        ("\\", []),
        ("'; --", []),
        ("", ["50 of 100%", "plain", "snake_case"]),
        ("   ", ["50 of 100%", "plain", "snake_case"]),
    ],
    ids=str,
)
def test_words_are_searched_as_they_are_written(words, found, signed_in, some):
    some("50 of 100%", "snake_case", "plain", text="")
    client = signed_in("office")
    assert titles(client.get(LIST, {"words": words, "order": "title"})) == found
    assert [row[0] for row in rows_of(client.get(FILE, {"words": words, "order": "title"}))[1:]] == found


@pytest.mark.parametrize("page", ["0", "-1", "x", "9" * 30, "2"])
def test_a_page_that_is_none_shows_some_page(page, signed_in, some):
    some("a")
    assert titles(signed_in("office").get(LIST, {"page": page})) == ["a"]


@pytest.mark.parametrize("method", ["post", "put", "delete"])
@pytest.mark.parametrize("address", [LIST, FILE])
def test_nothing_is_written_where_something_is_read(method, address, signed_in):
    assert getattr(signed_in("office"), method)(address).status_code == 405


def test_a_stranger_finds_neither_page_nor_print_nor_row(signed_in, some):
    (thing,) = some("a")
    client = signed_in("chancheng")
    assert [client.get(f"{LIST}{thing.pk}/{end}").status_code for end in ("", "print/")] == [404, 404]
    assert (titles(client.get(LIST)), rows_of(client.get(FILE))[1:]) == ([], [])


@pytest.mark.checklist("D3")
def test_the_form_sent_twice_makes_one_and_leads_to_it_both_times(signed_in):
    client = signed_in("nanhai")
    token = client.get(NEW).context["form"]["token"].value()
    sent = {"token": token, "library": "NH002", "title": "a", "text": "b"}
    answers = [client.post(NEW, sent) for __ in range(2)]
    thing = Suggestion.objects.get()
    assert [answer.headers["Location"] for answer in answers] == [thing.get_absolute_url()] * 2


@pytest.mark.parametrize(
    ("value", "options", "kind", "is_empty"),
    [
        (0, {"is_number": True}, NUMBER, False),
        (0, {}, PLAIN, False),
        (True, {"is_number": True}, PLAIN, False),
        (None, {"is_number": True}, PLAIN, True),
        ("", {}, PLAIN, True),
        (" ", {}, PLAIN, False),
        (date(2026, 1, 1), {}, DAY, False),
        (datetime(2026, 1, 1, tzinfo=ZoneInfo("UTC")), {}, MOMENT, False),
        ("open", {"is_state": True}, STATE, False),
    ],
    ids=str,
)
def test_a_value_is_drawn_as_what_it_is(value, options, kind, is_empty):
    cell = Column("x", "X", **options).drawn(SimpleNamespace(x=value, get_state_display=lambda: value))
    assert (cell.kind, cell.is_empty, cell.value) == (kind, is_empty, value)


def test_a_column_reads_along_the_way_and_nothing_is_nothing_at_its_end():
    thing = SimpleNamespace(a=SimpleNamespace(b=lambda: SimpleNamespace(c=3)), none=None)
    values = [Column("a", "A", way).of(thing) for way in ("a.b.c", "none.b.c", "a.nothing", lambda one: one.a.b().c)]
    assert values == [3, None, None, 3]


def test_an_order_is_turned_field_by_field():
    assert turned(("a", "-b")) == ("-a", "b")
    assert (Column("x", "X", sort="a").fields, Column("x", "X", sort=("a", "b")).fields) == (("a",), ("a", "b"))


class Bare(Register):
    """A register that says as little as it may."""

    name, title, model = "suggestion", "Bare", Suggestion
    columns = (Column("title", "Title", is_name=True), Column("text", "Text", only_in=("open",)))

    def tabs(self, user):
        rows = self.rows(user)
        return [
            Tab("all", "All", lambda: rows),
            Tab("open", "Open", lambda: rows.filter(state="open"), is_counted=True, empty="None is open."),
        ]


def test_a_register_that_declares_no_form_takes_nothing_in(person):
    with translation.override("en"):
        verdict = Bare().may_create(person("office"))
    assert (verdict.sentence, verdict.kind) == ("Nothing is entered here.", Kind.NO_RIGHT)
    with pytest.raises(TypeError, match="This register names no action that creates"):
        Bare().create(by=person("office"))
    assert [url.name for url in Bare().urls("x/")] == [f"suggestion-{page}" for page in ("list", "export", "arrange")]


@pytest.mark.parametrize(
    ("query", "tab", "columns"),
    [
        ("", "all", ["title"]),
        ("tab=open", "open", ["title", "text"]),
        ("tab=gone", "all", ["title"]),
        ("tab=all&tab=open", "open", ["title", "text"]),
    ],
)
def test_a_tab_brings_its_columns_and_an_unknown_one_is_the_first(query, tab, columns, person, some):
    some("a")
    listing = Listing(Bare(), person("office"), QueryDict(query))
    assert (listing.tab.key, [one.key for one in listing.columns]) == (tab, columns)
    assert isinstance(listing.rows, models.QuerySet)
    assert [len(line) for line in listing.values()] == [len(columns)]


def test_what_is_done_is_counted_by_no_tab_any_more(person, some):
    first, __ = some("a", "b")
    Suggestion.objects.filter(pk=first.pk).update(state="closed")
    listing = Listing(Bare(), person("office"), QueryDict("tab=open"))
    assert [thing.title for thing in listing.rows] == ["b"]
    assert [tab.rows().count() for tab in listing.tabs] == [2, 1]


def test_the_same_token_of_another_person_is_another_form(person, library):
    made = [
        actions.make(library=library("NH002"), by=person(name), title="a", text="b", token="one")
        for name in ("nanhai", "nanhai", "branch")
    ]
    assert len({thing.pk for thing in made}) == 2
