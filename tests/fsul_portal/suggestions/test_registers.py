"""Hold what a declaration gives: order, filters, columns, pages, files, views of one's own (with the small duty)."""

import csv
import io
from pathlib import Path

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fsul_portal.registers.actions import MOST_FILTERS
from fsul_portal.registers.models import KeptView
from tests.fsul_portal.suggestions import actions
from tests.responses import put_away

LIST = "/suggestions/"
DUTY = ("models", "rules", "actions", "register", "room", "test_suggestions")
PAGE_QUERIES, LIST_QUERIES = 20, 12


@pytest.fixture
def some(person, library):
    """Make suggestions of these titles, in this order."""

    def make(*titles, code="NH002", text="Because."):
        by = person("nanhai")
        return [
            actions.make(library=library(code), by=by, title=title, text=text, token=f"{code}{number}{title}")
            for number, title in enumerate(titles)
        ]

    return make


def titles(answer):
    return [thing.title for thing, __ in answer.context["lines"]]


def heads(answer):
    return [column.key for column in answer.context["listing"].columns]


def rows_of(answer):
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def queries(client, address):
    put_away(client.get(address))
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert put_away(client.get(address)).status_code == 200
    return len(captured)


def test_a_duty_costs_at_most_250_lines_and_two_templates():
    here = Path(__file__).parent
    assert sum((here / f"{name}.py").read_text("utf-8").count("\n") for name in DUTY) <= 250
    assert len(list(here.rglob("*.html"))) <= 2


def test_a_list_is_ordered_by_its_heads_and_back(signed_in, some):
    some("b", "a", "c")
    client = signed_in("office")
    assert titles(client.get(LIST)) == ["c", "a", "b"]
    assert titles(client.get(LIST, {"order": "title"})) == ["a", "b", "c"]
    assert titles(client.get(LIST, {"order": "-title"})) == ["c", "b", "a"]
    assert 'aria-sort="ascending"' in client.get(LIST, {"order": "title"}).content.decode()


@pytest.mark.parametrize("order", ["text", "-form_token", "made_by__password", "__", "-"])
def test_nobody_orders_by_what_is_no_head(signed_in, some, order):
    some("b", "a")
    assert titles(signed_in("office").get(LIST, {"order": order})) == ["a", "b"]


def test_a_list_is_narrowed_by_field_and_by_words(signed_in, some, person):
    first, __, __ = some("Longer hours", "Warm tea", "Longer tables")
    actions.review(first, by=person("office"))
    client = signed_in("office")
    assert titles(client.get(LIST, {"state": "reviewed"})) == ["Longer hours"]
    assert titles(client.get(LIST, {"words": "longer because"})) == ["Longer tables", "Longer hours"]
    assert titles(client.get(LIST, {"words": "100%_"})) == []


def test_a_filter_that_is_none_is_told_and_leaves_nothing_out(signed_in, some):
    some("a")
    answer = signed_in("office").get(LIST, {"state": "nonsense", "words": "x" * 500})
    assert (answer.status_code, titles(answer)) == (200, ["a"])
    assert list(answer.context["listing"].narrowing.form.errors) == ["state", "words"]


def test_everybody_sees_his_own_only_in_list_and_file(signed_in, some):
    some("Ours")
    some("Theirs", code="NH003")
    for username, seen in (("office", ["Theirs", "Ours"]), ("branch", ["Ours"]), ("chancheng", [])):
        client = signed_in(username)
        assert titles(client.get(LIST)) == seen
        assert [row[0] for row in rows_of(client.get(f"{LIST}export.csv"))[1:]] == seen


def test_chosen_columns_are_kept_and_go_into_the_file(signed_in, some):
    some("a")
    client = signed_in("office")
    assert heads(client.get(LIST)) == ["title", "library", "state", "made_at"]
    answer = client.post(f"{LIST}arrange/", {"columns": ["made_by"], "query": "order=title&page=3"})
    assert answer.headers["Location"] == f"{LIST}?order=title"
    assert heads(client.get(LIST)) == ["title", "made_by"]
    assert rows_of(client.get(f"{LIST}export.csv"))[0] == ["Title", "Made by"]
    assert heads(signed_in("branch").get(LIST)) == ["title", "library", "state", "made_at"]
    client = signed_in("office")
    client.post(f"{LIST}arrange/", {"columns": ["form_token"]})
    assert heads(client.get(LIST)) == ["title", "made_by"]
    client.post(f"{LIST}arrange/", {})
    assert heads(client.get(LIST)) == ["title", "library", "state", "made_at"]


