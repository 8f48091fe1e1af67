"""Know the pages of the manual, which of them speaks of which page of the portal, and read them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

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
    "seats",
    "office",
    "account",
    "administrators",
)
FIRST = PAGES[0]
# Of a picture, in pixels, as `make pictures` takes them.
SIZE = (1366, 768)
# By how the name of an address begins; the longest beginning counts.
ABOUT = {
    "account": "account",
    "calendar": "dashboard",
    "chasing:": "returns",
    "committee:": "meetings",
    "committee:seat": "seats",
    "committee:term": "seats",
    "dashboard": "dashboard",
    "deputy-": "roles",
    "document": "tasks",
    "file-": "tasks",
    "hand-over": "administrators",
    "indicators:": "returns",
    "link-": "tasks",
    "members:": "registry",
    "members:roster": "seats",
    "months:": "reports",
    "notice": "account",
    "number-": "office",
    "password": "account",
    "remark-": "tasks",
    "reports:": "reports",
    "reports:month-waits": "returns",
    "returns:": "returns",
    "robot-": "administrators",
    "roles": "roles",
    "search": "first-steps",
    "session-": "account",
    "shortcuts": "account",
    "task-": "tasks",
    "wait-": "office",
    "way-": "office",
    "workgroups:coordination:filing": "filings",
    "workgroups:": "seats",
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
    return Page(name, title.removeprefix("# ").strip(), _reader().render(text))


def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False})
    reader.add_render_rule("image", _picture)
    return reader


def _picture(renderer: RendererHTML, tokens: Sequence[Token], index: int, *rest: object) -> str:
    """Draw a picture, which lies beside the pages, from where the portal serves it; a click shows it whole."""
    token = tokens[index]
    address = static(f"manual/{str(token.attrs['src']).removeprefix('../pictures/')}")
    return format_html(
        '<a class="picture" href="{0}"><img src="{0}" alt="{1}" width="{2}" height="{3}" loading="lazy"></a>',
        address,
        token.content,
        *SIZE,
    )
