"""How bytes become text is decided or asked, never guessed: no name of a library is stored as nonsense."""

import random
from datetime import date

import pytest
from django.utils.translation import override

from fsul_portal.sheets import SheetRefused, SheetUnclear, read_sheet
from members.divisions.actions import load_foshan
from reports.demo.libraries import rows as libraries_of_the_demo

FILES = 200
ENOUGH_WITHOUT_A_QUESTION = 190
HEADINGS = (
    {"code": "code", "name": "name", "level": "level", "parent_code": "parent_code"},
    {"code": "code", "name": "name", "level": "level", "parent_code": "parent_code", "address": "address"},
    {"code": "馆代码", "name": "馆名", "level": "级别", "parent_code": "上级馆代码", "address": "地址"},
)
# What people write in these encodings, in the place of names and addresses.
WORDS = {
    "big5": "圖書館 佛山市 分館 總館 閱讀 南海區 順德區 禪城 高明 三水 服務點 街道 文化 中心 路 號 驛站 讀書".split(),
    "cp932": "図書館 仏山 分館 中央 読書 南海区 順徳 閲覧 サービス としょかん 文化 センター 通り 号 高明 三水".split(),
    "euc_jp": "図書館 仏山 分館 中央 読書 南海区 順徳 閲覧 サービス としょかん 文化 センター 通り 号 高明 三水".split(),
    "euc_kr": "도서관 불산 시립 분관 중앙 독서 대출 서비스 남해구 순덕구 열람실 어린이 센터 거리 번지 마을".split(),
    "cp1251": "Библиотека Фошань филиал центральная чтение улица дом НАНЬХАЙ РАЙОН культурный центр ЗАЛ".split(),
    "latin-1": "Bibliothèque succursale château école général à été façade où naïve Größe Straße señor".split(),
}


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


@pytest.fixture
def libraries(db):
    load_foshan()
    return list(libraries_of_the_demo(350, random.Random(7), date(2026, 11, 26)))


def cut_from(libraries, luck, words=()):
    """Cut a table of one to five rows; with `words`, names and addresses are written in another language."""
    headings = luck.choice(HEADINGS)
    lines = [list(headings.values())]
    for row in luck.sample(libraries, luck.randint(1, 5)):
        foreign = {place: "".join(luck.choices(words, k=luck.randint(1, 4))) for place in ("name", "address") if words}
        lines.append([str((row | foreign)[place]) for place in headings])
    return lines


def as_csv(lines):
    return "".join(",".join(line) + "\r\n" for line in lines)


def without_a_byte(content, luck):
    place = luck.choice([place for place, byte in enumerate(content) if byte > 127])
    return content[:place] + content[place + 1 :]


def outcome(content, lines):
    """Read a file as an importer without any knowledge would: right, asked, refused, or nonsense."""
    try:
        sheet = read_sheet(content, name="libraries.csv")
    except SheetUnclear:
        return "asked"
    except SheetRefused:
        return "refused"
    read = [sheet.headers, *([value or "" for value in row.line] for row in sheet.rows)]
    return "right" if read == lines else "nonsense"


def outcomes(libraries, encode, words=()):
    luck = random.Random(f"{encode.__name__}{words}")
    found = []
    while len(found) < FILES:
        lines = cut_from(libraries, luck, words)
        content = encode(as_csv(lines), luck)
        if not content.isascii():
            found.append(outcome(content, lines))
    return found


def encoder(encoding):
    def encode(text, _luck):
        return text.encode(encoding, "ignore")

    encode.__name__ = encoding
    return encode


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_is_taken_without_a_question(libraries, encoding):
    assert outcomes(libraries, encoder(encoding)) == ["right"] * FILES


@pytest.mark.parametrize("encoding", ["gb18030", "gbk"])
def test_plain_chinese_is_taken_without_a_question(libraries, encoding):
    found = outcomes(libraries, encoder(encoding))
    assert (found.count("right") >= ENOUGH_WITHOUT_A_QUESTION, found.count("nonsense")) == (True, 0)