def test_a_file_holds_exactly_what_the_list_shows_on_all_its_pages(signed_in, some):
    some(*(f"{number:02}" for number in range(60)), "=cmd()")
    client = signed_in("office")
    asked = {"order": "title", "words": "because", "page": 2}
    assert len(titles(client.get(LIST, asked))) == 11
    rows = rows_of(client.get(f"{LIST}export.csv", asked))
    assert [row[0] for row in rows[1:]] == [*(f"{number:02}" for number in range(60)), "'=cmd()"]
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{LIST}export.xlsx", asked).content))
    cells = [[cell.value for cell in row] for row in book.active.iter_rows()]
    assert [[str(value) for value in row] for row in cells] == rows


def test_filters_are_kept_under_a_name_for_oneself_and_let_go(signed_in, some, person):
    some("a", "b")
    client = signed_in("office")
    client.post(f"{LIST}arrange/", {"name": "Only a", "query": "words=a&page=2&state="})
    assert [(view.name, view.query) for view in client.get(LIST).context["listing"].filters] == [("Only a", "words=a")]
    assert signed_in("branch").get(LIST).context["listing"].filters == []
    client = signed_in("office")
    client.post(f"{LIST}arrange/", {"name": "Only a", "query": "words=b"})
    assert [view.query for view in client.get(LIST).context["listing"].filters] == ["words=b"]
    client.post(f"{LIST}arrange/", {"drop": "Only a", "query": "words=b"})
    assert KeptView.objects.count() == 0


def test_what_is_kept_has_its_bounds(signed_in, person):
    client = signed_in("office")
    for number in range(MOST_FILTERS + 1):
        client.post(f"{LIST}arrange/", {"name": str(number), "query": "words=a"})
    client.post(f"{LIST}arrange/", {"name": "", "query": "words=a"})
    client.post(f"{LIST}arrange/", {"name": "long", "query": f"words={'a' * 2000}"})
    assert KeptView.objects.count() == MOST_FILTERS


@pytest.mark.parametrize("query", ["//evil.example/", "x\r\nSet-Cookie: a=b", "https://evil.example", "&=&&"])
def test_whatever_comes_along_leads_back_to_the_list(signed_in, query):
    answer = signed_in("office").post(f"{LIST}arrange/", {"query": query})
    assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (302, LIST)
    assert "Set-Cookie" not in answer.headers


def test_an_empty_list_leads_on(signed_in, some):
    assert signed_in("nanhai").get(LIST).content.decode().count(f'href="{LIST}new/"') == 2
    page = signed_in("office").get(LIST).content.decode()
    assert ("Nothing has been suggested." in page, f"{LIST}new/" in page) == (True, False)
    some("a")
    assert "Nothing matches the filters." in signed_in("office").get(LIST, {"words": "zzz"}).content.decode()


def test_whoever_may_not_make_one_reads_why(signed_in):
    answer = signed_in("office").get(f"{LIST}new/")
    assert (answer.status_code, "made by the editors" in answer.content.decode()) == (403, True)


def test_a_form_with_faults_keeps_its_text_and_its_token(signed_in):
    client = signed_in("nanhai")
    token = client.get(f"{LIST}new/").context["form"].initial["token"]
    answer = client.post(f"{LIST}new/", {"library": "NH002", "title": "", "text": "Kept.", "token": token})
    form = answer.context["form"]
    assert (answer.status_code, list(form.errors), form["text"].value(), form["token"].value()) == (
        200,
        ["title"],
        "Kept.",
        token,
    )


def test_a_page_has_a_place_for_the_room_and_a_view_on_paper(signed_in, some):
    (one,) = some("<b>bold</b>")
    client = signed_in("office")
    page = client.get(one.get_absolute_url()).content.decode()
    assert ("A place of its own" in page, "<b>bold</b>" in page, f"{one.get_absolute_url()}review/" in page) == (
        True,
        False,
        True,
    )
    paper = client.get(f"{one.get_absolute_url()}print/").content.decode()
    assert ("Printed by" in paper, f"{one.get_absolute_url()}review/" in paper) == (True, False)
    assert signed_in("chancheng").get(f"{one.get_absolute_url()}print/").status_code == 404


def test_a_list_costs_the_same_for_one_row_and_for_many(signed_in, some):
    some("a")
    client = signed_in("office")
    few = queries(client, LIST)
    some(*"bcdefghijkl", code="NH003")
    assert (queries(client, LIST), few <= LIST_QUERIES) == (few, True)


def test_a_file_costs_the_same_for_one_row_and_for_many(signed_in, some):
    some("a")
    client = signed_in("office")
    few = queries(client, f"{LIST}export.csv")
    some(*"bcdefghijkl", code="NH003")
    assert queries(client, f"{LIST}export.csv") == few


def test_a_page_stays_under_its_ceiling(signed_in, some, person):
    (one,) = some("a")
    actions.review(one, by=person("office"))
    assert queries(signed_in("office"), one.get_absolute_url()) <= PAGE_QUERIES
