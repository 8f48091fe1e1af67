"""Cut a list into pages, of as many rows as its reader asks for in the address."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import QueryDict

ROWS = (20, 50, 100, 200)
USUAL = 50


def page_of(query: QueryDict, rows: Any, *, usual: int = USUAL, count: int | None = None) -> Page[Any]:
    """Return the page that is asked for; a number of rows that is not offered is the usual one."""
    asked = query.get("rows", "")
    pages: Paginator[Any] = Paginator(rows, int(asked) if asked in map(str, ROWS) else usual)
    if count is not None:
        pages.__dict__["count"] = count
    return pages.get_page(query.get("page"))


def rows_offered(page: Page[Any]) -> list[int]:
    """Return how many rows a page may have, up to the first number that shows all."""
    return [rows for before, rows in zip((0, *ROWS), ROWS, strict=False) if before < page.paginator.count]


def in_order(query: QueryDict, rows: QuerySet[Any], heads: Mapping[str, Sequence[str]]) -> QuerySet[Any]:
    """Order the rows by the head that is asked for, else leave them as they are; the key lets no row stand twice."""
    asked = query.get("order", "")
    fields = heads.get(asked.removeprefix("-"))
    if fields is None:
        return rows
    return rows.order_by(*(f"-{field}" if asked.startswith("-") else field for field in fields), "pk")
