"""Turn our own pages into a PDF; imported only where one is printed, since it needs Pango."""

from collections.abc import Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any

import weasyprint
from django.conf import settings
from weasyprint.urls import URLFetcher, URLFetcherResponse

from fsul_portal.printing.stretch import stretch_chinese

SCHEME = "house:"
TYPES = {".css": "text/css", ".svg": "image/svg+xml"}
# So much of the identifier tells the tables of one document from those of another, when both are bound together.
PREFIX = 12
# What an element says that is there for nothing but its words.
PLAIN = {"Type", "S", "P", "K", "Pg"}
CELLS = {"/TD", "/TH"}


class PrintFetcher(URLFetcher):
    """Answer `house:print/…` from our static folder and `house:charts/…` from memory; refuse the rest."""

    def __init__(self, charts: Mapping[str, str]) -> None:
        # A refused address is a fault of our own templates, since what people typed is escaped: it must be heard of.
        super().__init__(allowed_protocols=["house"], allow_redirects=False, fail_on_errors=True)
        self.charts = charts

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """Give the one of our own files which is meant, or raise."""
        folder, _, name = url.removeprefix(SCHEME).partition("/")
        if url.startswith(SCHEME) and folder == "charts" and name in self.charts:
            return _response(url, name, self.charts[name].encode())
        if url.startswith(SCHEME) and folder == "print" and name in _static_names():
            return _response(url, name, (_static_folder() / name).read_bytes())
        raise ValueError(f"A document does not fetch {url[:200]}")


class Pages(weasyprint.HTML):
    """A document which knows only the elements that our templates use."""

    def _ua_stylesheets(self, forms: bool = False) -> list[weasyprint.CSS]:
        # The style sheet for all of HTML costs a third of the memory, since every box carries what matched it.
        return [_style("elements.css")]


def print_pages(
    html: str,
    charts: Mapping[str, str],
    identifier: str,
    *,
    styles: Sequence[str] = (),
    is_bound: bool = False,
    is_tagged: bool = True,
) -> bytes:
    """Lay out and write one PDF, the same bytes for the same input; tagged, unless nobody is to be read its words.

    What is bound with others gets its identifier only then: the engine writes everything twice to work it out.
    """
    stretch_chinese()
    pages = Pages(string=html, base_url=SCHEME, url_fetcher=PrintFetcher(charts))
    options: dict[str, Any] = {"stylesheets": [_style(name) for name in styles]}
    if is_tagged:
        options |= {
            "pdf_variant": "pdf/ua-1",
            "finisher": partial(_finish, prefix=identifier[:PREFIX], is_bound=is_bound),
        }
    if not is_bound:
        options["pdf_identifier"] = identifier.encode()
    content: bytes = pages.write_pdf(**options)
    return content


@cache
def _style(name: str) -> weasyprint.CSS:
    """Read a style sheet of ours once a process: it takes as long as fifty rows of a table."""
    return weasyprint.CSS(string=(_static_folder() / name).read_text())


def _finish(document: Any, pdf: Any, *, prefix: str, is_bound: bool) -> None:
    """Say of each header cell whether it heads its column or its row: PDF/UA asks for it, the engine leaves it out.

    A cell of the head of a table heads a column, one of its body a row; our templates know no other. What the cells of
    the table call it by is made its own among all documents.
    """
    parts: list[Any] = [entry for entry in pdf.objects if isinstance(entry, dict) and "S" in entry]
    tagged = {entry.reference: entry for entry in parts}
    for cell in tagged.values():
        if cell["S"] != "/TH":
            continue
        row = tagged[cell["P"]]
        cell["A"]["Scope"] = "/Column" if tagged[row["P"]]["S"] == "/THead" else "/Row"
        # The cells under it hold the very same word.
        cell["ID"].string = f"{prefix}-{cell['ID'].string}"
    if is_bound:
        _lift(pdf, tagged)


def _lift(pdf: Any, tagged: Mapping[bytes, Any]) -> None:
    """Let cells hold their words themselves: the engine lays an element that says nothing between the two.

    Every other object of a long table is one of these; without them it takes half the memory to bind. What is freed
    here upsets the engine's table of compressed objects: only the binding, which goes by their numbers, reads it.
    """
    moved = {}
    for between in [one for one in tagged.values() if one["S"] == "/Span" and set(one) <= PLAIN]:
        cell = tagged[between["P"]]
        words = between["K"]
        if cell["S"] in CELLS and list(cell["K"]) == [between.reference] and all(type(one) is int for one in words):
            cell["K"], cell["Pg"] = words, between["Pg"]
            moved[between.reference] = cell.reference
            between.free = "f"
    # From the words on the pages back to what holds them.
    (root,) = [one for one in pdf.objects if isinstance(one, dict) and one.get("Type") == "/StructTreeRoot"]
    (tree,) = [one for one in pdf.objects if one.number and one.reference == root["ParentTree"]]
    for holders in tree["Nums"][1::2]:
        if isinstance(holders, list):
            holders[:] = [moved.get(one, one) for one in holders]


def _static_folder() -> Path:
    return Path(settings.BASE_DIR) / "static" / "print"


def _static_names() -> set[str]:
    return {path.name for path in _static_folder().iterdir() if path.suffix in TYPES}


def _response(url: str, name: str, body: bytes) -> URLFetcherResponse:
    return URLFetcherResponse(url, body, {"Content-Type": TYPES[Path(name).suffix]})
