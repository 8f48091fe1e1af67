"""Hold what is printed of a meeting: the sheet to sign, follow-up, the whole sitting, a year of minutes (6.2.1 b)."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from pypdf import PdfReader

from committee.agendas.actions import change_item
from committee.agendas.models import Item
from committee.bodies.models import Body
from committee.decisions.actions import give_task
from committee.meetings.sittings.volumes import year_of_minutes
from fsul_portal.files.actions import attach
from tests.committee.decisions.stage import standing
from tests.committee.items.stage import call, last

pytestmark = pytest.mark.clause("6.2.1 b")


def pdf_of(response):
    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/pdf")
    return PdfReader(io.BytesIO(response.content))


def words(reader):
    return "".join(page.extract_text() for page in reader.pages).replace("\n", "")


def door(name, *args):
    return reverse(f"committee:meeting-{name}", args=args)


def marks(reader):
    """Return the bookmarks, those below another one as a list behind it."""
    return [[below.title for below in one] if isinstance(one, list) else one.title for one in reader.outline]


def test_the_sheet_to_sign_names_everybody_who_is_due(cast, signed_in):
    text = words(pdf_of(signed_in("office").get(door("sign-in", call(cast).pk))))
    assert [name in text for name in ("梁主任", "黄委员", "何秘书")] == [True, True, True]


def test_the_whole_sitting_is_one_file_with_bookmarks_and_its_papers(cast, signed_in):
    decision = standing(cast)
    meeting = decision.meeting
    paper = pdf_of(signed_in("office").get(door("sign-in", meeting.pk)))
    assert paper.pages
    reader = pdf_of(signed_in("committee").get(door("sitting", meeting.pk)))
    assert marks(reader) == ["通知", "签到与表决", "纪要"]
    assert bool(reader.trailer["/Root"]["/MarkInfo"]["/Marked"])
    assert decision.number in words(reader)


def test_papers_of_items_follow_their_item_and_what_cannot_be_read_is_left_out(cast, signed_in):
    meeting = call(cast)
    item = last(meeting)
    change_item(item, title=item.title, place=2, reason="各区做法不一", by=cast["office"])
    good = signed_in("office").get(door("sign-in", meeting.pk)).content
    item = Item.objects.get(pk=item.pk)
    attach(item, SimpleUploadedFile("材料.pdf", good), by=cast["office"])
    attach(item, SimpleUploadedFile("坏.pdf", b"%PDF-1.7 nothing"), by=cast["office"])
    reader = pdf_of(signed_in("office").get(door("sitting", meeting.pk)))
    assert marks(reader) == ["通知", "2 讨论考评", ["材料.pdf"], "未装订的附件"]
    # What cannot be bound is named, so that nobody takes the volume for the whole.
    assert "坏.pdf" in reader.pages[-1].extract_text()


def test_the_follow_up_names_who_does_what(cast, signed_in):
    decision = standing(cast)
    facts = {"title": "印发考评通知", "to": cast["coordination-lead"], "days": 5, "helpers": "各区总馆"}
    task = give_task(decision, **facts, by=cast["office"])
    text = words(pdf_of(signed_in("office").get(door("follow-up", decision.meeting.pk))))
    assert [part in text for part in (task.title, "各区总馆", decision.number, f"{task.due_on}")] == [True] * 4


def test_the_minutes_of_a_year_are_one_volume(cast):
    titles = [standing(cast).meeting.title for __ in range(2)]
    year = (timezone.now() - timedelta(days=1)).year
    with override("zh-hans"):
        reader = PdfReader(io.BytesIO(year_of_minutes(Body.objects.committee(), year)))
    assert sorted(marks(reader)) == sorted(titles)
