"""Lose a session in the middle of a form, and lose nothing of what was typed."""

from django.contrib.sessions.models import Session
from django.utils import timezone

from members.periods.models import month_before
from members.returns.models import Return
from tests.browser.steps import assert_accessible
from tests.conftest import PASSWORD

EDIT = f"/reports/returns/NH002/{month_before(f'{timezone.localdate():%Y-%m}')}/edit/"
FIGURES = {"V01": "1234", "L01": "567"}


def type_figures(page):
    """Type into a form that does not save itself meanwhile (as most forms do; that this one does is test_sheet's)."""
    page.route("**/js/saved*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page.goto(EDIT)
    for code, value in FIGURES.items():
        page.fill(f"[name={code}]", value)


def typed(page):
    return {code: page.input_value(f"[name={code}]") for code in FIGURES}


def kept(page):
    return page.evaluate(
        "Object.keys(localStorage).filter((key) => key.startsWith('kept:')).map((key) => localStorage[key])"
    )


def save(page):
    page.click("main button[value=save]")


def come_back(page, username="nanhai"):
    """Sign in on the login page to which one was sent."""
    page.wait_for_url("**/accounts/login/**")
    page.fill("[name=username]", username)
    page.fill("[name=password]", PASSWORD)
    page.click("form:has([name=password]) button[type=submit]")
    page.wait_for_url(lambda url: "/accounts/login/" not in url)


def test_what_was_typed_comes_back_after_a_session_that_ended(seat):
    page = seat("nanhai")
    type_figures(page)
    Session.objects.all().delete()
    save(page)
    assert PASSWORD not in "".join(kept(page))
    come_back(page)
    assert page.url.endswith(EDIT)
    offer = page.locator("main form .message[role=status]")
    assert offer.locator("p").text_content().startswith("是否恢复您在 ")
    assert typed(page) == {"V01": "", "L01": ""}
    assert_accessible(page)
    offer.locator("[data-kept=restore]").focus()
    page.keyboard.press("Enter")
    assert typed(page) == FIGURES
    assert page.evaluate("document.activeElement.name") == "V01"
    assert offer.text_content().strip() == "已恢复您填写的内容，尚未保存。"
    save(page)
    page.wait_for_selector(".message.success")
    assert (Return.objects.get().figures, kept(page)) == ({"V01": 1234, "L01": 567}, [])


def test_what_is_left_unsaved_is_asked_for_and_can_be_put_away(seat):
    page = seat("nanhai")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    type_figures(page)
    page.goto("/reports/returns/")
    assert asked == ["beforeunload"]
    page.goto(EDIT)
    page.click("[data-kept=drop]")
    assert (page.locator("[data-kept]").count(), kept(page)) == (0, [])
    page.goto("/reports/returns/")
    assert asked == ["beforeunload"]


def test_what_the_portal_refused_is_still_kept_and_signing_out_clears_it(seat):
    page = seat("nanhai")
    type_figures(page)
    page.fill("[name=L01]", "many")
    save(page)
    page.wait_for_selector(".error-summary")
    assert typed(page) == FIGURES | {"L01": "many"}
    assert (page.locator("[data-kept]").count(), len(kept(page))) == (0, 1)
    page.click(".menu summary:has(.user-name)")
    page.click("form[data-signs-out] button")
    page.wait_for_url("**/accounts/login/**")
    assert kept(page) == []


def test_nobody_is_offered_what_somebody_else_typed(seat):
    page = seat("nanhai")
    type_figures(page)
    Session.objects.all().delete()
    save(page)
    come_back(page, "nanhai-reviewer")
    assert (page.locator("[data-kept]").count(), kept(page)) == (0, [])


def test_a_password_is_never_kept(seat):
    page = seat("nanhai")
    page.goto("/accounts/password/")
    page.fill("[name=old_password]", PASSWORD)
    page.fill("[name=new_password1]", "Lantern harbour 77")
    assert kept(page) == []
