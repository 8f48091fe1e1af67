"""Hold what outsiders read: only what is published, with a token or where it is open, in pages, as JSON and CSV."""

import csv
import io
from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from fsul_portal.records.models import Record
from reports.opendata import actions
from reports.opendata.models import Openness, Token

pytestmark = [pytest.mark.django_db, pytest.mark.clause("6.2.1 j")]
EDITIONS, YEAR = "/api/editions", "/api/editions/annual/2025/1"
FIGURES = f"{YEAR}/figures"


@pytest.fixture(autouse=True)
def nobody_has_asked():
    cache.clear()


@pytest.fixture
def secret(person):
    return actions.issue(
        by=person("office"), holder="市统计局", purpose="年鉴", expires_on=timezone.localdate() + timedelta(days=9)
    ).secret


@pytest.fixture
def ask(secret):
    """Ask as somebody with a token does: `ask("/api/editions", kind="annual")`."""

    def ask_now(address, *, language="en", **asked):
        headers = {"authorization": f"Bearer {secret}"}
        return Client().get(address, {"language": language, **asked}, headers=headers)

    return ask_now


@pytest.fixture
def year(published, reported):
    """Publish a year in which two libraries of Nanhai have reported one month."""
    reported("NH001", "2025-03", V01=100, L01=7)
    reported("NH002", "2025-03", V01=23)
    return published("annual", "2025")


def rows_of(response):
    assert response.status_code == 200, response.content
    return response.json()["rows"]


def lines_of(response):
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_only_what_is_published_is_listed_with_what_has_replaced_it(ask, published, reported):
    published("annual", "2025")
    reported("NH002", "2025-03", V01=12)
    published("annual", "2025")
    published("annual", "2024", is_published=False)
    published("monthly", "2025-03")
    told = [(row["kind"], row["period"], row["edition"], row["replaced_by"]) for row in rows_of(ask(EDITIONS))]
    assert told == [("monthly", "2025-03", 1, None), ("annual", "2025", 2, None), ("annual", "2025", 1, 2)]
    assert [row["edition"] for row in rows_of(ask(EDITIONS, kind="annual", newest="true"))] == [2]
    assert [row["kind"] for row in rows_of(ask(EDITIONS, period="2025-03"))] == ["monthly"]


def test_figures_are_those_of_the_edition(ask, year):
    (total,) = rows_of(ask(FIGURES, scope="system", indicator="V01"))
    assert (total["value"], total["status"], total["complete"]) == (123, "partial", False)
    assert total["missing"] == year.snapshot["system"]["V01"]["missing"]
    assert total["change"]["last_year"] == year.snapshot["system"]["V01"]["change"]["last_year"]
    (district,) = rows_of(ask(FIGURES, scope="district", place="440605", indicator="V01"))
    assert (district["value"], district["name"]) == (123, "南海区")
    (library,) = rows_of(ask(FIGURES, scope="library", place="NH002", indicator="V01"))
    assert {key: library[key] for key in ("value", "status", "missing")} == {
        "value": 23,
        "status": "partial",
        "missing": ["NH002"],
    }


def test_definitions_say_what_the_dictionary_said(ask, year):
    visits = next(row for row in rows_of(ask(f"{YEAR}/definitions")) if row["code"] == "V01")
    assert (visits["unit"], visits["over_time"], visits["over_libraries"]) == ("人次", "sum", "sum")
    assert (visits["stock"], visits["additive"], visits["dictionary_version"]) == (False, True, 1)
    assert visits["iso_term"] != ""
    assert ask(YEAR).json()["dictionary_version"] == 1


def test_libraries_districts_and_divisions_say_what_is_public_and_nothing_else(ask, year):
    assert set(rows_of(ask(f"{YEAR}/libraries"))[0]) == {"code", "name", "level", "district", "district_name"}
    assert [row["code"] for row in rows_of(ask(f"{YEAR}/districts"))] == list(year.snapshot["districts"])
    assert {row["level"] for row in rows_of(ask("/api/divisions", level="town"))} == {"town"}


