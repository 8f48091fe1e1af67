"""Know the pages of the manual, which of them speaks of which page of the portal, and read them."""

from dataclasses import dataclass
from functools import cache

from django.conf import settings
from markdown_it import MarkdownIt

FOLDERS = {"zh-hans": "zh", "en": "en"}
# In the order in which they are read.
PAGES = (
    "first-steps",
    "dashboard",
    "registry",
    "filings",
    "returns",
    "reports",
    "meetings",
    "tasks",
    "roles",
    "office",
    "account",
    "administrators",
)
FIRST = PAGES[0]
# By how the name of an address begins; the longest beginning counts.
ABOUT = {
    "account": "account",
    "calendar": "dashboard",
    "committee:": "meetings",
    "dashboard": "dashboard",
    "deputy-": "roles",
    "document": "tasks",
    "file-": "tasks",
    "hand-over": "administrators",
    "indicators:": "returns",
    "link-": "tasks",
    "members:": "registry",
    "months:": "reports",
    "notice": "account",
    "number-": "office",
    "password": "account",
    "remark-": "tasks",
    "reports:": "reports",
    "returns:": "returns",
    "roles": "roles",
    "search": "first-steps",
    "session-": "account",
    "shortcuts": "account",
    "task-": "tasks",
    "wait-": "office",
    "way-": "office",
    "workgroups:coordination:filing": "filings",
    "workgroups:": "roles",
    "working-days": "office",
}


@dataclass(frozen=True)
class Page:
    """A page of the manual in one language; `html` is made of our own text alone, and no tag in it is let through."""

    name: str
    title: str
    html: str


def about(view_name: str) -> str:
    """Return which page of the manual speaks of a page of the portal."""
    beginnings = [one for one in ABOUT if view_name.startswith(one)]
    return ABOUT[max(beginnings, key=len)] if beginnings else FIRST


@cache
def page(name: str, language: str) -> Page:
    """Read a page; its first line is its title."""
    folder = settings.BASE_DIR / "docs" / "manual" / FOLDERS.get(language, "zh")
    title, __, text = (folder / f"{name}.md").read_text("utf-8").partition("\n")
    return Page(name, title.removeprefix("# ").strip(), MarkdownIt("commonmark", {"html": False}).render(text))
