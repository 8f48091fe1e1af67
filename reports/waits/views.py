"""Show for a month who waits for whom (6.2.1 j)."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fsul_portal.registers.paging import page_of
from fsul_portal.users import Request, User
from members.chasing.rules import may_chase
from members.divisions.models import Division
from members.periods.models import Period, period_named
from members.returns.due.days import is_over, lock_deadline
from members.returns.due.scope import scope_of
from reports.waits.slips import open_slips, waits_of_slips
from reports.waits.stations import Heap, heaps, waiting, waits_of

NARROWING = ("district", "station")


@require_safe
def month_waits(request: Request, code: str) -> HttpResponse:
    """Show at which station each return of a period waits, for whom and since when, by district (6.2.1 j)."""
    try:
        period = period_named(code)
    except ValueError as error:
        raise Http404 from error
    scope = scope_of(request.user)
    found = heaps(period, scope.libraries)
    chosen = {name: request.GET.get(name, "") for name in NARROWING}
    narrowed = [one for one in found if _is_of(one, chosen)]
    page = page_of(request.GET, _rows(period, scope.libraries, chosen), count=sum(one.count for one in narrowed))
    page.object_list = waits_of(list(page.object_list), period)
    context = {
        "period": period,
        "scope": scope,
        "over": is_over(period),
        "heaps": found,
        "count": sum(one.count for one in found),
        "chosen": narrowed if any(chosen.values()) else [],
        "page": page,
        "to_chase": _to_chase(request.user, period, found),
        "slips": waits_of_slips(open_slips(period, request.user)),
        "lock_by": lock_deadline(period),
    }
    return render(request, "reports/waits/month_waits.html", context)


def _is_of(heap: Heap, chosen: dict[str, str]) -> bool:
    return chosen["district"] in ("", heap.code) and chosen["station"] in ("", heap.station)


def _rows(period: Period, libraries: Any, chosen: dict[str, str]) -> Any:
    """Return the rows in the office's order, of the district and the station that are asked for."""
    rows = waiting(period, libraries)
    if chosen["district"]:
        rows = rows.filter(district__code=chosen["district"])
    if chosen["station"]:
        rows = rows.filter(station=chosen["station"])
    return rows.select_related("library", "district").in_office_order()


def _to_chase(user: User, period: Period, found: list[Heap]) -> set[str]:
    """Return the codes of the districts whose missing returns this person may chase now."""
    codes = {one.code for one in found if one.is_with_library}
    places = Division.objects.filter(code__in=codes) if codes else ()
    return {place.code for place in places if may_chase(user, period, place)}
