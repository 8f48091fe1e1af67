"""Look at every component and every error page in a real browser."""

import re

import pytest

from tests.browser.conftest import OFFICE_SCREEN, PHONE
from tests.browser.steps import assert_accessible, sign_in

pytestmark = pytest.mark.urls("tests.browser.face_urls")

LOOKS = [
    pytest.param(
        {"viewport": viewport, "color_scheme": scheme, "locale": locale}, id=f"{viewport['width']}-{scheme}-{locale}"
    )
    for viewport, scheme, locale in [
        (OFFICE_SCREEN, "light", "zh-CN"),
        (PHONE, "light", "zh-CN"),
        (OFFICE_SCREEN, "dark", "zh-CN"),
        (PHONE, "dark", "en-US"),
        (OFFICE_SCREEN, "light", "en-US"),
    ]
]


@pytest.mark.parametrize("look", LOOKS)
def test_everybody_can_read_every_component(open_page, look):
    page = open_page(**look)
    page.goto("/components/?message=1")
    assert_accessible(page)
    page.click("[data-dialog=refuse]")
    assert_accessible(page)


@pytest.mark.parametrize("look", LOOKS)
def test_everybody_can_read_the_login_page(open_page, look):
    page = open_page(**look)
    page.goto("/accounts/login/")
    assert_accessible(page)


@pytest.mark.parametrize("number", ["400", "403", "404", "409", "500"])
@pytest.mark.parametrize("viewport", [OFFICE_SCREEN, PHONE], ids=["office", "phone"])
def test_everybody_can_read_why_something_failed(open_page, number, viewport):
    page = open_page(viewport=viewport)
    assert page.goto(f"/faults/{number}/").status == int(number)
    assert page.text_content(".error-number") == number
    assert_accessible(page)


def test_a_refusal_is_printed_word_for_word(page):
    page.goto("/faults/403/")
    assert page.text_content(".reason") == "Only the lead of the coordination group may accept a filing."


def test_a_fault_of_the_portal_shows_nothing_of_its_inside(page):
    page.goto("/faults/500/")
    assert re.findall(r"RuntimeError|Traceback|a fault of our own", page.content()) == []


def test_wrong_passwords_are_answered_beside_the_form(page, cast):
    page.goto("/accounts/login/")
    page.fill("[name=username]", "nanhai")
    page.fill("[name=password]", "not the password")
    page.click("form:has([name=password]) button[type=submit]")
    assert page.locator(".message.danger[role=alert]").count() == 1
    assert_accessible(page)


def test_the_same_page_serves_a_person_who_is_signed_in(page, cast):
    sign_in(page, "nanhai")
    page.goto("/faults/404/")
    assert page.locator("#navigation a").count() > 0
    assert_accessible(page)
    page.goto("/accounts/password/")
    page.click("main button[type=submit]")
    assert page.locator(".error-summary li").count() == 3
    assert_accessible(page)


def test_the_first_key_leads_past_the_navigation(page):
    page.goto("/faults/404/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_the_navigation_of_a_phone_opens_and_closes(open_page):
    page = open_page(viewport=PHONE)
    page.goto("/components/")
    assert page.locator("#navigation").is_visible() is False
    page.click("[data-toggle=navigation]")
    assert page.locator("#navigation").is_visible() is True
    page.keyboard.press("Escape")
    assert page.locator("#navigation").is_visible() is False
    assert page.evaluate("document.activeElement.dataset.toggle") == "navigation"


def test_the_navigation_of_a_phone_is_there_without_scripts(open_page):
    page = open_page(viewport=PHONE, java_script_enabled=False)
    page.goto("/components/")
    assert page.locator("#navigation").is_visible() is True


def test_the_menu_of_the_person_closes_with_the_escape_key(page):
    page.goto("/components/")
    page.locator(".menu summary").focus()
    page.keyboard.press("Enter")
    assert page.locator(".menu-list").is_visible() is True
    page.keyboard.press("Escape")
    assert page.locator(".menu-list").is_visible() is False


def test_a_dialog_asks_and_gives_the_focus_back(page):
    page.goto("/components/")
    page.locator("[data-dialog=refuse]").focus()
    page.keyboard.press("Enter")
    assert page.locator("#refuse").is_visible() is True
    page.click("#refuse [data-dismiss]")
    assert page.locator("#refuse").is_visible() is False
    assert page.evaluate("document.activeElement.dataset.dialog") == "refuse"


def test_a_message_stays_until_it_is_closed(page):
    page.goto("/components/?message=1")
    assert page.locator(".messages .message").count() == 2
    page.click(".messages .message:first-child [data-close]")
    assert page.locator(".messages .message").count() == 1


def test_a_run_shows_its_end_by_itself(page):
    page.goto("/components/")
    assert page.locator(".run.queued").count() == 1
    page.wait_for_selector(".run.queued", state="detached")
    assert page.locator(".run.done").count() == 2


def test_the_first_thing_after_a_refused_form_is_what_was_wrong(page):
    page.goto("/components/")
    assert page.evaluate("document.activeElement.className") == "error-summary"
    page.click(".error-summary a >> nth=0")
    assert page.evaluate("document.activeElement.name") == "name"


def test_one_click_changes_the_language_and_keeps_the_page(page):
    page.goto("/components/?page=3")
    assert page.get_attribute("html", "lang") == "zh-hans"
    page.click(".language button")
    page.wait_for_selector("html[lang=en]")
    assert page.url.endswith("/components/?page=3")
    page.click(".language button")
    page.wait_for_selector("html[lang=zh-hans]")
