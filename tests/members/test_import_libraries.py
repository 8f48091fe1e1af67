"""Hold what a file of libraries does to the registry."""

from datetime import date, timedelta

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fsul_portal.records.models import Record
from members.libraries.actions import change_facts, close_library
from members.libraries.intake import columns
from members.libraries.intake.resources import LibraryResource
from members.libraries.models import BEGINNING, Library, Spell, facts_of_spells
from members.periods.models import Period
from tests.english import in_english
from tests.members.conftest import asked, csv_of, told

__all__ = ["in_english"]

pytestmark = pytest.mark.clause("6.2.1 e")

FULL = (
    "code,name,short_name,level,kind,parent_code,district_code,town_code,address,longitude,latitude,crs,status,"
    "opened_on,closed_on,area,seats,phone"
)


def known(code):
    return Library.objects.get(code=code).spells.known().order_by("since")


def counts(plan):
    return tuple(plan.counts().values())


def test_rows_come_in_any_order_and_a_parent_may_stand_below_its_child(load):
    plan = load(
        "code,name,level,parent_code",
        ("NH011", "新服务点", "point", "NH010"),
        ("NH010", "新分馆", "branch", "NH001"),
    )
    assert counts(plan) == (2, 0, 0, 0)
    spell = known("NH011").get()
    assert (spell.parent.code, spell.district.code, spell.since) == ("NH010", "440605", BEGINNING)


def test_every_column_arrives_where_it_belongs(load):
    load(
        FULL,
        (
            "NH010",
            "新分馆",
            "新馆",
            "branch",
            "镇街分馆",
            "NH001",
            "440605",
            "440605125",
            "大沥路1号",
            "113.123456",
            "23.023456",
            "GCJ02",
            "trial",
            "2021-05-01",
            "2030-01-01",
            "1,234.5",
            "88",
            "0757-86123456",
        ),
    )
    spell = known("NH010").get()
    facts = spell.as_facts() | {"since": spell.since, "until": spell.until}
    written = {
        "name": "新分馆",
        "short_name": "新馆",
        "level": "branch",
        "kind": "镇街分馆",
        "parent": "NH001",
        "district": "440605",
        "town": "440605125",
        "address": "大沥路1号",
        "longitude": "113.123456",
        "latitude": "23.023456",
        "crs": "GCJ02",
        "status": "trial",
        "area": "1234.5",
        "seats": "88",
        "phone": "0757-86123456",
        "since": "2021-05-01",
        "until": "2030-01-01",
    }
    # A fact that came later has tests of its own, and its column is held below.
    assert {field: str(facts[field]) for field in written} == written


def test_chinese_headings_and_words_are_understood(load):
    plan = load("馆代码,馆名,级别,上级馆代码,坐标系,运行状态", ("NH010", "新分馆", "分馆", "NH001", "GCJ-02", "试运行"))
    assert told(plan) == []
    spell = known("NH010").get()
    assert (spell.level, spell.crs, spell.status) == ("branch", "GCJ02", "trial")


def test_the_central_library_lies_in_the_city_and_a_town_says_its_district(load, library):
    load(
        "code,name,level,parent_code,town_code",
        ("FS009", "新中心馆", "central", "", ""),
        ("CC010", "新分馆", "branch", "CC001", "440604100"),
    )
    assert known("FS009").get().district.code == "440600"
    assert known("CC010").get().district.code == "440604"


def test_changed_facts_hold_from_the_day_and_the_rest_stays(load):
    plan = load("code,name,level,address", ("NH003", "大沥分馆（演示）", "branch", "新路"), on=date(2024, 3, 1))
    assert counts(plan) == (0, 1, 0, 0)
    spells = known("NH003")
    assert [(spell.since, spell.until, spell.address, spell.kind) for spell in spells] == [
        (date(2005, 1, 1), date(2024, 3, 1), "大沥演示路8号", "镇街分馆"),
        (date(2024, 3, 1), None, "新路", "镇街分馆"),
    ]


def test_changed_facts_hold_from_today_unless_said_otherwise(load):
    load("code,name,level,address", ("NH003", "大沥分馆（演示）", "branch", "新路"))
    assert known("NH003").last().since == timezone.localdate()


