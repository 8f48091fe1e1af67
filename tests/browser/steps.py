"""The steps which every story in the browser takes."""

from axe_playwright_python.sync_playwright import Axe

from tests.conftest import PASSWORD


def sign_in(page, username, password=PASSWORD):
    """Sign in through the login page."""
    page.goto("/accounts/login/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", password)
    page.click("form:has([name=password]) button[type=submit]")
    page.wait_for_url(lambda url: "/accounts/login/" not in url)


def assert_accessible(page):
    """Let axe find nothing, and let the page fit into the window."""
    found = Axe().run(page).response["violations"]
    assert [(fault["id"], [node["html"][:160] for node in fault["nodes"]]) for fault in found] == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
