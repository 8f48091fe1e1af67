"""Hold that a file goes out in the language of its reader and comes in from everybody, whatever its language."""

import io
import re
from collections import Counter
from datetime import date
from urllib.parse import unquote

import openpyxl
import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models
from django.urls import reverse
from django.utils import translation

from fsul_portal.intake.actions import read, take_in
from fsul_portal.intake.columns import Words, meanings
from fsul_portal.intake.kinds import KINDS, kind_named
from fsul_portal.sheets import SheetRefused, cells
from members.indicators.models import Indicator
from members.libraries.actions import change_facts
from members.libraries.finding.kinds import CHINESE, ENGLISH
from members.libraries.models import Spell
from members.periods.models import period_named
from members.returns.actions import hand_in
from members.returns.intake.workbooks import SET_ASIDE, tables_for
from members.returns.models import Return
from tests.chinese import HAN
from tests.members.returns.figures import SOUND
from tests.permission_table import address, clients_of, doors, set_table
from tests.registers import registers
from tests.responses import put_away

LANGUAGES = ("zh-hans", "en")
PERIOD = "2026-10"
FORM = f"/reports/returns/template/?period={PERIOD}"
FIGURES = f"/reports/returns/export/?tab=all&period={PERIOD}&format=xlsx"
REGISTRY = "/members/export/xlsx/"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def speaking(signed_in):
    """Return a client of a person in a language: `speaking("nanhai", "en")`."""

    def sign_in(username, language):
        client = signed_in(username)
        client.cookies["django_language"] = language
        return client

    return sign_in


@pytest.fixture
def figures(library, person):
    """A return with all four kinds of cells, and an explanation."""
    said = SOUND | {"V01": None, "L01": "na", "L02": "closed", "E01": 0, "E02": 0}
    said = {code: value for code, value in said.items() if value is not None}
    return hand_in(library("NH003"), PERIOD, said, {"L02": "装修"}, by=person("nanhai"))