def test_an_empty_cell_keeps_what_is_stored_and_an_absent_column_leaves_it(load):
    row = ("NH003", "大沥分馆（演示）", "branch", "", "新路")
    plan = load("code,name,level,kind,address", row)
    spell = known("NH003").last()
    assert (spell.kind, spell.address, spell.town.code) == ("镇街分馆", "新路", "440605125")
    assert {heading: kept.rows for heading, kept in plan.kept.items()} == {"kind": [2]}


def test_an_empty_cell_takes_a_fact_back_where_that_is_wished(load):
    load("code,name,level,kind,status", ("NH003", "大沥分馆（演示）", "branch", "", ""), clear_empty=True)
    assert (known("NH003").last().kind, known("NH003").last().status) == ("", "open")


def test_another_first_day_is_a_correction(load):
    load("code,name,level,opened_on", ("NH003", "大沥分馆（演示）", "branch", "2003-09-01"))
    assert list(known("NH003").values_list("since", "until")) == [(date(2003, 9, 1), None)]


def test_a_last_day_closes_and_a_later_one_corrects_it(load):
    row = ("NH003", "大沥分馆（演示）", "branch")
    load("code,name,level,closed_on", (*row, "2030-01-01"))
    assert known("NH003").get().until == date(2030, 1, 1)
    load("code,name,level,closed_on", (*row, "2031-01-01"))
    assert known("NH003").get().until == date(2031, 1, 1)


def test_a_library_that_left_comes_back_on_the_day_the_file_says(load, library):
    close_library(library("NH004"), on=date(2020, 1, 1))
    row = ("NH004", "千灯湖读书驿站（演示）", "point")
    refused = load("code,name,level", row)
    assert [(row, column) for row, column, __ in told(refused)] == [(2, "code")]
    plan = load("code,name,level,opened_on", (*row, "2022-01-01"))
    assert counts(plan) == (0, 1, 0, 0)
    assert [(spell.since, spell.until, spell.kind) for spell in known("NH004")] == [
        (date(2005, 1, 1), date(2020, 1, 1), "读书驿站"),
        (date(2022, 1, 1), None, "读书驿站"),
    ]


def test_the_facts_of_a_library_that_has_left_are_not_changed_in_passing(load, library):
    close_library(library("NH004"), on=date(2020, 1, 1))
    plan = load("code,name,level,opened_on,closed_on", ("NH004", "别的名字", "point", "2005-01-01", "2020-01-01"))
    assert [(row, column) for row, column, __ in told(plan)] == [(2, "code")]


def test_loading_the_same_file_again_changes_nothing(load):
    content = csv_of(
        FULL,
        (
            "NH010",
            "新分馆",
            "",
            "branch",
            "",
            "NH001",
            "",
            "",
            "路",
            "113.1",
            "23.1",
            "WGS84",
            "open",
            "2021-05-01",
            "",
            "",
            "",
            "",
        ),
    )
    assert counts(load(content)) == (1, 0, 0, 0)
    before = Spell.objects.count(), Record.objects.count()
    plan = load(content)
    assert counts(plan) == (0, 0, 1, 0)
    assert asked(plan) == []
    assert (Spell.objects.count(), Record.objects.count()) == before


def test_each_row_that_goes_in_leaves_a_record_with_before_and_after(load, person):
    load(
        "code,name,level,address", ("NH003", "大沥分馆（演示）", "branch", "新路"), by=person("office"), note="变动.csv"
    )
    record = Record.objects.of(Library.objects.get(code="NH003"))[0]
    assert (record.verb, record.by.username, record.note) == ("changed", "office", "变动.csv")
    assert record.changes() == [("address", "大沥演示路8号", "新路")]


@pytest.mark.checklist("C6")
def test_all_rows_or_none(load):
    plan = load("code,name,level,parent_code", ("NH010", "新分馆", "branch", "NH001"), ("NH011", "", "branch", "NH001"))
    assert counts(plan) == (0, 0, 0, 1)
    assert not Library.objects.filter(code="NH010").exists()