@pytest.mark.parametrize("encoding", ["big5", "cp932", "euc_jp", "euc_kr"])
def test_the_names_of_the_demo_in_another_encoding_never_go_in_as_nonsense(libraries, encoding):
    assert set(outcomes(libraries, encoder(encoding))) <= {"asked", "refused"}


@pytest.mark.parametrize("encoding", WORDS)
def test_what_other_languages_write_never_goes_in_as_nonsense(libraries, encoding):
    assert set(outcomes(libraries, encoder(encoding), WORDS[encoding])) <= {"asked", "refused"}


def utf_8_with_a_lost_byte(text, luck):
    return without_a_byte(text.encode(), luck)


def gb18030_with_a_lost_byte(text, luck):
    return without_a_byte(text.encode("gb18030"), luck)


@pytest.mark.parametrize("encode", [utf_8_with_a_lost_byte, gb18030_with_a_lost_byte])
def test_a_lost_byte_never_goes_in_as_nonsense(libraries, encode):
    assert set(outcomes(libraries, encode)) <= {"asked", "refused"}


CHINESE = "code,name\nNH001,南海区总馆\nNH002,桂城分馆\n"
KOREAN = "code,name\nNH001,도서관\n"


def refusal(content, **words):
    with pytest.raises(SheetRefused) as caught:
        read_sheet(content, name="a.csv", **words)
    return str(caught.value)


def question(content, **words):
    with pytest.raises(SheetUnclear) as caught:
        read_sheet(content, name="a.csv", **words)
    return caught.value


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [("\ufeff", "utf-8"), ("\ufeff", "utf-16-le"), ("\ufeff", "utf-16-be"), ("\ufeff", "gb18030")],
)
def test_a_byte_order_mark_decides(mark, encoding):
    sheet = read_sheet((mark + KOREAN).encode(encoding), name="a.csv")
    assert (sheet.headers, sheet.rows[0].cells["name"]) == (["code", "name"], "도서관")


@pytest.mark.parametrize("byte", [0, 1, 2])
def test_utf_8_with_a_broken_byte_is_refused_by_row_and_column(byte):
    content = CHINESE.encode()
    place = content.index("桂".encode()) + byte
    assert refusal(content[:place] + content[place + 1 :]) == (
        "Row 3, column B: a character of this UTF-8 text is broken. Mend this cell."
    )
    assert refusal(content[:place] + b"\xff" + content[place + 1 :]) == (
        "Row 3, column B: a character of this UTF-8 text is broken. Mend this cell."
    )


def test_names_cut_in_the_middle_in_every_row_are_still_utf_8():
    lines = ["code,address", *(f"NH{number:03},桂城街道演示路一百二十号" for number in range(9))]
    content = b"\n".join(line.encode()[:-1] for line in lines[1:])
    assert refusal(b"code,address\n" + content) == (
        "Row 2, column B: a character of this UTF-8 text is broken. Mend this cell."
    )


def test_gb18030_with_a_broken_byte_is_refused_by_row_and_column():
    content = CHINESE.encode("gb18030")
    assert refusal(content.replace("区".encode("gb18030"), b"\xff")) == (
        "Row 2, column B: the bytes here are no GB18030. Mend this cell, and send it again."
    )


def test_a_question_shows_the_words_as_each_encoding_would_read_them():
    asked = question(KOREAN.encode("euc-kr"))
    assert asked.keyword == "encoding"
    assert {choice.value: choice.lines for choice in asked.choices}["euc-kr"] == ("code,name", "NH001,도서관")
    assert asked.sentence == (
        "Row 2, column B: it is not certain in which encoding this text was written. Save the file as CSV (UTF-8), or"
        " say which encoding shows the words right."
    )


def test_a_named_encoding_is_the_answer():
    sheet = read_sheet(KOREAN.encode("euc-kr"), name="a.csv", encoding="euc-kr")
    assert (sheet.encoding, sheet.rows[0].cells["name"]) == ("cp949", "도서관")


