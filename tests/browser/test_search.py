"""Search the portal by keyboard and on a phone."""

from tests.browser.conftest import PHONE
from tests.browser.steps import assert_accessible, sign_in

# What a key says while an input method composes.
COMPOSING = "new KeyboardEvent('keydown', {{key: '/', bubbles: true, cancelable: true, {}}})"


def focused(page):
    return page.evaluate("document.activeElement.id")


def test_a_stroke_leads_to_the_search_and_enter_to_what_is_found(cast, open_page):
    page = open_page()
    sign_in(page, "office")
    page.keyboard.press("/")
    assert focused(page) == "top-search"
    page.keyboard.type("qdh/")
    assert page.input_value("#top-search") == "qdh/"
    page.fill("#top-search", "qdh")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=qdh")
    page.click(".hits a >> nth=0")
    page.wait_for_url("**/members/libraries/NH004/")


def test_no_stroke_is_caught_while_somebody_types_or_an_input_method_composes(cast, open_page):
    page = open_page()
    sign_in(page, "office")
    for way in ("isComposing: true", "keyCode: 229", "ctrlKey: true"):
        page.evaluate(f"document.body.dispatchEvent({COMPOSING.format(way)})")
        assert focused(page) == ""
    page.goto("/members/")
    page.focus("#id_q")
    page.keyboard.press("/")
    assert (focused(page), page.input_value("#id_q")) == ("id_q", "/")


def test_a_phone_has_a_glass_that_leads_to_the_search(cast, open_page):
    page = open_page(viewport=PHONE)
    sign_in(page, "office")
    page.click(".top a[href='/search/']")
    page.wait_for_url("**/search/")
    page.fill("main [name=q]", "南海")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")
    assert page.locator(".hits").count() > 1
    assert_accessible(page)
