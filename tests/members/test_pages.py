"""Hold the pages of the registry."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from fsul_portal.grammar.downloads import disposition
from fsul_portal.sheets import read_sheet
from members.libraries.actions import change_facts, close_library

LIST = "/members/"


def codes(response):
    return [spell.library.code for spell in response.context["page"]]


def queries(client, url):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def many(load, rows):
    load(
        "code,name,level,parent_code,kind",
        *((f"Q{number}", f"点{number}", "point", "NH002", "读书驿站") for number in range(rows)),
    )


@pytest.mark.clause("6.2.1 e")
def test_the_list_stands_in_the_office_order(signed_in):
    assert codes(signed_in("observer").get(LIST)) == [
        "FS001",
        "CC001",
        "CC002",
        "NH001",
        "NH002",
        "NH003",
        "NH004",
        "SD001",
        "GM001",
        "SS001",
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("district=440605&level=branch", ["NH002", "NH003"]),
        ("town=440605125", ["NH003"]),
        ("kind=读书驿站", ["NH004"]),
        ("status=suspended", []),
        ("q=nh00", ["NH001", "NH002", "NH003", "NH004"]),
        ("q=千灯湖", ["NH004"]),
        ("q=桂城+分馆", ["NH002", "NH004"]),
        ("q=禅城", ["CC001", "CC002"]),
        ("q=guicheng", ["NH001", "NH002", "NH004"]),
        ("q=dl", ["NH003", "SD001"]),
        ("q=演示路8号", ["NH003"]),
        ("parent=NH001", ["NH002", "NH003"]),
        ("day=2004-12-31", []),
        ("q=%25", []),
    ],
)
def test_the_list_shows_what_matches(signed_in, query, found):
    assert codes(signed_in("branch").get(f"{LIST}?{query}")) == found


@pytest.mark.clause("6.2.1 e")
def test_the_list_of_a_day_shows_that_day(signed_in, library):
    close_library(library("NH004"), on=date(2020, 1, 1))
    client = signed_in("office")
    assert ("NH004" in codes(client.get(f"{LIST}?day=2019-12-31")), "NH004" in codes(client.get(LIST))) == (True, False)


def test_the_levels_are_counted_as_the_list_is_filtered(signed_in):
    response = signed_in("office").get(f"{LIST}?district=440605")
    assert [number for __, number in response.context["levels"]] == [0, 1, 2, 1]


@pytest.mark.checklist("C1")
@pytest.mark.parametrize(
    "query",
    [
        "district=%27",
        "level=x",
        "day=2024-99-99",
        "day=99999-01-01",
        "page=-1",
        "page=x",
        "q=%00%01",
        "parent=%27%22",
        "q=" + "x" * 500,
        "kind[]=1",
    ],
)
def test_hostile_conditions_break_nothing(signed_in, query):
    client = signed_in("office")
    assert client.get(f"{LIST}?{query}").status_code == 200
    assert client.get(f"/members/export/csv/?{query}").status_code == 200
    assert client.get(f"/members/districts/?{query}").status_code == 200
    assert client.get(f"/members/libraries/NH002/?{query}").status_code == 200


@pytest.mark.parametrize(
    ("kind", "heads", "level"), [("csv", ("code", "level"), "branch"), ("xlsx", ("馆代码", "级别"), "分馆")]
)
def test_the_export_holds_exactly_what_the_list_shows(signed_in, kind, heads, level):
    """A CSV keeps the names that programs know; a workbook is headed and worded as people read it."""
    response = signed_in("office").get(f"/members/export/{kind}/?district=440605&level=branch")
    sheet = read_sheet(response.content, name=f"x.{kind}")
    assert [tuple(row.cells[head] for head in heads) for row in sheet.rows] == [("NH002", level), ("NH003", level)]
    assert response["Content-Disposition"] == disposition(f"成员馆名录 {timezone.localdate():%Y-%m-%d}", kind)


def test_what_the_page_exports_the_import_understands(signed_in, load):
    content = signed_in("office").get("/members/export/xlsx/").content
    assert load(content).counts() == {"created": 0, "updated": 0, "unchanged": 10, "refused": 0}


def test_there_is_no_other_export(signed_in):
    assert signed_in("office").get("/members/export/exe/").status_code == 404


@pytest.mark.clause("6.2.1 e")
def test_a_library_shows_the_facts_of_the_day_asked_for(signed_in, library):
    change_facts(library("NH002"), {"address": "新路1号"}, on=date(2024, 5, 3), reason="搬迁")
    client = signed_in("chancheng")
    then, now = (client.get(f"/members/libraries/NH002/{query}").context["spell"] for query in ("?day=2024-05-02", ""))
    assert (then.address, now.address) == ("桂城演示路7号", "新路1号")


@pytest.mark.clause("6.2.1 e")
def test_a_library_tells_its_history_newest_first(signed_in, library):
    change_facts(library("NH004"), {"address": "新路1号"}, on=date(2018, 5, 3))
    close_library(library("NH004"), on=date(2020, 1, 1))
    turns = signed_in("branch").get("/members/libraries/NH004/").context["turns"]
    assert [(turn["kind"], turn["day"]) for turn in turns] == [
        ("left", date(2020, 1, 1)),
        ("changed", date(2018, 5, 3)),
        ("joined", date(2005, 1, 1)),
    ]


@pytest.mark.parametrize(
    ("username", "seen"),
    [("office", 1), ("chair", 1), ("coordination-lead", 1), ("nanhai", 0), ("branch", 0), ("observer", 0)],
)
def test_what_the_registry_said_before_is_seen_by_those_who_oversee_it(signed_in, library, username, seen):
    change_facts(library("NH002"), {"address": "新路1号"}, on=date(2024, 5, 3))
    assert len(signed_in(username).get("/members/libraries/NH002/").context["superseded"]) == seen


def test_a_library_outside_the_system_says_so_and_an_unknown_one_is_not_found(signed_in):
    client = signed_in("office")
    assert client.get("/members/libraries/NH002/?day=1999-01-01").context["spell"] is None
    assert client.get("/members/libraries/NH404/").status_code == 404


@pytest.mark.parametrize(
    "url", [LIST, "/members/districts/", "/members/libraries/NH002/", "/members/export/csv/", "/members/import/"]
)
@pytest.mark.checklist("A1")
def test_nobody_sees_the_registry_without_signing_in(client, cast, url):
    response = client.get(url)
    assert (response.status_code, response["Location"].startswith(reverse("login"))) == (302, True)


@time_machine.travel("2026-03-02 09:00 +0800", tick=False)
def test_pages_ask_the_same_number_of_questions_of_few_and_of_many(signed_in, load):
    client = signed_in("office")
    urls = [LIST, f"{LIST}?district=440605", "/members/districts/", "/members/libraries/NH002/", "/members/export/csv/"]
    many(load, 1)
    # The first request of a session writes the session.
    client.get(LIST)
    few = [queries(client, url) for url in urls]
    many(load, 60)
    assert [queries(client, url) for url in urls] == few
