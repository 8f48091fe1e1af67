"""Stories are free of chance: whoever clicks goes on when the page is there, however slowly it comes."""

import re
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.browser.conftest import arriving

STORIES = Path(__file__).parent


class SlowPage(BaseHTTPRequestHandler):
    """Answer each address with a page whose second half comes late."""

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>slow</title><a href='/next/'>on</a>")
        if self.path == "/next/":
            time.sleep(0.5)
            self.wfile.write(b"<p id='last'>here</p>")

    def log_message(self, *words):
        pass


@contextmanager
def slow_server():
    server = ThreadingHTTPServer(("127.0.0.1", 0), SlowPage)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def test_a_click_ends_when_the_page_it_leads_to_is_read_to_its_end(browser):
    page = arriving(browser.new_page())
    with slow_server() as home:
        page.goto(home)
        page.click("a")
        assert page.locator("#last").count() == 1
        page.close()


def test_stories_click_through_the_page_alone():
    past = re.compile(r"\.(dblclick)\(|\b(?:locator|get_by_\w+)\([^\n]*\)\S*\.(click|press|tap)\(")
    found = {
        path.name: past.findall(path.read_text("utf-8")) for path in STORIES.glob("*.py") if path != Path(__file__)
    }
    assert {name: lines for name, lines in found.items() if lines} == {}
