"""What is found in the whole portal, by whom, and at what cost."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fsul_portal.finding.actions import fill_search_words, searched
from fsul_portal.finding.hits import ask
from fsul_portal.rooms import finds
from members.libraries.actions import change_facts, close_library
from members.libraries.models import Spell
from members.people.actions import change_account
from members.people.models import User
from members.returns.actions import save_draft
from ops.measures import MORE_QUERIES
from tests.committee.stage import call
from tests.workgroups.coordination.filings.filings import answers_of
from workgroups.coordination.filings.actions import begin

pytestmark = pytest.mark.django_db
NEW_NAME = date(2020, 1, 1)


def found(user, text):
    """Return what a person finds, by kind: (title, line, state)."""
    asked = [ask(find, user, text, most=50) for find in finds()]
    return {
        one.find.model._meta.model_name: [(hit.title, hit.line, str(hit.state)) for hit in one.hits]
        for one in asked
        if one
    }


def libraries(user, text):
    return [line.split(" · ")[0] for __, line, __state in found(user, text).get("library", [])]


def people(user, text):
    return [name for name, *__ in found(user, text).get("user", [])]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("NH002", ["NH002"]),
        ("ｎｈ００２", ["NH002"]),
        ("千灯湖", ["NH004"]),
        ("qdh", ["NH004"]),
        ("qiandenghu", ["NH004"]),
        ("南海", ["NH001", "NH002", "NH003", "NH004"]),
        ("nanhai", ["NH001", "NH002", "NH003", "NH004"]),
        ("大沥镇", ["NH003"]),
        ("南海 分馆", ["NH002", "NH003"]),
        ("nh fg", ["NH002", "NH003"]),
        ("演示路10号", ["CC002"]),
        ("南海 祖庙", []),
        ("no such thing", []),
        ("%", []),
    ],
)
def test_libraries_are_found_by_all_that_is_said_of_them(person, text, codes):
    assert libraries(person("observer"), text) == codes


def test_a_library_is_found_by_its_former_name_which_says_so(person, library):
    change_facts(library("NH004"), {"name": "映月湖读书驿站"}, on=NEW_NAME)
    line = "NH004 · 南海区 · 桂城街道 · 基层服务点"
    former = "曾用名“千灯湖读书驿站（演示）”"
    assert found(person("office"), "千灯湖")["library"] == [("映月湖读书驿站", f"{line} · {former}", "正常开放")]
    assert found(person("office"), "映月湖")["library"] == [("映月湖读书驿站", line, "正常开放")]


def test_a_name_that_was_a_mistake_is_no_former_name(person, library):
    first = Spell.objects.known().get(library__code="NH004").since
    change_facts(library("NH004"), {"name": "映月湖读书驿站"}, on=first)
    assert libraries(person("office"), "千灯湖") == []


def test_a_library_that_has_left_is_found_and_says_so(person, library):
    close_library(library("NH004"), on=NEW_NAME)
    [(title, __, state)] = found(person("office"), "qdh")["library"]
    assert (title, state) == ("千灯湖读书驿站（演示）", "已不在体系内")


@pytest.mark.parametrize(
    ("name", "text"),
    [("区建华", "oujianhua"), ("曾丽", "zengli"), ("单志强", "szq"), ("仇明", "qiu"), ("解晓东", "xie")],
)
def test_people_are_found_by_how_their_names_are_read(person, name, text):
    change_account(person("branch"), {"name": name}, by=person("admin"))
    assert people(person("observer"), text) == [name]


def test_a_reading_that_was_written_for_a_person_is_searched(person):
    change_account(person("branch"), {"name": "乐和", "reading": "yue he"}, by=person("admin"))
    assert people(person("observer"), "yuehe") == ["乐和"]


def test_nobody_finds_a_closed_account_or_one_without_a_role(person):
    User.objects.filter(username="branch").update(is_active=False)
    person("observer").grants.update(ended_at="2026-01-01T00:00Z")
    assert people(person("admin"), "冯分馆") == []
    assert people(person("admin"), "观察员") == []


@pytest.fixture
def filing(person, library):
    return begin("suspension", library("NH002"), by=person("nanhai"), asked=answers_of("suspension"))


def test_a_draft_filing_is_found_by_those_who_may_read_it_and_by_nobody_else(person, filing):
    seen = {name: "filing" in found(person(name), "桂城分馆") for name in ("nanhai", "office", "observer", "chancheng")}
    assert seen == {"nanhai": True, "office": True, "observer": False, "chancheng": False}


def test_a_draft_return_is_found_by_its_month_and_its_library(person, library):
    save_draft(library("NH002"), "2026-10", {}, {}, by=person("nanhai"))
    for text in ("2026-10 桂城", "2026年10月 nh002", "202610 gcfg"):
        assert [title for title, *__ in found(person("nanhai"), text)["return"]] == ["2026年10月 · 桂城分馆（演示）"]
    assert "return" not in found(person("nanhai"), "桂城")
    assert "return" not in found(person("observer"), "2026-10 桂城")


def test_meetings_are_found_by_those_who_read_them(cast, person):
    meeting = call(cast, 5)
    assert [title for title, *__ in found(person("office"), "lxhy")["meeting"]] == [meeting.title]
    assert "meeting" not in found(person("branch"), "lxhy")
    assert "meeting" not in found(person("office"), "nh")


@pytest.mark.parametrize("username", ["admin", "office", "nanhai", "branch", "observer"])
def test_nobody_finds_a_telephone_number(person, library, username):
    change_facts(library("NH002"), {"phone": "0757-81234567"}, on=NEW_NAME)
    assert found(person(username), "81234567") == {}


def test_a_district_leads_to_its_libraries(signed_in):
    answer = signed_in("observer").get(reverse("search"), {"q": "南海区"})
    [places] = [group for group in answer.context["groups"] if group.find.model._meta.model_name == "division"]
    assert [(hit.title, hit.url) for hit in places.hits] == [("南海区", "/members/?district=440605")]


def test_five_of_a_kind_are_shown_and_the_list_shows_them_all(signed_in):
    client = signed_in("office")
    [shown] = [one for one in client.get(reverse("search"), {"q": "yanshi"}).context["groups"] if one.find.sort == 10]
    assert (len(shown.hits), shown.count, shown.more) == (5, 10, "/members/?q=yanshi")
    assert client.get(shown.more).context["total"] == 10


@pytest.mark.parametrize("text", ["", "   ", "x" * 200, "\0", "' OR 1=1 --", "%_\\", "１"])
def test_whatever_is_typed_is_answered(signed_in, text):
    assert signed_in("office").get(reverse("search"), {"q": text}).status_code == 200


@pytest.mark.parametrize("username", ["office", "nanhai", "observer"])
@pytest.mark.parametrize("text", ["2026-10 a", "演示 a 馆", "nh"])
def test_a_search_costs_one_question_for_each_kind_of_record(signed_in, username, text):
    client = signed_in(username)
    client.get(reverse("search"), {"q": text})
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get(reverse("search"), {"q": text})
    assert len(queries) <= MORE_QUERIES["search"]


def stale():
    """Return the rows whose search words are not those of today's code."""
    return [row for model, field in searched() for row in model.objects.all() if field.of(row) != row.search_words]


def test_all_rows_know_their_words_and_filling_again_writes_none(cast):
    call(cast, 5)
    assert (stale(), fill_search_words(), fill_search_words(anew=True)) == ([], 0, 0)


def test_rows_of_an_older_release_get_their_words_with_the_defaults(cast):
    for model, __ in searched():
        model.objects.update(search_words="")
    assert stale() != []
    call_command("load_defaults", stdout=StringIO())
    assert stale() == []


def test_words_of_an_older_way_of_reading_are_written_anew(cast):
    Spell.objects.filter(library__code="NH004").update(search_words="old")
    out = StringIO()
    call_command("rebuild_search", stdout=out)
    assert (out.getvalue(), stale()) == ("1 written\n", [])
