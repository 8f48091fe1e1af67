"""A report frozen before the due day calls still to come what is missing after it, in tables as in prose (6.2.1 j)."""

import io
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils.translation import override
from openpyxl import load_workbook

from members.indicators.models import Indicator
from reports.dashboard.desk import latest_figures
from reports.documents.chapters import chapters
from reports.documents.figures import library_text, total_text
from reports.documents.reading import Reading
from reports.documents.words.proposal import OVERVIEW, paragraphs
from reports.documents.workbook import render_xlsx
from reports.editions.actions import freeze_edition
from reports.editions.figures.snapshot import freeze

pytestmark = [pytest.mark.django_db, pytest.mark.clause("6.2.1 j")]

MARCH, YEAR = "2025-03", "2025"
SHANGHAI = ZoneInfo("Asia/Shanghai")
BEFORE, AFTER = datetime(2025, 4, 2, 9, tzinfo=SHANGHAI), datetime(2025, 6, 20, 9, tzinfo=SHANGHAI)
WORDS = {"缺报", "待报"}


def frozen(day, code=MARCH):
    """Return what a report of that day holds, with what an edition adds to it."""
    with time_machine.travel(day):
        data = freeze("annual" if code == YEAR else "monthly", code)
    return data | {"edition": 1, "frozen_at": day.isoformat(), "hash": "0" * 64}


def reasons(data):
    return {gap["reason"] for gap in data["missing"]}


@pytest.fixture
def one_reported(reported):
    reported("NH001", MARCH, **dict.fromkeys(Indicator.objects.in_use().values_list("code", flat=True), 5))


@pytest.mark.parametrize(("day", "word"), [(BEFORE, "待报"), (AFTER, "缺报")])
def test_the_day_decides_the_word_of_every_table(one_reported, day, word):
    out = io.BytesIO()
    with override("zh-hans"):
        render_xlsx(frozen(day), out)
        reading = Reading(frozen(day))
        figures = library_text(reading.snapshot["libraries"]["NH002"]["V01"])
        total = total_text(reading.snapshot["districts"]["440604"]["V01"])
        chapter = next(one for one in chapters(reading) if one.anchor == "missing")
    book = load_workbook(io.BytesIO(out.getvalue()), read_only=True)
    said = {cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row}
    assert (said | set(book.sheetnames)) & WORDS == {word}
    assert (figures, total) == (word, word)
    assert [chapter.title, chapter.tables[0].caption] == [f"{word}说明", f"{word}名单"]


def test_the_opening_says_that_they_may_still_report(one_reported):
    with override("zh-hans"):
        sentence = paragraphs(Reading(frozen(BEFORE)), OVERVIEW)[-1]
    assert sentence == "报送截止日未过，尚有9个成员馆待报；合计数只含已报送数据，待报不按零计。"


def test_of_a_locked_month_nothing_is_still_to_come(one_reported, period):
    period(MARCH, locked=True)
    assert reasons(frozen(BEFORE)) == {"not reported"}


def test_a_year_tells_its_months_apart(one_reported):
    data = frozen(BEFORE, YEAR)
    gaps = [(gap["periods"], gap["reason"]) for gap in data["missing"] if gap["library"] == "NH002"]
    assert gaps == [(["2025-01", "2025-02"], "not reported"), ([MARCH], "still to come")]
    # In a table of the year it is missing as soon as it was so in one month.
    assert library_text(Reading(data).snapshot["libraries"]["NH002"]["V01"]) == "缺报"


@pytest.mark.parametrize(("day", "status"), [(BEFORE, "due"), (AFTER, None)])
def test_the_desk_says_of_an_empty_total_what_the_report_says(reported, cast, day, status):
    reported("NH001", MARCH, V01=5, L01="na")
    with time_machine.travel(day):
        freeze_edition("monthly", MARCH)
    cells = {indicator.code: cell for indicator, cell, *__ in latest_figures(cast["office"])["rows"]}
    assert (cells["V01"].get("status"), cells["L01"].get("status")) == (None, status)
