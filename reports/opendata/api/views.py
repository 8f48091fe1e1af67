"""Answer with what is published: editions, their figures, what these mean, libraries and divisions (6.2.1 j)."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from ninja import Path, Query

from reports.editions.models import Edition
from reports.opendata.api import rows, schemas
from reports.opendata.api.answers import answer, refuse_unknown
from reports.opendata.api.description import API, CSV, REFUSALS
from reports.opendata.api.refusals import Refused, told
from reports.opendata.models import Openness

EDITION = "/editions/{kind}/{period}/{edition}"
TOTALS = ("complete", "expected", "reported", "late", "missing")
CHANGES = ("libraries", "of", "value", "base", "rate", "reason")
FIGURE_HEADS = (
    *("scope", "place", "name", "indicator", "value", "status", *TOTALS),
    *(f"change.{base}.{key}" for base in ("last_year", "last_period") for key in CHANGES),
)


def _heads(row: Any) -> tuple[str, ...]:
    return tuple(row.model_fields)


@API.get(
    "/editions",
    response={200: schemas.Page[schemas.EditionRow], **REFUSALS},
    operation_id="editions",
    summary=_("The published editions, the newest period first"),
    openapi_extra=CSV,
)
def editions(request: HttpRequest, asked: Query[schemas.EditionsAsked]) -> Any:
    found = rows.published().defer("snapshot")
    for name in ("kind", "period"):
        if value := getattr(asked, name):
            found = found.filter(**{name: value})
    if asked.newest:
        found = found.filter(replaced_by__isnull=True)
    return answer(request, asked, found, _heads(schemas.EditionRow), rows.edition_row)


@API.get(
    EDITION,
    response={200: schemas.EditionFacts, **REFUSALS},
    operation_id="edition",
    summary=_("One edition: of what its figures speak"),
)
def edition(request: HttpRequest, which: Path[schemas.Which], asked: Query[schemas.Spoken]) -> Any:
    refuse_unknown(request, asked)
    return rows.edition_facts(_published(which))


@API.get(
    f"{EDITION}/figures",
    response={200: schemas.Page[schemas.FigureRow], **REFUSALS},
    operation_id="figures",
    summary=_("The figures of an edition: totals of the system and of districts, and figures of libraries"),
    openapi_extra=CSV,
)
def figures(request: HttpRequest, which: Path[schemas.Which], asked: Query[schemas.FiguresAsked]) -> Any:
    snapshot = rows.snapshot_of(_published(which))
    wanted = _indicators(snapshot, asked.indicator)
    _place_exists(snapshot, asked.place)
    cells = [
        one
        for one in rows.figure_cells(snapshot)
        if one[3] in wanted and asked.scope in ("", one[0]) and asked.place in ("", one[1])
    ]
    return answer(request, asked, cells, FIGURE_HEADS, lambda cell: rows.figure_row(*cell))


@API.get(
    f"{EDITION}/definitions",
    response={200: schemas.Page[schemas.DefinitionRow], **REFUSALS},
    operation_id="definitions",
    summary=_("What the indicators of an edition mean, and how they add up"),
    openapi_extra=CSV,
)
def definitions(request: HttpRequest, which: Path[schemas.Which], asked: Query[schemas.Asked]) -> Any:
    snapshot = rows.snapshot_of(_published(which))
    return answer(request, asked, rows.definition_rows(snapshot), _heads(schemas.DefinitionRow))


@API.get(
    f"{EDITION}/libraries",
    response={200: schemas.Page[schemas.LibraryRow], **REFUSALS},
    operation_id="libraries",
    summary=_("The libraries of an edition, as they stood at the end of its period"),
    openapi_extra=CSV,
)
def libraries(request: HttpRequest, which: Path[schemas.Which], asked: Query[schemas.Asked]) -> Any:
    snapshot = rows.snapshot_of(_published(which))
    return answer(request, asked, rows.library_rows(snapshot), _heads(schemas.LibraryRow))


@API.get(
    f"{EDITION}/districts",
    response={200: schemas.Page[schemas.DistrictRow], **REFUSALS},
    operation_id="districts",
    summary=_("The districts of an edition"),
    openapi_extra=CSV,
)
def districts(request: HttpRequest, which: Path[schemas.Which], asked: Query[schemas.Asked]) -> Any:
    snapshot = rows.snapshot_of(_published(which))
    return answer(request, asked, rows.district_rows(snapshot), _heads(schemas.DistrictRow))


@API.get(
    "/divisions",
    response={200: schemas.Page[schemas.DivisionRow], **REFUSALS},
    operation_id="divisions",
    summary=_("The divisions by their codes after GB/T 2260"),
    openapi_extra=CSV,
)
def divisions(request: HttpRequest, asked: Query[schemas.DivisionsAsked]) -> Any:
    found = rows.division_rows(asked.level)
    return answer(request, asked, found, _heads(schemas.DivisionRow), rows.division_row)


def _published(which: schemas.Which) -> Edition:
    found: Edition | None = rows.published().filter(kind=which.kind, period=which.period, number=which.edition).first()
    if found is None:
        raise Refused(404, gettext("There is no such edition among the published ones."))
    return found


def _indicators(snapshot: rows.Snapshot, asked: str) -> set[str]:
    known = [entry["code"] for entry in snapshot["dictionary"]]
    wanted = set(asked.split(",")) if asked else set(known)
    if strange := sorted(wanted - set(known)):
        words = {"codes": ", ".join(strange), "known": ", ".join(known)}
        raise Refused(404, gettext("This edition has no indicator %(codes)s; it has %(known)s.") % words)
    return wanted


def _place_exists(snapshot: rows.Snapshot, place: str) -> None:
    if place and place not in snapshot["districts"] and place not in snapshot["libraries"]:
        raise Refused(404, gettext("This edition knows no district and no library %(code)s.") % {"code": place})


def index(request: HttpRequest) -> HttpResponse:
    """Say what there is and who may read it, to whoever has only this address."""
    told_here = {
        "title": gettext(API.title),
        "documentation": settings.SITE_URL + reverse("api:openapi-view"),
        "description": settings.SITE_URL + reverse("api:openapi-json"),
        "editions": settings.SITE_URL + reverse("api:editions"),
        "divisions": settings.SITE_URL + reverse("api:divisions"),
        "open_to_everybody": Openness.now().is_open,
        "rows_a_page": schemas.USUAL_ROWS,
        "most_rows_a_page": schemas.MOST_ROWS,
        "requests_a_minute": settings.API_REQUESTS_A_MINUTE,
    }
    return JsonResponse(told_here, json_dumps_params={"ensure_ascii": False})


def nowhere(request: HttpRequest) -> HttpResponse:
    """Answer an address that there is not as everything here is answered."""
    return told(request, Refused(404, gettext("There is no such address; /api/ says what there is.")))