def test_every_choice_that_is_offered_can_be_named():
    content = KOREAN.encode("euc-kr")
    for choice in question(content).choices:
        assert read_sheet(content, name="a.csv", encoding=choice.value).rows[0].number == 2


def test_a_name_that_cannot_be_right_is_refused():
    assert refusal(CHINESE.encode(), encoding="gb18030") == ("The file is UTF-8, not gb18030. Leave the encoding out.")
    assert refusal(CHINESE.encode("gb18030"), encoding="utf-8") == (
        "Row 2, column B: the bytes here are no UTF-8. Mend this cell, and send it again."
    )
    assert refusal(CHINESE.encode("gb18030"), encoding="klingon").startswith(
        "The encoding “klingon” is not known here. Known are: utf-8, gb18030, "
    )


def test_words_that_the_importer_knows_settle_it():
    content = "code,name\nNH009,漖漖\n".encode("gb18030")
    assert question(content).keyword == "encoding"
    assert read_sheet(content, name="a.csv", known={"漖漖"}).rows[0].cells["name"] == "漖漖"


def test_gb18030_is_told_where_it_was_taken():
    sheet = read_sheet(CHINESE.encode("gb18030"), name="a.csv")
    assert [(note.kind, note.sentence) for note in sheet.notes] == [("encoding", "The text was read as GB18030.")]


def test_one_row_of_another_encoding_keeps_the_whole_file_out():
    rows = "".join(f"NH{number:03},桂城分馆\n" for number in range(200))
    content = ("code,name\n" + rows).encode("gb18030") + b"NH900," + "書籍閱覽證".encode("big5") + b"\n"
    assert question(content).keyword == "encoding"


@pytest.mark.parametrize("name", ["山水", "学校", "小学", "一员"])
def test_a_name_whose_gb18030_is_utf_8_by_chance_is_asked(name):
    content = f"code,name\nNH001,{name}\n".encode("gb18030")
    assert name not in content.decode("utf-8")
    asked = question(content)
    assert [choice.value for choice in asked.choices] == ["utf-8", "gb18030"]
    assert read_sheet(content, name="a.csv", encoding="gb18030").rows[0].cells["name"] == name


@pytest.mark.parametrize("name", ["Café", "Ünal Straße", "Библиотека", "𡘾涌𨋢", "도서관", "漖"])
def test_any_utf_8_that_is_not_chinese_by_chance_is_taken(name):
    assert read_sheet(f"code,name\nNH001,{name}\n".encode(), name="a.csv").rows[0].cells["name"] == name


def test_chinese_in_seven_bits_is_asked():
    content = CHINESE.encode("hz")
    assert [choice.value for choice in question(content).choices] == ["hz", "utf-8"]
    assert read_sheet(content, name="a.csv", encoding="hz").rows[1].cells["name"] == "桂城分馆"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (
            "code,name\nNH001,南海\ufffd馆\n".encode(),
            "Row 2, column B: a character here was lost before the file was sent. Mend this cell.",
        ),
        (b"code,name\n1,\x98\n2,\x81\n", "Row 2, column B: the bytes here are text in no encoding that is known here."),
        (
            b"code,name\nNH001,a\x1bb\n",
            "Row 2, column B holds a control character. Delete it, and send the file again.",
        ),
        (
            'code,name\n"one\ntwo",x\nNH001,"南\x00海"\n'.encode(),
            "Row 3, column B holds a control character. Delete it, and send the file again.",
        ),
        (
            "sep=;\ncode;name\nNH001;南\x01海\n".encode("utf-16"),
            "Row 2, column B holds a control character. Delete it, and send the file again.",
        ),
        (bytes(100), "This is not a text file. Save the table as .xlsx or as CSV (UTF-8) and send it again."),
        (
            CHINESE.encode("utf-16-le"),
            "This is not a text file. Save the table as .xlsx or as CSV (UTF-8) and send it again.",
        ),
    ],
)
def test_bytes_that_are_no_text_are_refused_with_their_place(content, sentence):
    assert refusal(content) == sentence