def book_of(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def take(kind, content, *, by=None, reader="zh-hans", **wishes):
    """Take a file in as somebody who reads a language."""
    with translation.override(reader):
        return take_in(kind_named(kind), read(kind_named(kind), content, name="book.xlsx"), by=by, **wishes)


def heads_of(columns, language):
    with translation.override(language):
        return [str(getattr(column, "label", "") or column.title) for column in columns]


def sheets_of_the_portal():
    """Return {name: columns} of all that goes out as a sheet with columns declared somewhere."""
    found = {f"intake {key}": list(kind.columns()) for key, kind in KINDS.items()}
    for kind in registers():
        if not kind.__module__.startswith("tests."):
            found |= {
                f"list {kind.name} {tab}": [one for one in kind.columns if not one.only_in or tab in one.only_in]
                for tab in {"", *(tab for one in kind.columns for tab in one.only_in)}
            }
    return found


def test_every_column_of_a_sheet_has_a_heading_of_its_own_in_both_languages(cast):
    found = []
    for name, columns in sheets_of_the_portal().items():
        english, chinese = heads_of(columns, "en"), heads_of(columns, "zh-hans")
        found += [(name, head) for head in english if not head or re.search(HAN, head)]
        found += [(name, head) for head in chinese if not re.search(HAN, head)]
        for heads in (english, chinese):
            found += [(name, head) for head, count in Counter(map(cells.folded, heads)).items() if count > 1]
    assert found == []


def test_no_heading_of_a_file_means_two_columns(cast):
    for key, kind in KINDS.items():
        meant = meanings(list(kind.columns()))
        assert (key, {word for word, columns in meant.items() if len(columns) > 1}) == (key, set())


def test_every_word_that_a_cell_may_say_fits_a_list_of_excel_in_both_languages(cast):
    readers = [column.read for kind in KINDS.values() for column in kind.columns() if isinstance(column.read, Words)]
    words = [word for reader in readers for word in (*reader.chinese.values(), *reader.english.values())]
    assert len(words) > 30
    assert [word for word in words if "," in word] == []


@pytest.mark.parametrize("field", ["name", "name_en"])
def test_indicators_called_the_same_are_told_apart_by_their_code(cast, speaking, field):
    twin = Indicator.objects.get(code="L04")
    Indicator.objects.filter(pk=twin.pk).update(**{field: getattr(Indicator.objects.get(code="L01"), field)})
    columns = list(kind_named("returns").columns())
    for language in LANGUAGES:
        assert max(Counter(heads_of(columns, language)).values()) == 1
        form = speaking("nanhai", language).get(FORM).content
        assert take("returns", form, state="submitted").problems == []


def test_a_heading_that_may_mean_two_columns_is_refused_with_their_names(cast):
    Indicator.objects.filter(code="L04").update(name_en="Loans")
    content = b"library_code,period,Loans\nNH003,2026-10,5\n"
    with pytest.raises(SheetRefused) as refusal:
        take("returns", content, reader="en")
    assert str(refusal.value.sentence) == (
        "The heading “Loans” may mean several columns. Write one of these names above it: L01, L04."
    )


@pytest.mark.clause("6.2.1 j")
@pytest.mark.parametrize("reader", LANGUAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_of_returns_in_any_language_is_taken_from_everybody(figures, person, speaking, language, reader):
    book = book_of(speaking("nanhai", language).get(FORM).content)
    sheet, before = book.worksheets
    row = next(row for row in sheet.iter_rows(min_row=2) if row[0].value == "NH002")
    row[3].value, row[6].value = "闭馆" if language == "en" else "closed", 7
    filled = io.BytesIO()
    book.save(filled)
    plan = take("returns", filled.getvalue(), by=person("nanhai"), reader=reader, state="submitted")
    assert (plan.problems, plan.counts()) == ([], {"created": 1, "updated": 0, "unchanged": 3, "refused": 0})
    assert Return.objects.get(library__code="NH002").figures["V01"] == "closed"
    assert {"zh-hans": ("填报", "上月"), "en": ("To fill in", "Month before")}[language] == (sheet.title, before.title)


@pytest.mark.parametrize("reader", LANGUAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_figures_in_any_language_say_what_is_stored_to_everybody(figures, speaking, language, reader):
    content = speaking("office", language).get(FIGURES).content
    plan = take("returns", content, reader=reader)
    assert (plan.problems, plan.counts()["unchanged"]) == ([], 1)
    sheet = book_of(content).worksheets[0]
    said = {sheet.cell(1, place).comment.text: sheet.cell(2, place).value for place in range(1, sheet.max_column + 1)}
    words = {
        "zh-hans": ("2026年10月", "审核中", "—", "闭馆", "装修"),
        "en": ("October 2026", "under review", "—", "closed", "装修"),
    }
    assert tuple(said[name] for name in ("period", "state", "L01", "L02", "L02.note")) == words[language]


@pytest.mark.clause("6.2.1 e")
@pytest.mark.parametrize("reader", LANGUAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_registry_in_any_language_says_what_is_stored_to_everybody(library, person, speaking, language, reader):
    change_facts(library("NH003"), {"status": "lending_suspended", "crs": "GCJ02"}, on=date(2026, 1, 1))
    change_facts(library("NH004"), {"kind": "旅图·晓读夜宿"}, on=date(2026, 1, 1))
    content = speaking("office", language).get(REGISTRY).content
    plan = take("libraries", content, by=person("office"), reader=reader)
    assert (plan.problems, plan.counts()["unchanged"]) == ([], 10)
    rows = {row[0]: row for row in book_of(content).worksheets[0].iter_rows(values_only=True)}
    heads = rows["馆代码" if language == "zh-hans" else "Library code"]
    words = {
        "zh-hans": {"级别": "分馆", "类别": "镇街分馆", "运营状态": "暂停借阅", "坐标系": "GCJ-02"},
        "en": {
            "Level": "branch",
            "Kind": "town branch",
            "Operating state": "lending suspended",
            "Reference system": "GCJ-02",
        },
    }[language]
    assert {head: word for head, word in zip(heads, rows["NH003"], strict=True) if head in words} == words
    assert rows["NH004"][4] == "旅图·晓读夜宿"


def test_what_programs_read_is_the_same_in_every_language(figures, speaking):
    csv = REGISTRY.replace("xlsx", "csv")
    assert len({speaking("office", language).get(csv).content for language in LANGUAGES}) == 1
    texts = [speaking("office", each).get(FIGURES.replace("xlsx", "csv")).content.decode() for each in LANGUAGES]
    # The word of the state is for the eye; it says nothing on its way back.
    assert len({re.sub("审核中|under review", "", text) for text in texts}) == 1


def test_the_sheets_before_are_known_whatever_they_are_called(cast, speaking):
    for period in (PERIOD, "2025"):
        for language in LANGUAGES:
            with translation.override(language):
                titles = [table.title for table in tables_for(period_named(period))]
            assert titles[1] in SET_ASIDE


def test_a_kind_has_one_name_in_each_language():
    assert len(CHINESE) == len(ENGLISH)
    assert [
        name for name in (*ENGLISH, *ENGLISH.values()) if len(name) > Spell._meta.get_field("kind").max_length
    ] == []


def test_a_library_is_found_by_its_kind_in_either_language(speaking):
    client = speaking("observer", "en")
    for words in ("reading station", "读书驿站"):
        assert [spell.library.code for spell in client.get("/members/", {"q": words}).context["page"]] == ["NH004"]
    page = client.get("/members/").content.decode()
    assert page.count("reading station") == 2
    assert "reading station" not in speaking("observer", "zh-hans").get("/members/").content.decode()


def written_by_people():
    """Return all texts that are stored, but for the names of what has an English one too, the longest first."""
    names = ("members.division", "members.indicator", "workgroups.group")
    found = {note for one in Return.objects.all() for note in one.notes.values()}
    for model in apps.get_models():
        fields = [one for one in model._meta.concrete_fields if isinstance(one, models.CharField | models.TextField)]
        fields = [one for one in fields if not one.choices and not isinstance(one, models.FileField)]
        if model._meta.label_lower not in names and fields:
            found |= {
                text
                for row in model._default_manager.values_list(*(one.attname for one in fields))
                for text in row
                if text
            }
    found -= set(ENGLISH)
    return sorted((text for text in found if re.search(HAN, text)), key=len, reverse=True)


def texts_of(content):
    """Yield what stands in a workbook: titles of its sheets, cells, notes on them."""
    for sheet in book_of(content).worksheets:
        yield sheet.title
        for row in sheet.iter_rows():
            for cell in row:
                yield from [str(said) for said in (cell.value, cell.comment and cell.comment.text) if said]


def addresses_of_books(things):
    """Yield every address that may hand out a workbook: each door, and what ends otherwise as a workbook."""
    yield from (FORM, FIGURES)
    for path in (address(name, things) for name in doors()):
        yield re.sub(r"(?<=[./])(?:csv|json)(?=/?$)", "xlsx", path)


def said_in(response):
    return [*texts_of(b"".join(response)), unquote(response.headers["Content-Disposition"])]


def test_no_file_in_english_says_in_chinese_what_people_have_not_written(cast, figures):
    call_command("load_defaults", verbosity=0)
    things, found, opened = set_table(cast), set(), set()
    kept, client = "|".join(map(re.escape, written_by_people())), clients_of(cast)["office"]
    client.cookies["django_language"] = "en"
    for path in addresses_of_books(things):
        response = client.get(path)
        if response.headers.get("Content-Type") != XLSX:
            put_away(response)
            continue
        opened.add(path)
        found |= {(path, text) for text in said_in(response) if re.search(HAN, re.sub(kept, "", text))}
    assert sorted(found) == []
    lists = {one.name for one in registers() if not one.__module__.startswith("tests.")}
    assert opened >= {FORM, FIGURES, REGISTRY, *(reverse(f"{name}-export", args=["xlsx"]) for name in lists)}