@pytest.mark.checklist("C6")
def test_partial_takes_the_good_rows_and_not_what_would_hang_in_the_air(load):
    plan = load(
        "code,name,level,parent_code,phone",
        ("NH010", "新分馆", "branch", "NH001", "1" * 41),
        ("NH011", "它下面的点", "point", "NH010", ""),
        ("NH012", "好的点", "point", "NH002", ""),
        partial=True,
    )
    assert counts(plan) == (1, 0, 0, 2)
    assert [(row, column) for row, column, __ in told(plan)] == [(2, "phone"), (3, "parent_code")]
    assert set(Library.objects.filter(code__in=("NH010", "NH011", "NH012")).values_list("code", flat=True)) == {"NH012"}


def test_partial_leaves_a_refused_library_as_it_was(load):
    load("code,name,level,address,seats", ("NH002", "桂城分馆（演示）", "branch", "新路", "很多"), partial=True)
    assert known("NH002").get().address == "桂城演示路7号"


@pytest.mark.checklist("C6")
def test_every_mistake_of_a_row_is_told_at_once(load):
    plan = load(
        "code,name,level,parent_code,town_code,opened_on,seats",
        ("NH 10", "", "馆", "NH404", "999999", "2024-13-01", "-3"),
    )
    assert {(row, column) for row, column, __ in told(plan)} == {
        (2, "code"),
        (2, "name"),
        (2, "level"),
        (2, "opened_on"),
        (2, "seats"),
    }
    plan = load("code,name,level,parent_code,town_code,phone", ("NH010", "馆", "branch", "NH404", "999999", "1" * 41))
    assert {(row, column) for row, column, __ in told(plan)} == {(2, "parent_code"), (2, "town_code"), (2, "phone")}


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (("NH010", "馆", "branch", "NH002", "", "", ""), "parent_code"),
        (("NH010", "馆", "branch", "", "", "", ""), "parent_code"),
        (("NH010", "馆", "branch", "NH404", "", "", ""), "parent_code"),
        (("NH010", "馆", "point", "NH004", "", "", ""), "parent_code"),
        (("NH010", "馆", "branch", "NH001", "440604", "440605011", ""), "town_code"),
        (("NH010", "馆", "branch", "NH001", "440605011", "", ""), "district_code"),
        (("NH010", "馆", "branch", "NH001", "", "440605", ""), "town_code"),
        (("NH010", "馆", "branch", "NH001", "", "", "2999-01-01"), "opened_on"),
        (("NH002", "桂城分馆（演示）", "point", "NH001", "", "", ""), "level"),
        (("FS001", "中心", "branch", "NH001", "", "", ""), "parent_code"),
    ],
)
def test_what_cannot_be_true_is_refused_at_its_cell(load, row, column):
    plan = load("code,name,level,parent_code,district_code,town_code,opened_on", row)
    assert (2, column) in {(number, name) for number, name, __ in told(plan)}
    assert counts(plan) == (0, 0, 0, 1)


def test_a_circle_is_told_at_every_library_in_it(load):
    plan = load(
        "code,name,level,parent_code",
        ("NH010", "甲", "branch", "NH011"),
        ("NH011", "乙", "branch", "NH012"),
        ("NH012", "丙", "branch", "NH010"),
        ("NH013", "丁", "point", "NH010"),
    )
    in_circle = [row for row, column, sentence in told(plan) if "NH010 → NH011 → NH012 → NH010" in sentence]
    assert in_circle == [2, 3, 4]
    assert not Library.objects.filter(code__startswith="NH01").exists()


def test_a_code_that_stands_twice_is_refused_the_second_time(load):
    plan = load("code,name,level,parent_code", ("NH010", "甲", "branch", "NH001"), ("NH010", "乙", "branch", "NH001"))
    assert [(row, column) for row, column, __ in told(plan)] == [(3, "code")]


def test_a_set_is_judged_as_it_will_be_not_as_it_is(load):
    plan = load(
        "code,name,level,parent_code",
        ("NH002", "桂城分馆（演示）", "point", "NH001"),
        ("NH004", "千灯湖读书驿站（演示）", "point", "NH003"),
    )
    assert (told(plan), counts(plan)) == ([], (0, 2, 0, 0))


