"""Read the description of the open data, and check a report, as somebody without an account does."""

import re

from django.utils import timezone

from fsul_portal.letters.codes import code_of_digest
from reports.editions.actions import freeze_edition
from tests.browser.conftest import PHONE
from tests.browser.steps import assert_accessible

OPERATIONS = 7


def test_the_description_of_the_open_data_is_a_page_like_every_other(cast, open_page):
    """The stage fails on whatever is asked of anybody outside, and on whatever the policy forbids."""
    page = open_page()
    page.goto("/api/docs")
    assert page.locator("section > h2").count() == OPERATIONS
    assert re.search("开放数据", page.inner_text("h1"))
    page.click("nav a >> nth=2")
    for details in page.query_selector_all("details"):
        details.evaluate("node => node.open = true")
    assert "indicator" in page.inner_text("main")
    assert_accessible(page)
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert_accessible(page)


def test_whoever_holds_a_report_checks_it_by_keyboard(cast, open_page):
    edition = freeze_edition("annual", "2025")
    type(edition).objects.filter(pk=edition.pk).update(state="in_force", published_at=timezone.now())
    page = open_page(viewport=PHONE)
    page.goto("/reports/check/")
    assert_accessible(page)
    page.focus("#id_code")
    page.keyboard.type(code_of_digest(edition.digest).lower())
    page.keyboard.press("Enter")
    page.wait_for_url("**/reports/check/*/")
    assert "2025年年报" in page.inner_text("main")
    assert_accessible(page)
    page.set_input_files("#id_file", {"name": "年报.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"})
    page.click("text=比对文件 >> nth=-1")
    page.wait_for_selector("text=都不一致")
    assert_accessible(page)
