"""Do on a phone what is done most, with one thumb: what is touched is large enough, and nothing lies over it."""

import pytest

from tests.browser.conftest import PHONE
from tests.browser.scenes import DUE, set_scenes
from tests.browser.steps import sign_in

# What is touched, but not the words of a sentence which lead elsewhere; a tick is touched together with its label.
TOO_SMALL = """
[...document.querySelectorAll(".page button, .page .button, .page input, .page select, .page textarea, .top a.bell")]
  .filter((one) => one.type !== "hidden" && one.checkVisibility() && !one.matches(".message .button"))
  .map((one) => (["checkbox", "radio"].includes(one.type) && (one.closest("label") || one.closest(".tick"))) || one)
  .filter((one) => one.getBoundingClientRect().height < 44)
  .map((one) => one.outerHTML.slice(0, 120))
"""
# A phone zooms in where a field has smaller letters.
SMALL_LETTERS = """
[...document.querySelectorAll(".page input, .page select, .page textarea")]
  .filter((one) => !["hidden", "checkbox", "radio", "file"].includes(one.type) && one.checkVisibility())
  .filter((one) => parseFloat(getComputedStyle(one).fontSize) < 16)
  .map((one) => one.outerHTML.slice(0, 120))
"""
# Each thing that can be touched, brought into sight, is what a thumb in its middle meets.
COVERED = """
[...document.querySelectorAll(".page button, .page a, .page input, .page select, .page textarea")]
  .filter((one) => one.type !== "hidden" && one.checkVisibility() && !one.closest(".at-hand, .thumb-bar"))
  .filter((one) => {
    one.scrollIntoView({ block: "nearest" });
    const { left, top, width, height } = one.getClientRects()[0];
    const met = document.elementFromPoint(left + width / 2, top + height / 2);
    return met !== one && !one.contains(met) && !(met && met.closest("label, .stat"));
  })
  .map((one) => one.outerHTML.slice(0, 120))
"""

AT_THE_FOOT = (
    "one => innerHeight - 60 < one.getBoundingClientRect().bottom && one.getBoundingClientRect().bottom <= innerHeight"
)


@pytest.fixture
def things(cast):
    return set_scenes(cast)


@pytest.fixture
def phone_of(open_page, cast):
    """Give a person of the cast a phone."""

    def phone(username):
        page = open_page(viewport=PHONE, has_touch=True)
        sign_in(page, username)
        return page

    return phone


def faults_of(page):
    return page.evaluate(TOO_SMALL) + page.evaluate(SMALL_LETTERS) + page.evaluate(COVERED)


def test_whoever_arrives_signs_in_with_one_thumb(open_page, cast):
    page = open_page(viewport=PHONE, has_touch=True)
    page.goto("/accounts/login/")
    assert faults_of(page) == []
    asked = page.eval_on_selector_all(
        "form [name=username], form [name=password]", "all => all.map(one => one.autocomplete)"
    )
    assert asked == ["username", "current-password"]


def test_no_tab_waits_beyond_the_edge(phone_of, things):
    """Only a matrix is moved sideways: what stands beyond the edge is not looked for."""
    page = phone_of("office")
    page.goto(f"/reports/returns/sheet/{DUE}/")
    right = page.eval_on_selector_all(".tabs a", "all => all.map(one => one.getBoundingClientRect().right)")
    assert len(right) > 4
    assert max(right) <= PHONE["width"]


@pytest.mark.clause("6.2.1 j")
def test_a_return_is_filled_in_with_one_thumb(phone_of, things):
    page = phone_of("nanhai")
    page.goto(f"/reports/returns/NH004/{DUE}/edit/")
    assert faults_of(page) == []
    card = page.locator(".cards tbody tr").first
    shown = card.evaluate("row => [...row.children].map(one => getComputedStyle(one, '::before').content)")
    assert shown[1:] == [f'"{DUE[:4]}年{int(DUE[5:])}月"', '"上月"', "none", '"说明"']
    page.evaluate("scrollTo(0, 0)")
    assert page.locator(".at-hand .primary").evaluate(AT_THE_FOOT) is True


@pytest.mark.clause("6.2.1 b")
def test_a_roll_is_kept_with_one_thumb_and_presence_comes_first(phone_of, things):
    page = phone_of("office")
    page.goto(f"{things['meetings'][0].get_absolute_url()}roll/")
    assert faults_of(page) == []
    line = page.locator(".cards tbody tr").first
    fields = ["name", "presence", "unit", "position"]
    tops = [line.locator(f"[name$={name}]").evaluate("one => one.getBoundingClientRect().top") for name in fields]
    assert tops == sorted(tops)
    page.evaluate("scrollTo(0, 0)")
    assert page.locator(".at-hand .primary").evaluate(AT_THE_FOOT) is True


def test_an_opinion_is_given_with_one_thumb(phone_of, things):
    page = phone_of("nanhai-reviewer")
    page.goto(things["returns"][1].get_absolute_url())
    assert faults_of(page) == []
    assert page.locator(".thumb-bar .button.primary").evaluate(AT_THE_FOOT) is True
    page.goto(f"{things['returns'][1].get_absolute_url()}give-back/")
    assert faults_of(page) == []
    page.tap(".only-phone .button")
    page.tap("[name=note]")
    page.keyboard.type("请核对到馆人次")
    page.click("#answer button[type=submit]")
    things["returns"][1].refresh_from_db()
    assert things["returns"][1].state == "returned"


@pytest.mark.parametrize("address", ["/notices/", "/notices/settings/", "/"])
def test_notices_are_read_with_one_thumb(phone_of, things, address):
    page = phone_of("nanhai")
    page.goto(address)
    assert faults_of(page) == []