@pytest.mark.parametrize(
    ("longitude", "latitude", "columns"),
    [
        ("113.123456", "23.023456", []),
        ("113.12", "23.023456", ["longitude"]),
        ("113.12", "23.02", ["longitude", "latitude"]),
        ("23.023456", "113.123456", ["longitude"]),
        ("23.023456", "113.12", ["longitude", "latitude"]),
        ("116.397128", "39.916527", ["longitude", "latitude"]),
    ],
)
def test_doubtful_coordinates_are_questioned_and_go_in(load, longitude, latitude, columns):
    plan = load(
        "code,name,level,parent_code,longitude,latitude,crs",
        ("NH010", "馆", "branch", "NH001", longitude, latitude, "WGS84"),
    )
    assert [(row, column) for row, column, __ in asked(plan)] == [(2, column) for column in columns]
    assert counts(plan) == (1, 0, 0, 0)


def test_swapped_axes_are_taken_the_right_way_round(load):
    load(
        "code,name,level,parent_code,longitude,latitude", ("NH010", "馆", "branch", "NH001", "23.023456", "113.123456")
    )
    spell = known("NH010").get()
    assert (str(spell.longitude), str(spell.latitude)) == ("113.123456", "23.023456")


@pytest.mark.clause("6.2.1 e")
def test_a_point_without_a_system_and_one_that_is_taken_are_questioned(load):
    columns = "code,name,level,parent_code,longitude,latitude,crs"
    plan = load(
        columns,
        ("NH010", "馆", "branch", "NH001", "113.123456", "23.023456", "WGS84"),
        ("NH011", "馆", "branch", "NH001", "113.123456", "23.023456", ""),
    )
    assert [(row, column) for row, column, __ in asked(plan)] == [(3, "crs"), (3, "longitude")]
    # The same numbers in another system are another place.
    other = load(columns, ("NH012", "馆", "branch", "NH001", "113.123456", "23.023456", "GCJ02"))
    assert not asked(other)
    # What stands there already and has not moved is not asked about again.
    assert not asked(load(columns, ("NH010", "馆", "branch", "NH001", "113.123456", "23.023456", "WGS84")))
    moved = load(columns, ("NH010", "馆", "branch", "NH001", "113.128940", "23.020904", "WGS84"))
    assert [(column, "GCJ02" in sentence) for __, column, sentence in asked(moved)] == [("crs", True)]


def test_half_a_point_and_an_impossible_one_are_refused(load):
    columns = "code,name,level,parent_code,longitude,latitude"
    plan = load(
        columns,
        ("NH010", "馆", "branch", "NH001", "113.123456", ""),
        ("NH011", "馆", "branch", "NH001", "113.123456", "95.5"),
    )
    assert [(row, column) for row, column, __ in told(plan)] == [(2, "latitude"), (3, "latitude")]


@pytest.mark.checklist("B4")
def test_columns_that_are_none_of_its_business_change_nothing(load, person):
    before = person("nanhai").is_superuser
    plan = load(
        "code,name,level,id,pk,superseded_at,recorded_by,is_superuser,level_rank,since",
        ("NH003", "大沥分馆（演示）", "branch", "1", "1", "2001-01-01", "1", "1", "1", "1999-01-01"),
    )
    assert plan.unread == ["id", "pk", "superseded_at", "recorded_by", "is_superuser", "level_rank", "since"]
    assert counts(plan) == (0, 0, 1, 0)
    assert person("nanhai").is_superuser == before


def test_a_dry_run_tells_the_same_and_changes_nothing(load):
    before = Library.objects.count(), Spell.objects.count(), Record.objects.count()
    plan = load("code,name,level,parent_code", ("NH010", "新分馆", "branch", "NH001"), dry_run=True)
    assert counts(plan) == (1, 0, 0, 0)
    assert (Library.objects.count(), Spell.objects.count(), Record.objects.count()) == before


def test_the_number_of_queries_does_not_grow_with_the_rows(load):
    def queries(first, rows):
        content = [(f"NH{number}", f"点{number}", "point", "NH002") for number in range(first, first + rows)]
        with CaptureQueriesContext(
            connection,
        ) as captured:
            load("code,name,level,parent_code", *content)
        return len(captured)

    queries(100, 1)
    assert queries(200, 1) == queries(300, 25)


