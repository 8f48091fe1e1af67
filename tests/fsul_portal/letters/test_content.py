"""Hold what a letter keeps of what was written, and how it is read from what was typed."""

import json

import pytest

from fsul_portal.letters.content import (
    Kind,
    Letter,
    Paragraph,
    as_json,
    controls,
    from_json,
    tidied,
    tidy,
    typed,
)
from fsul_portal.letters.typeset.layout import blocks
from tests.fsul_portal.letters.samples import ALL


@pytest.mark.parametrize("name", ALL)
def test_a_letter_is_the_same_after_it_was_stored(name):
    assert from_json(json.loads(json.dumps(as_json(ALL[name])))) == tidied(ALL[name])


def test_there_is_a_sample_of_each_kind():
    assert {letter.kind for letter in ALL.values()} == set(Kind)


@pytest.mark.parametrize(
    ("line", "paragraph"),
    [
        ("会议议定事项如下：", Paragraph("会议议定事项如下：")),
        ("一、总体要求", Paragraph("", 1, "一、总体要求")),
        ("二、时间。2026年12月。", Paragraph("2026年12月。", 1, "二、时间。")),
        ("十二、其他", Paragraph("", 1, "十二、其他")),
        ("（一）加强领导。各馆应当……", Paragraph("各馆应当……", 2, "（一）加强领导。")),
        ("(二) 加强领导", Paragraph("", 2, "(二) 加强领导")),
        ("1.报送年报", Paragraph("1.报送年报", 3)),
        ("1.5万册次", Paragraph("1.5万册次")),
        ("（1）每日一班", Paragraph("（1）每日一班", 4)),
        ("　　手工缩进的一段", Paragraph("手工缩进的一段")),
        ("一、" + "长" * 80 + "。短", Paragraph("一、" + "长" * 80 + "。短", 1)),
    ],
)
def test_typed_lines_become_paragraphs_of_their_level(line, paragraph):
    assert typed(line) == (paragraph,)


def test_empty_lines_are_no_paragraphs():
    assert typed("\n一\n\n \n　\r\n二\n") == (Paragraph("一"), Paragraph("二"))


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("  a \t b\r\n", "a b"),
        ("张三　　李四", "张三　　李四"),
        ("\x00\x07", ""),
        ("e\u0301", "é"),
        ("a\u2028b", "a b"),
    ],
)
def test_text_becomes_one_line_that_any_paper_can_hold(text, result):
    assert tidy(text) == result


def test_dropped_characters_are_counted_wherever_they_stand():
    letter = Letter(kind=Kind.LETTER, title="一\x00", body=(Paragraph("二\x07\x07", 1, "\x1b"),), signers=("三\u202e",))
    assert controls(letter) == 5
    assert controls(tidied(letter)) == 0


@pytest.mark.parametrize(
    ("names", "texts"),
    [
        ((), []),
        (("回执。",), ["附件：回执"]),
        (("回执", "方案"), ["附件：1.回执", "2.方案"]),
    ],
)
def test_attachments_are_numbered_when_there_are_several(names, texts):
    letter = Letter(kind=Kind.LETTER, title="函", attachments=names)
    assert [block.text for block in blocks(letter)[1:]] == texts


def test_a_draft_without_a_day_leaves_room_for_it():
    letter = Letter(kind=Kind.LETTER, title="函", signers=("甲",))
    assert [block.text for block in blocks(letter)][-1] == "　　年　月　日"
