"""Open the portal in a real browser; every story fails on an error, a broken policy or a request to elsewhere."""

import os
import shutil
import threading
from urllib.parse import urlsplit

import pytest
from django.core.signals import request_finished, request_started
from django.db import connections
from playwright.sync_api import sync_playwright

from tests.browser.steps import sign_in

# The synchronous driver runs an event loop in this thread, which Django would take for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

OFFICE_SCREEN = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)
    # Longest first: what takes minutes would else run on alone while the other workers have nothing left to take.
    items.sort(key=rank)


def rank(item):
    return next((at for at, mark in enumerate(("browser", "smoke")) if item.get_closest_marker(mark)), 2)


@pytest.fixture(scope="package")
def browser():
    """Lend one browser to all stories; it is gone before any other test begins.

    While the driver's loop runs, this thread has connections of its own for it, which nobody can close afterwards.
    """
    chromium = shutil.which("chromium")
    assert chromium, "Chromium is missing: `make development` installs it."
    connections.close_all()
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()
        connections.close_all()


class AtWork:
    """Count the requests that are being answered: a story ends when its last one is, or that would find no database."""

    def __init__(self):
        self.count, self.changed = 0, threading.Condition()
        request_started.connect(self.began, dispatch_uid="tests.browser")
        request_finished.connect(self.ended, dispatch_uid="tests.browser")

    def began(self, **signal):
        with self.changed:
            self.count += 1

    def ended(self, **signal):
        with self.changed:
            self.count -= 1
            self.changed.notify_all()

    def wait(self):
        with self.changed:
            self.changed.wait_for(lambda: self.count <= 0, timeout=10)

    def forget(self):
        self.count = 0


AT_WORK = AtWork()


class Faults:
    """Collect what a page must not do."""

    def __init__(self, home):
        self.home = urlsplit(home).netloc
        self.found = []

    def watch(self, page):
        page.on("console", lambda message: self.hear(message, page))
        page.on("pageerror", lambda error: self.found.append(f"error in a script: {error}"))
        page.on("request", lambda request: self.follow(request.url))

    def hear(self, message, page):
        # An error page announces its own status on the console: that is no fault.
        own_status = "the server responded with a status of" in message.text and message.location["url"] == page.url
        # A save that nobody answers, or that comes too late, is told by the form.
        own_save = "Failed to load resource" in message.text and message.location["url"].endswith("/keep/")
        if message.type == "error" and not own_status and not own_save:
            self.found.append(f"console: {message.text} ({message.location['url']})")

    def follow(self, url):
        address = urlsplit(url)
        if address.scheme in ("http", "https", "ws", "wss") and address.netloc != self.home:
            self.found.append(f"request to elsewhere: {url}")


def arriving(page):
    """Let `page.click` and `page.tap` return when the page that it leads to is read to its end.

    The driver waits until the answer begins: whoever counts then counts what has come so far.
    """

    def arriving_after(act):
        def act_and_arrive(*arguments, **options):
            act(*arguments, **options)
            page.wait_for_load_state("domcontentloaded")

        return act_and_arrive

    page.click, page.tap = arriving_after(page.click), arriving_after(page.tap)
    return page


@pytest.fixture
def open_page(browser, live_server):
    """Open pages in windows of their own: `open_page(viewport=PHONE, color_scheme="dark")`."""
    contexts, faults = [], Faults(live_server.url)
    AT_WORK.forget()

    def open_page(**options):
        options = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai", "viewport": OFFICE_SCREEN} | options
        contexts.append(browser.new_context(base_url=live_server.url, **options))
        page = arriving(contexts[-1].new_page())
        page.set_default_timeout(15_000)
        faults.watch(page)
        return page

    yield open_page
    for context in contexts:
        context.close()
    AT_WORK.wait()
    assert faults.found == []


@pytest.fixture
def page(open_page):
    """A page on the office's screen, in Chinese."""
    return open_page()


@pytest.fixture
def seat(open_page, cast):
    """Let a person of the cast sit down at a browser of his own: `seat("nanhai")`."""

    def sit_down(username):
        page = open_page()
        sign_in(page, username)
        assert page.get_attribute("html", "lang") == "zh-hans"
        return page

    return sit_down