def test_a_library_planned_for_later_is_not_there_yet(load):
    tomorrow = timezone.localdate() + timedelta(days=1)
    content = csv_of(
        "code,name,level,parent_code,opened_on", ("NH010", "新分馆", "branch", "NH001", tomorrow.isoformat())
    )
    assert counts(load(content)) == (1, 0, 0, 0)
    assert Library.objects.as_of().filter(code="NH010").exists() is False
    assert Library.objects.as_of(tomorrow).filter(code="NH010").exists() is True
    assert counts(load(content)) == (0, 0, 1, 0)


@pytest.mark.parametrize("code", ["nh003", "ＮＨ００３", "NH\u200b003", " Nh003 "])
def test_a_code_is_compared_as_people_see_it_and_makes_no_twin(load, code):
    plan = load("code,name,level,address", (code, "大沥分馆（演示）", "branch", "新路"))
    assert (counts(plan), told(plan)) == ((0, 1, 0, 0), [])
    assert (known("NH003").last().address, Library.objects.count()) == ("新路", 10)


def test_a_code_that_has_lost_its_zeros_is_refused_with_the_one_that_is_meant(load, in_english):
    load("code,name,level,parent_code", ("0012", "甲", "branch", "NH001"), ("0045", "乙", "point", "0012"))
    plan = load("code,name,level,parent_code", ("12", "甲", "branch", "NH001"), ("45", "乙", "point", "12"))
    assert [sentence for __, column, sentence in told(plan) if column == "code"] == [
        "12 is not known. Did you mean 0012?",
        "45 is not known. Did you mean 0045?",
    ]
    assert Library.objects.filter(code__in=("12", "45")).count() == 0


def test_a_parent_is_found_however_its_code_is_written(load):
    load("code,name,level,parent_code", ("NH010", "新分馆", "branch", "nh001"), ("NH011", "点", "point", "nh010"))
    assert (known("NH010").get().parent.code, known("NH011").get().parent.code) == ("NH001", "NH010")


def test_a_parent_that_leaves_is_refused_with_the_libraries_under_it(load):
    row = ("NH002", "桂城分馆（演示）", "branch", "2026-11-01")
    assert "NH004" in told(load("code,name,level,closed_on", row))[0][2]
    with_it = ("NH004", "千灯湖读书驿站（演示）", "point", "2026-11-01")
    assert counts(load("code,name,level,closed_on", row, with_it)) == (0, 2, 0, 0)


def test_a_parent_may_leave_when_the_file_gives_another_one(load):
    plan = load(
        "code,name,level,parent_code,closed_on",
        ("NH002", "桂城分馆（演示）", "branch", "", "2026-11-01"),
        ("NH004", "千灯湖读书驿站（演示）", "point", "NH003", ""),
        on=date(2026, 11, 1),
    )
    assert (told(plan), counts(plan)) == ([], (0, 2, 0, 0))


def test_a_parent_stays_when_the_row_that_takes_its_child_along_is_refused(load):
    plan = load(
        "code,name,level,closed_on,seats",
        ("NH002", "桂城分馆（演示）", "branch", "2026-11-01", ""),
        ("NH004", "千灯湖读书驿站（演示）", "point", "2026-11-01", "很多"),
        partial=True,
    )
    assert counts(plan) == (0, 0, 0, 2)


@pytest.mark.parametrize(("longitude", "latitude"), [("200", "23.1"), ("113.1", "99"), ("200", "99"), ("-181", "-91")])
def test_what_lies_outside_the_earth_is_refused(load, longitude, latitude):
    columns = "code,name,level,parent_code,longitude,latitude"
    plan = load(columns, ("NH010", "馆", "branch", "NH001", longitude, latitude))
    assert (counts(plan), Library.objects.filter(code="NH010").count()) == ((0, 0, 0, 1), 0)


