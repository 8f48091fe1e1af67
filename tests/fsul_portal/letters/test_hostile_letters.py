"""Hold that nothing typed by people reaches out of a paper, in either form."""

import io
import time

import pytest
from docx import Document
from pypdf import PdfReader

from fsul_portal.letters.content import Cell, Kind, Labelled, Letter, Paragraph, Strange, Table
from fsul_portal.letters.typeset.pdf import strange
from tests.fsul_portal.letters.conftest import printed, written
from tests.fsul_portal.letters.test_typeset import paragraphs, squeezed, text_by_poppler
from tests.reports.documents.test_hostile_text import HOSTILE


def letter_of(text):
    """Return a letter which has the text in every field."""
    cells = ((Cell(text, is_label=True), Cell(text, foot=text)),)
    return Letter(
        kind=Kind.NOTICE,
        mark=text,
        title=text,
        number=text,
        addressee=text,
        body=(Paragraph(text, 1, text), Labelled(text, text), Table((1, 1), cells)),
        attachments=(text, text),
        signers=(text,),
        copies=text,
        printed_by=text,
    )


@pytest.mark.checklist("C10")
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_printed_as_text(text, tmp_path):
    content = printed(letter_of(text))
    reader = PdfReader(io.BytesIO(content))
    assert dict(reader.attachments) == {}
    assert b"/EmbeddedFile" not in content
    assert len(reader.outline) == 1
    assert [link for page in reader.pages for link in page.get("/Annots", [])] == []
    assert "Injected" in text or "Injected" not in text_by_poppler(content, tmp_path)


@pytest.mark.checklist("C8", "C9")
@pytest.mark.parametrize("text", HOSTILE)
def test_a_docx_holds_hostile_text_as_text(text, tmp_path):
    document = Document(io.BytesIO(written(letter_of(text))))
    # Poppler spells some rare marks in another way; the words are the same as those of the PDF.
    if text.isascii():
        pdf = text_by_poppler(printed(letter_of(text)), tmp_path)
        assert sorted("".join(paragraphs(document))) == sorted(pdf)
    targets = [link.target_ref for part in document.part.package.iter_parts() for link in part.rels.values()]
    assert [target for target in targets if ":" in target] == []
    xml = document.element.xml
    assert [field for field in ("w:instrText", "w:fldChar", "w:hyperlink", "w:object") if field in xml] == []


@pytest.mark.checklist("C9")
def test_control_characters_are_dropped_and_told():
    letter = letter_of("钟声\x07 无\x00 \u202e左")
    assert strange(letter).controls > 30
    assert "钟声 无 左" in Document(io.BytesIO(written(letter))).paragraphs[0].text
    assert strange(letter_of("钟声")) == Strange(0)


def test_a_character_without_a_glyph_is_told():
    found = strange(letter_of("陈\U000fff01晓\U000fff02明"))
    assert found == Strange(0, "\U000fff01\U000fff02")
    assert bool(found)
    assert not strange(letter_of("陈晓明"))


def test_characters_without_a_glyph_are_copied_as_they_are(tmp_path):
    text = "陈\U000fff01晓\U000fff02明"
    assert text in text_by_poppler(printed(letter_of(text)), tmp_path)


@pytest.mark.checklist("C10")
@pytest.mark.parametrize("text", ["说" * 20_000, "<b>" * 5_000, "说\n" * 5_000], ids=["long", "markup", "lines"])
def test_the_longest_text_is_printed_in_time(text):
    letter = Letter(kind=Kind.MINUTES, title="说", body=tuple(Paragraph(line) for line in text.splitlines()))
    start = time.process_time()
    reader = PdfReader(io.BytesIO(printed(letter)))
    assert time.process_time() - start < 20
    assert len(reader.pages) > 9
    assert len(written(letter)) > 0


@pytest.mark.checklist("C10")
def test_the_longest_title_is_broken_in_time():
    start = time.process_time()
    letter = Letter(kind=Kind.NOTICE, title="佛联" * 100, mark="a" * 400, body=(Paragraph("文"),))
    text = squeezed("".join(page.extract_text() for page in PdfReader(io.BytesIO(printed(letter))).pages))
    assert time.process_time() - start < 10
    assert text.count("佛联") >= 80
