"""Let a room give the reports a chapter: frozen with the figures, printed in every form (6.1 d)."""

import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime

import openpyxl
import pytest
from django.utils.translation import get_language, gettext_lazy, override
from pypdf import PdfReader

from committee.bodies.models import Body
from committee.meetings.models import Meeting
from fsul_portal.grammar.chapters import OfferedChapter
from fsul_portal.rooms import Card, cards
from members.libraries.actions import close_library, open_library
from members.periods.models import Period
from reports.documents import render_json, render_pdf, render_xlsx
from reports.documents.layout.book import number_of
from reports.documents.versions import VERSION, earlier
from reports.editions.actions import freeze_edition, full_snapshot
from reports.editions.figures.snapshot import digest, freeze
from reports.editions.models import Edition

pytestmark = pytest.mark.clause("6.1 d")
MARCH = "2025-03"


def words_of(paper):
    return "".join(page.extract_text() for page in PdfReader(paper).pages).replace("\n", "")


@pytest.fixture
def trainings():
    """What the room has on record."""
    return [["编目培训", "南海", 32], ["借阅礼仪", "禅城", None]]


@pytest.fixture
def giving(monkeypatch, trainings):
    """Let a room give what it has on record as a chapter."""
    columns = (gettext_lazy("Name"), gettext_lazy("District"), gettext_lazy("Attendances at events"))
    chapter = OfferedChapter(
        "trainings", gettext_lazy("Training"), columns, lambda first_day, last_day, known_at: trainings
    )
    for name, card in list(cards().items()):
        # What the rooms of the house give is no matter of these tests.
        monkeypatch.setitem(cards(), name, replace(card, offers={}))
    monkeypatch.setitem(cards(), "tests.trainings", Card(offers={"report": lambda: [chapter]}))


def test_a_chapter_of_a_room_is_printed_in_every_form(reported, giving):
    reported("NH001", MARCH, V01=12)
    data, sheet, paper = io.BytesIO(), io.BytesIO(), io.BytesIO()
    snapshot = full_snapshot(freeze_edition("monthly", MARCH))
    for render, out in ((render_json, data), (render_xlsx, sheet), (render_pdf, paper)):
        render(snapshot, out)
    assert json.loads(data.getvalue())["rooms"] == {"trainings": [["编目培训", "南海", 32], ["借阅礼仪", "禅城", None]]}
    rows = list(openpyxl.load_workbook(sheet)["Training"].iter_rows(min_row=4, values_only=True))
    assert rows == [("编目培训", "南海", 32), ("借阅礼仪", "禅城", "缺报")]
    assert words_of(paper).count("编目培训") == 1


def test_what_was_frozen_stays_when_the_records_change(reported, giving, trainings):
    reported("NH001", MARCH, V01=12)
    edition = freeze_edition("monthly", MARCH)
    trainings.append(["古籍修复", "顺德", 8])
    assert [len(Edition.objects.get(pk=edition.pk).snapshot["rooms"]["trainings"]), edition.number] == [2, 1]
    assert freeze_edition("monthly", MARCH).number == 2


def test_rows_of_another_width_are_a_mistake_of_the_room(reported, giving, trainings):
    trainings[0].pop()
    with pytest.raises(ValueError, match="has not 3 cells"):
        freeze("monthly", MARCH)


def test_an_edition_whose_room_is_gone_is_still_printed(reported, giving, monkeypatch):
    reported("NH001", MARCH, V01=12)
    snapshot = full_snapshot(freeze_edition("monthly", MARCH))
    monkeypatch.delitem(cards(), "tests.trainings")
    out = io.BytesIO()
    render_json(snapshot, out)
    assert json.loads(out.getvalue())["rooms"]["trainings"][0] == ["编目培训", "南海", 32]
    with override("en"):
        render_pdf(snapshot, paper := io.BytesIO(), language="en")
    assert words_of(paper).count("编目培训") == 0


def test_where_no_room_gives_anything_nothing_is_frozen_of_it(reported, giving, monkeypatch):
    monkeypatch.delitem(cards(), "tests.trainings")
    assert set(freeze("monthly", MARCH)) & {"rooms"} == set()


def test_the_first_chapter_of_a_room_makes_no_edition_revised(reported, giving, monkeypatch, trainings):
    reported("NH001", MARCH, V01=12)
    chapter = cards()["tests.trainings"]
    monkeypatch.delitem(cards(), "tests.trainings")
    first = freeze_edition("monthly", MARCH)
    monkeypatch.setitem(cards(), "tests.trainings", chapter)
    assert freeze_edition("monthly", MARCH) == first
    reported("NH001", MARCH, V01=13)
    assert freeze_edition("monthly", MARCH).number == 2
    trainings.pop()
    assert freeze_edition("monthly", MARCH).number == 3


def test_the_registry_is_asked_as_it_was_when_the_month_was_locked(reported, giving, monkeypatch, period):
    asked = []
    columns = (gettext_lazy("Name"), gettext_lazy("District"))
    chapter = OfferedChapter("seen", "Seen", columns, lambda *days: asked.append((days, get_language())) or [])
    monkeypatch.setitem(cards(), "tests.trainings", Card(offers={"report": lambda: [chapter]}))
    with override("en"):
        freeze("monthly", MARCH)
    locked_at = period(MARCH, locked=True) and Period.objects.get(code=MARCH).locked_at
    freeze("monthly", MARCH)
    days = (date(2025, 3, 1), date(2025, 3, 31))
    assert asked == [((*days, None), "zh-hans"), ((*days, locked_at), "zh-hans")]


@pytest.mark.parametrize(
    ("number", "written"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一"), (99, "九十九")]
)
def test_there_may_be_more_than_ten_chapters(number, written):
    with override("zh-hans"):
        assert number_of(number - 1) == f"{written}、"


def test_figures_frozen_in_an_earlier_shape_are_not_called_revised(reported):
    """A later version of the portal knows more keys; that alone makes no new edition."""
    reported("NH001", MARCH, V01=12)
    data = freeze("monthly", MARCH)
    older = next(earlier(data))
    assert (data["version"], digest(older) == digest(data)) == (VERSION, False)
    first = Edition.objects.create(
        kind="monthly", period=MARCH, number=1, provisional=True, snapshot=older, digest=digest(older)
    )
    assert freeze_edition("monthly", MARCH) == first
    reported("NH001", MARCH, V01=13)
    assert freeze_edition("monthly", MARCH).number == 2


@pytest.mark.clause("6.1 d")
def test_the_chronicle_tells_a_year_day_by_day_and_a_month_has_none(library, cast):
    above = library("NH001")
    facts = {"name": "新点", "level": "point", "parent": above, "district": above.district}
    open_library("NH101", facts, since=date(2025, 3, 3))
    close_library(library("NH101"), on=date(2025, 9, 1))
    when = datetime(2025, 5, 6, 6, tzinfo=UTC)
    signed = {"roll_signed_at": when, "roll_signed_by": cast["chair"], "is_quorate": True}
    facts = {"body": Body.objects.committee(), "kind": "joint", "year": 2025, "number": 1, "state": "held"}
    Meeting.objects.create(**facts, starts_at=when, place="五楼", **signed)
    rows = freeze("annual", "2025")["rooms"]["chronicle"]
    assert [row[0] for row in rows] == ["2025年3月3日", "2025年5月6日", "2025年9月1日"]
    assert [row[1] for row in rows][::2] == ["新点开馆。", "新点撤销。"]
    assert rows[1][1].endswith("召开。")
    assert "chronicle" not in freeze("monthly", "2025-03").get("rooms", {})