def test_no_explanation_and_no_telephone_leaves_the_house(ask, published, reported, library):
    reported("NH002", "2025-03", V01=12, notes={"V01": "王丽华漏报"})
    published("annual", "2025")
    library("NH002").spells.update(phone="0757-88888888")
    addresses = ("", "/figures", "/definitions", "/libraries", "/districts")
    told = "".join(ask(f"{YEAR}{end}").content.decode() for end in addresses)
    assert [word for word in ("王丽华", "88888888", '"phone"', '"note"') if word in told] == []


def test_pages_have_one_order_and_hold_each_row_once(ask, year):
    whole = rows_of(ask(FIGURES, page_size=2000))
    first = ask(FIGURES, page_size=7).json()
    cut, onward = first["rows"], first["next"]
    while onward:
        page = ask(urlsplit(onward).path, **dict(parse_qsl(urlsplit(onward).query))).json()
        cut, onward = cut + page["rows"], page["next"]
    assert cut == whole
    assert (first["count"], first["pages"]) == (len(whole), -(-len(whole) // 7))


def test_a_csv_says_the_same_and_runs_nothing(ask, published, reported, library):
    library("NH002").spells.update(name="=cmd|' /C calc'!A0")
    reported("NH002", "2025-03", V01=12)
    published("annual", "2025")
    response = ask(FIGURES, format="csv", scope="library", place="NH002", indicator="V01")
    assert response.content.startswith(b"\xef\xbb\xbf")
    head, line = lines_of(response)
    told = dict(zip(head, line, strict=True))
    assert (told["value"], told["complete"], told["missing"]) == ("12", "false", "NH002")
    assert told["name"].startswith("'=")
    response = ask(FIGURES, format="csv", page_size=10)
    assert len(lines_of(response)) == 11
    assert 'rel="next"' in response.headers["Link"]
    assert int(response.headers["X-Total-Count"]) == ask(FIGURES).json()["count"]


@pytest.mark.parametrize(
    ("address", "asked", "status", "told"),
    [
        (EDITIONS, {"page": 2}, 404, "There is no page 2: the last one is 1."),
        ("/api/editions/annual/2024/1", {}, 404, "There is no such edition among the published ones."),
        (FIGURES, {"indicator": "X99"}, 404, "This edition has no indicator X99; it has "),
        (FIGURES, {"place": "NOBODY"}, 404, "This edition knows no district and no library NOBODY."),
        ("/api/nothing", {}, 404, "There is no such address; /api/ says what there is."),
        (FIGURES, {"page_size": 2001}, 422, "Give a number of at most 2000."),
        (FIGURES, {"page": 0}, 422, "Give a number from 1 on."),
        (FIGURES, {"page": "x"}, 422, "Give a whole number."),
        (FIGURES, {"scope": "city"}, 422, "Give one of "),
        (FIGURES, {"indicater": "V01"}, 422, "There is no such parameter; there are "),
        (EDITIONS, {"newest": "perhaps"}, 422, "Give true or false."),
        ("/api/editions/annual/2025-13/1", {}, 422, "It is not spelled as it should be; see the description."),
        ("/api/editions/annual/2025/99999", {}, 422, "Give a number of at most 32767."),
    ],
)
def test_a_refusal_says_what_is_wrong_and_in_chinese_too(ask, year, address, asked, status, told):
    answer = ask(address, **asked)
    said = [answer.json()["message"], *(one["message"] for one in answer.json()["fields"])]
    assert (answer.status_code, [one for one in said if one.startswith(told)] != []) == (status, True), said
    chinese = ask(address, language="zh-hans", **asked)
    assert chinese.json()["message"] != answer.json()["message"]
    assert chinese.headers["Content-Language"] == "zh-hans"


def test_a_browser_is_answered_in_its_language_and_a_program_in_chinese(year):
    assert Client().get(EDITIONS).headers["Content-Language"] == "zh-hans"
    assert Client().get(EDITIONS, headers={"accept-language": "en-GB"}).headers["Content-Language"] == "en"


@pytest.mark.checklist("B1")
def test_without_a_token_nothing_is_read_unless_the_office_opens_it(year, person):
    nobody = Client()
    refused = nobody.get(FIGURES)
    assert (refused.status_code, refused.headers["WWW-Authenticate"]) == (401, "Bearer")
    actions.open_to_everybody(Openness.now(), by=person("office"))
    assert nobody.get(FIGURES).status_code == 200
    assert nobody.get(FIGURES, headers={"authorization": "Bearer fsul_x"}).status_code == 401
    actions.ask_for_tokens(Openness.now(), by=person("office"))
    assert nobody.get(FIGURES).status_code == 401
    assert list(Record.objects.of(Openness.now()).values_list("verb", flat=True)) == ["data closed", "data opened"]


@pytest.mark.checklist("B1")
def test_a_session_opens_nothing(year, signed_in):
    assert signed_in("office").get(FIGURES).status_code == 401


def test_a_token_that_is_revoked_or_run_out_says_so(ask, year, person):
    token = Token.objects.get()
    assert ask(EDITIONS).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(days=10)):
        assert "ran out on" in ask(EDITIONS).json()["message"]
    actions.revoke(token, by=person("office"))
    assert ask(EDITIONS).json()["message"] == "This token has been revoked."


def test_the_day_of_the_last_use_is_kept_once_a_day(ask, year, django_assert_num_queries):
    ask(EDITIONS)
    assert Token.objects.get().last_used_on == timezone.localdate()
    with django_assert_num_queries(3):
        ask(EDITIONS)


@pytest.mark.parametrize("address", ["/api/", "/api/openapi.json", "/api/docs", EDITIONS, "/api/nothing"])
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_nothing_is_written(secret, method, address):
    answer = getattr(Client(), method)(address, headers={"authorization": f"Bearer {secret}"})
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD")


def test_a_head_is_answered_like_a_get(ask, secret, year):
    head = Client().head(EDITIONS, headers={"authorization": f"Bearer {secret}"})
    assert (head.status_code, head.content) == (200, b"")


def test_a_token_is_held_back_when_it_asks_too_often_and_others_are_not(ask, year, person, settings):
    settings.API_REQUESTS_A_MINUTE = 2
    with time_machine.travel("2026-11-27 10:00:30+00:00", tick=False):
        Token.objects.update(expires_on="2027-01-01")
        assert [ask(EDITIONS).status_code for __ in range(3)] == [200, 200, 429]
        assert ask(EDITIONS).headers["Retry-After"] == "30"
        assert Client().get("/api/").status_code == 200
        assert [Client().get(EDITIONS).status_code for __ in range(3)] == [401, 429, 429]


def test_the_first_page_says_what_there_is(year):
    told = Client().get("/api/").json()
    assert (told["open_to_everybody"], told["most_rows_a_page"]) == (False, 2000)


@pytest.mark.parametrize(("language", "title"), [("zh-hans", "开放数据"), ("en", "Open data")])
def test_the_description_and_its_page_ask_for_nothing_outside(language, title, db):
    client = Client(headers={"accept-language": language})
    page = client.get("/api/docs")
    assert title in page.content.decode()
    assert "http" not in page.content.decode().replace("http://127.0.0.1:8000", "")
    described = client.get("/api/openapi.json").json()
    assert title in described["info"]["title"]
    assert "/api/editions/{kind}/{period}/{edition}/figures" in described["paths"]


def test_a_snapshot_of_the_first_shape_is_read_too(ask, year):
    """Editions of older releases say less of each figure; what they do not say is nothing."""
    snapshot = dict(year.snapshot)
    for key in ("version", "dictionary_version"):
        snapshot.pop(key)
    for cells in (snapshot["system"], *snapshot["districts"].values()):
        for cell in cells.values():
            for key in ("change", "bases", "late"):
                cell.pop(key, None)
    type(year).objects.filter(pk=year.pk).update(snapshot=snapshot)
    (total,) = rows_of(ask(FIGURES, scope="system", indicator="V01"))
    assert (total["value"], total["late"], total["change"]) == (123, 0, {"last_year": None, "last_period": None})
    visits = rows_of(ask(f"{YEAR}/definitions"))[0]
    assert (visits["dictionary_version"], visits["iso_term"]) == (None, "")