def test_days_are_not_taken_from_a_locked_month_and_days_given_to_one_are_questioned(load):
    Period.objects.create(
        code="2025-03", first_day=date(2025, 3, 1), last_day=date(2025, 3, 31), locked_at=timezone.now()
    )
    row = ("NH004", "千灯湖读书驿站（演示）", "point")
    plan = load("code,name,level,closed_on", (*row, "2025-03-01"))
    assert [(number, column) for number, column, __ in told(plan)] == [(2, "closed_on")]
    plan = load("code,name,level,opened_on", (*row, "2025-05-01"))
    assert [(number, column) for number, column, __ in told(plan)] == [(2, "opened_on")]
    plan = load("code,name,level,opened_on", (*row, "2004-05-01"))
    assert (counts(plan), asked(plan)) == ((0, 1, 0, 0), [])
    plan = load("code,name,level,parent_code,opened_on", ("NH010", "新分馆", "branch", "NH001", "2025-03-01"))
    assert [(number, column) for number, column, __ in asked(plan)] == [(2, "opened_on")]


def test_a_fact_is_one_field_and_one_column(load, signed_in, monkeypatch):
    """A new fact shows in import, export, resource, page and help, and nothing drops its value in silence."""
    field = models.CharField("postcode", max_length=6, blank=True, default="")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # What the stage has written still waits for its checks, and a table with such checks cannot be altered.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE members_spell ADD COLUMN postcode varchar(6) NOT NULL DEFAULT ''")
    Spell.add_to_class("postcode", field)
    try:
        monkeypatch.setattr(Spell, "FACTS", facts_of_spells())
        columns.LIBRARY_COLUMNS.append(columns.fact("postcode", "邮编", english="Postcode"))
        load("馆代码,馆名,级别,邮编", ("NH003", "大沥分馆（演示）", "branch", "528231"))
        assert known("NH003").last().postcode == "528231"
        dataset = LibraryResource().export()
        assert dict(zip(dataset.headers, dataset[5], strict=True))["postcode"] == "528231"
        client = signed_in("office")
        assert "528231" in client.get("/members/export/csv/").content.decode()
        assert "528231" in client.get("/members/libraries/NH003/").content.decode()
        assert "邮编" in client.get("/members/import/").content.decode()
    finally:
        columns.LIBRARY_COLUMNS[:] = [one for one in columns.LIBRARY_COLUMNS if one.fact != "postcode"]
        Spell._meta.local_fields.remove(field)
        Spell._meta._expire_cache()
        del Spell.postcode


def test_every_fact_has_a_column():
    assert set(Spell.FACTS) <= {column.fact for column in columns.LIBRARY_COLUMNS}


def test_a_file_puts_nobody_under_a_parent_that_is_known_to_leave(load, library):
    load("code,name,level,parent_code", ("NH050", "新分馆", "branch", "NH001"))
    close_library(library("NH050"), on=date(2030, 1, 1))
    row = ("NH051", "新驿站", "point", "NH050")
    assert [(number, column) for number, column, __ in told(load("code,name,level,parent_code", row))] == [
        (2, "parent_code")
    ]
    plan = load("code,name,level,parent_code,closed_on", (*row, "2030-01-01"))
    assert (told(plan), counts(plan)) == ([], (1, 0, 0, 0))


def test_a_file_lowers_no_branch_under_which_somebody_is_to_come(load, library):
    load("code,name,level,parent_code", ("NH050", "新分馆", "branch", "NH001"))
    change_facts(library("NH004"), {"parent": library("NH050")}, on=date(2030, 1, 1))
    plan = load("code,name,level", ("NH050", "新分馆", "point"))
    assert [(number, column) for number, column, __ in told(plan)] == [(2, "level")]


def test_a_file_corrects_a_first_day_before_anybody_came_under_it(load):
    load("code,name,level,parent_code,opened_on", ("NH050", "新分馆", "branch", "NH001", "2010-01-01"))
    load("code,name,level,parent_code,opened_on", ("NH051", "新驿站", "point", "NH050", "2015-01-01"))
    plan = load("code,name,level,opened_on", ("NH050", "新分馆", "branch", "2012-01-01"))
    assert (told(plan), counts(plan)) == ([], (0, 1, 0, 0))
    plan = load("code,name,level,opened_on", ("NH050", "新分馆", "branch", "2016-01-01"))
    assert [(number, column) for number, column, __ in told(plan)] == [(2, "opened_on")]
