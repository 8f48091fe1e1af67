"""Hold that nothing typed by people reaches out of a document."""

import io
import time

import pytest
from django.utils.translation import override
from openpyxl import load_workbook
from pypdf import PdfReader
from weasyprint.urls import FatalURLFetchingError

from fsul_portal.printing.printer import PrintFetcher, print_pages
from reports.documents import render_xlsx
from reports.documents.charts import districts_chart
from reports.documents.reading import Reading
from tests.reports.documents.conftest import print_pdf
from tests.reports.documents.fakes import snapshot
from tests.reports.documents.test_pdf import outline, text_of

HOSTILE = [
    "<link rel=attachment href=file:///etc/passwd>",
    "<a rel=attachment href=file:///etc/passwd>x</a>",
    "<img src=http://127.0.0.1:9/a.png>",
    "<h1>Injected heading</h1>",
    "<style>@import url(http://127.0.0.1:9/a.css);</style>",
    "</table></section><script>alert(1)</script>",
    "<svg><image href=file:///etc/passwd></svg>",
    "{{ reading.title }}{% load x %}",
    "&lt;b&gt; 𠮷 𡐓 \u202eleft\x07 \x00",
]


@pytest.fixture
def hostile():
    facts = snapshot("annual", 14)
    for library, name in zip(facts["libraries_list"][6:], HOSTILE, strict=False):
        library["name"] = name
    for entry, text in zip(facts["districts_list"], HOSTILE, strict=False):
        entry["name_en"] = text
    for entry in facts["missing"] + facts["excluded"] + facts["notes"]:
        entry["name"] = entry["note"] = entry["reason"] = HOSTILE[0]
    facts["network"]["moved"][0] |= {"before": HOSTILE[0], "after": HOSTILE[2]}
    facts["dictionary"][0] |= {"name_en": HOSTILE[1], "definition_en": HOSTILE[4]}
    return facts


@pytest.mark.checklist("C10")
def test_hostile_text_is_printed_as_text(hostile):
    content = print_pdf(hostile)
    reader = PdfReader(io.BytesIO(content))
    assert dict(reader.attachments) == {}
    assert b"/EmbeddedFile" not in content
    assert [title for title, _ in outline(reader) if title[0].isdigit()] == [
        "1. Overview",
        "2. Month by month",
        "3. The network of libraries",
        "4. Conditions",
        "5. Collections",
        "6. Service",
        "7. District by district",
        "8. Library by library",
        "9. Missing returns",
        "10. Yearly statistics of public libraries",
        "11. Definitions",
    ]
    assert HOSTILE[3] in text_of(reader)


@pytest.mark.checklist("C10")
@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:9/a.png",
        "https://127.0.0.1:9/a.png",
        "file:///etc/passwd",
        "ftp://127.0.0.1/a",
        "data:text/html,<h1>x</h1>",
        "data:image/png;base64,AAAA",
        "house:print/../../manage.py",
        "house:print//etc/passwd",
        "house:charts/nobody.svg",
        "house:report.css",
        "HOUSE:print/report.css",
    ],
)
def test_nothing_foreign_is_fetched(address):
    with pytest.raises(ValueError, match="A document does not fetch"):
        PrintFetcher({}).fetch(address)


def test_our_own_style_and_charts_are_fetched():
    fetcher = PrintFetcher({"one.svg": "<svg/>"})
    assert fetcher.fetch("house:charts/one.svg").read() == b"<svg/>"
    assert b"@page" in fetcher.fetch("house:print/report.css").read()


@pytest.mark.checklist("C10")
@pytest.mark.parametrize(
    "body",
    ["<img alt=x src='http://127.0.0.1:9/a'>", "<link rel=attachment href='file:///etc/passwd'>"],
)
def test_a_template_that_asks_for_something_foreign_is_not_printed(body):
    with pytest.raises(FatalURLFetchingError):
        print_pages(f"<html><body>{body}</body></html>", {}, "one")


@pytest.mark.checklist("C10")
@pytest.mark.parametrize("text", ["说" * 20_000, "<b>" * 5_000])
def test_the_longest_text_is_printed_in_time(text):
    facts = snapshot("annual", 12)
    facts["libraries_list"][6]["name"] = text[:3000]
    facts["notes"].append({"library": "FS001", "name": "", "period": "2025-03", "code": "V01", "note": text})
    start = time.process_time()
    content = print_pdf(facts)
    assert time.process_time() - start < 20
    assert text_of(PdfReader(io.BytesIO(content))).count(text[0]) >= len(text) // len("<b>")


@pytest.mark.checklist("C10")
def test_the_words_of_a_chart_are_escaped(hostile):
    with override("en"):
        chart = districts_chart(Reading(hostile))
    assert "<link" not in chart.svg
    assert "&lt;link rel=attachment href=file:///etc/passwd&gt;" in chart.svg


@pytest.mark.checklist("C8")
def test_a_workbook_runs_nothing(hostile):
    for library, name in zip(
        hostile["libraries_list"], ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1+1"], strict=False
    ):
        library["name"] = name
    out = io.BytesIO()
    render_xlsx(hostile, out, language="en")
    cells = [cell for sheet in load_workbook(out) for row in sheet.iter_rows() for cell in row if cell.value]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert [cell.coordinate for cell in cells if str(cell.value)[0] in "=+@\t＝" and cell.data_type == "s"] == []
    assert [cell.coordinate for cell in cells if cell.hyperlink] == []


@pytest.mark.checklist("C9")
def test_a_workbook_opens_after_control_characters_were_stored(hostile):
    hostile["notes"][0]["note"] = "bell\x07 nul\x00 escape\x1b"
    out = io.BytesIO()
    render_xlsx(hostile, out, language="en")
    assert load_workbook(out)["Explanations"]["E4"].value == "bell nul escape"
