"""Print pages as an office files them, and read what stands on the sheets."""

import io
from unicodedata import normalize

import pytest
from pypdf import PdfReader

from tests.browser.scenes import DUE, LOCKED, set_scenes

OFFICE = "佛山市联合图书馆 · 统筹办公室"
# What is pressed, opened or typed into has no place on paper.
FOR_THE_SCREEN = """
[...document.querySelectorAll("nav:not(.pagination), button, summary, .button, .filters, .form, .tabs")]
  .filter((one) => one.getClientRects().length)
  .map((one) => one.outerHTML.slice(0, 120))
"""
TABLES = """
[...document.querySelectorAll(".page table")].map((table) => [
  getComputedStyle(table).display,
  ...[...table.querySelectorAll("thead")].map((head) => getComputedStyle(head).display),
  ...[...table.querySelectorAll("tbody tr")].slice(0, 1).map((row) => getComputedStyle(row).breakInside),
  table.offsetWidth <= document.documentElement.clientWidth,
])
"""
WHOLE = ["table", "table-header-group", "avoid", True]


@pytest.fixture
def things(cast):
    return set_scenes(cast)


def plain(words):
    """Return words as they are read: what stands on paper may be drawn with the sign of a radical."""
    return normalize("NFKC", words)


def printed(page, address):
    """Return the sheets of a page as (words, whether it lies across)."""
    page.goto(address)
    sheets = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    return [(plain(sheet.extract_text()), sheet.mediabox.width > sheet.mediabox.height) for sheet in sheets]


def test_every_page_goes_on_paper_as_an_office_files_it(seat, things):
    page = seat("office")
    addresses = [
        "/members/",
        "/workgroups/coordination/filings/",
        f"/reports/months/{DUE}/",
        "/reports/returns/?tab=all",
    ]
    addresses += [things[kind][0].get_absolute_url() for kind in ("filings", "returns", "meetings", "editions")]
    for address in addresses:
        sheets = printed(page, address)
        numbers = [words.partition("\n")[0] for words, __ in sheets]
        assert numbers == [f"{one} / {len(sheets)}" for one in range(1, len(sheets) + 1)]
        head, foot = sheets[0][0].partition("\n")[2][: len(OFFICE)], sheets[-1][0].count(plain("打印人："))
        assert (address, head, foot) == (address, plain(OFFICE), 1)
        page.emulate_media(media="print")
        page.set_viewport_size({"width": 680, "height": 960})
        assert page.evaluate(FOR_THE_SCREEN) == []
        assert [table for table in page.evaluate(TABLES) if table != WHOLE] == []
        page.emulate_media(media="null")


def test_a_wide_table_lies_across_the_sheet_and_a_narrow_one_does_not(seat, things):
    page = seat("office")
    lies = {
        address: {across for __, across in printed(page, address)}
        for address in ("/members/", f"/reports/months/{LOCKED}/")
    }
    assert lies == {"/members/": {True}, f"/reports/months/{LOCKED}/": {False}}


def test_nothing_of_the_paper_shows_on_the_screen(seat, things):
    page = seat("office")
    assert page.locator(".paper-head:visible, .paper-foot:visible").count() == 0
