"""Cut rows into pages, and write them as JSON or CSV."""

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from fsul_portal.sheets import write_csv
from reports.opendata.api.refusals import Refused, unknown_parameter
from reports.opendata.api.schemas import MOST_ROWS, USUAL_ROWS, Asked, Spoken

__all__ = ["MOST_ROWS", "USUAL_ROWS", "answer"]

Row = dict[str, Any]
# A list of codes in one cell.
BETWEEN = " "


def answer(
    request: HttpRequest,
    asked: Asked,
    rows: Sequence[Any] | QuerySet[Any, Any],
    heads: Sequence[str],
    drawn: Callable[[Any], Row] = lambda row: row,
) -> Row | HttpResponse:
    """Return the page that was asked for; only its rows are drawn.

    heads: the columns of the CSV, where `change.last_year.rate` is a value within others.
    """
    refuse_unknown(request, asked)
    count = rows.count() if isinstance(rows, QuerySet) else len(rows)
    pages = max(1, -(-count // asked.page_size))
    if asked.page > pages:
        raise Refused(
            404, _("There is no page %(page)s: the last one is %(pages)s.") % {"page": asked.page, "pages": pages}
        )
    first = (asked.page - 1) * asked.page_size
    shown = [drawn(row) for row in rows[first : first + asked.page_size]]
    onward = _address(request, asked.page + 1) if asked.page < pages else None
    if asked.format == "csv":
        return _csv(shown, heads, count, onward)
    told = {"count": count, "page": asked.page, "pages": pages, "page_size": asked.page_size, "next": onward}
    return told | {"rows": shown}


def refuse_unknown(request: HttpRequest, asked: Spoken) -> None:
    """Refuse a parameter that there is not: misspelt, it would be answered with everything."""
    known = type(asked).model_fields
    strange = sorted(name for name in request.GET if name not in known)
    if strange:
        raise unknown_parameter(strange, sorted(known))


def _address(request: HttpRequest, page: int) -> str:
    asked = [(key, value) for key, value in request.GET.items() if key != "page"]
    return f"{settings.SITE_URL}{request.path}?{urlencode([*asked, ('page', page)])}"


def _csv(rows: Sequence[Row], heads: Sequence[str], count: int, onward: str | None) -> HttpResponse:
    lines = [[_cell(row, head) for head in heads] for row in rows]
    response = HttpResponse(write_csv(heads, lines), content_type="text/csv; charset=utf-8")
    response["X-Total-Count"] = str(count)
    if onward:
        response["Link"] = f'<{onward}>; rel="next"'
    return response


def _cell(row: Row, head: str) -> Any:
    value: Any = row
    for name in head.split("."):
        value = None if value is None else value[name]
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return BETWEEN.join(value)
    return value
