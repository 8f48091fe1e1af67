"""Lead oneself through the portal by keyboard alone."""

from tests.browser.steps import assert_accessible, sign_in

# What a key says while an input method composes.
SAYS = "document.body.dispatchEvent(new KeyboardEvent('keydown', {{key: '{}', bubbles: true, cancelable: true, {}}}))"


def arrive_by(page, keys, address):
    for key in keys.split():
        page.keyboard.press(key)
    page.wait_for_url(address)


def test_two_letters_lead_to_a_page_of_the_menu(cast, open_page):
    page = open_page()
    sign_in(page, "office")
    arrive_by(page, "g l", "**/members/")
    arrive_by(page, "g c", "**/calendar/")
    arrive_by(page, "x g d", "**/")
    arrive_by(page, "h", "**/help/dashboard/")


def test_the_question_mark_lists_the_shortcuts_of_the_page(cast, open_page):
    page = open_page()
    sign_in(page, "office")
    page.keyboard.press("?")
    page.wait_for_selector("#shortcuts[open]")
    keys = page.eval_on_selector_all("#shortcuts dt", "terms => terms.map(term => term.textContent)")
    carried = page.eval_on_selector_all("[data-key]", "ones => ones.map(one => one.dataset.key.replace(' ', ''))")
    assert keys == carried
    assert all(page.locator("#shortcuts dd").all_inner_texts())
    assert_accessible(page)
    page.keyboard.press("g")
    page.keyboard.press("l")
    page.keyboard.press("Escape")
    page.wait_for_selector("#shortcuts", state="hidden")
    assert page.url.endswith("/")


def test_no_key_leads_away_while_somebody_types_or_an_input_method_composes(cast, open_page):
    page = open_page()
    sign_in(page, "office")
    for way in ("isComposing: true", "keyCode: 229", "ctrlKey: true", "altKey: true", "metaKey: true"):
        page.evaluate(SAYS.format("g", way))
        page.evaluate(SAYS.format("?", way))
        page.keyboard.press("l")
    page.keyboard.press("/")
    page.keyboard.type("gl?h")
    assert page.input_value("#top-search") == "gl?h"
    assert (page.url.endswith("/"), page.locator("#shortcuts[open]").count()) == (True, 0)


def test_a_key_that_is_switched_off_does_nothing(cast, open_page):
    page = open_page()
    sign_in(page, "office")
    arrive_by(page, "?", "**/")
    page.click("#shortcuts a")
    page.wait_for_url("**/account/shortcuts/")
    assert_accessible(page)
    page.click("input[value='g d']")
    page.click("main button[type=submit]")
    page.wait_for_selector(".message")
    page.keyboard.press("g")
    page.keyboard.press("d")
    arrive_by(page, "g n", "**/notices/")
