"""Walk through the portal as somebody, one page for each view, and keep what it answers."""

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin, urlsplit
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

from django.urls import Resolver404, resolve

LINK = re.compile(r"""<a\b[^>]*\bhref="([^"#]+)""")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
# What a link says beside its path makes another page of the same view only where a tab or a month is chosen.
LEFT_OUT = ("/accounts/logout/", "/language/")


@dataclass(frozen=True)
class Page:
    """A page as somebody got it. view: the name of its address; an admin's page bears the theme of others."""

    person: str
    view: str
    path: str
    html: str
    seconds: float

    @property
    def is_admin(self) -> bool:
        return self.path.startswith("/admin/")


class Visitor:
    """Somebody who has logged in, and follows what he is shown."""

    def __init__(self, home: str, person: str, password: str) -> None:
        self.home, self.person, self.jar = home, person, CookieJar()
        self.opener: OpenerDirector = build_opener(HTTPCookieProcessor(self.jar))
        form = self.read("/accounts/login/")
        token = TOKEN.search(form)
        assert token, "The page of the login has no form."
        fields = {"username": person, "password": password, "csrfmiddlewaretoken": token[1]}
        data = urlencode(fields).encode()
        self.opener.open(Request(urljoin(home, "/accounts/login/"), data, {"Referer": home}))

    @property
    def cookie(self) -> str:
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.jar)

    def read(self, path: str) -> str:
        """Return the page at a path, empty where it is none that is shown."""
        try:
            with self.opener.open(urljoin(self.home, path), timeout=60) as answer:
                is_page = answer.headers.get_content_type() == "text/html"
                return answer.read().decode() if is_page else ""
        except HTTPError:
            return ""

    def walk(self, clock) -> Iterator[Page]:
        """Follow all links from the first page on, one for each view."""
        seen: set[str] = set()
        waiting = deque(["/", "/admin/"])
        while waiting:
            path = waiting.popleft()
            view = view_of(path)
            if view is None or view in seen:
                continue
            seen.add(view)
            began = clock()
            html = self.read(path)
            if html:
                yield Page(self.person, view, path, html, clock() - began)
                waiting.extend(self.links(path, html))

    def links(self, path: str, html: str) -> list[str]:
        targets = [urlsplit(urljoin(path, unescape(href))) for href in LINK.findall(html)]
        return [one.path for one in targets if not one.netloc and not one.path.startswith(LEFT_OUT)]


def view_of(path: str) -> str | None:
    """Return the name of the view behind a path, None where there is none."""
    try:
        return resolve(path).view_name
    except Resolver404:
        return None
