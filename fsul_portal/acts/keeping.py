"""Save a long text while somebody types it, so that neither a closed browser nor an ended session loses it."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from fsul_portal.users import Request, User
from fsul_portal.verdicts import Denied, Kind, Overtaken, Refusal, Verdict, require


def keep_view(
    *, find: Callable[..., Any], rule: Callable[[User, Any], Verdict], save: Callable[..., Any], longest: int
) -> Callable[..., HttpResponse]:
    """Return the view to which a form with `keeps_at` sends its `text` a moment after the typing stops.

    find(user, **key) returns the thing, or raises Http404 to a stranger; rule is that of writing. save(thing, text,
    by=…, version=…) asks it of the thing as it is then, and returns that. What is longer than `longest` waits for the
    button, which says so.
    """

    @require_POST
    def keep(request: Request, **key: Any) -> HttpResponse:
        thing = find(request.user, **key)
        verdict = rule(request.user, thing)
        if isinstance(verdict, Denied) and verdict.kind is Kind.NO_RIGHT:
            require(verdict)
        text, typed = request.POST.get("text", "").replace("\r\n", "\n"), request.POST.get("version", "")
        told: dict[str, Any] = {"at": timezone.now(), "version": typed}
        if not typed.isdecimal() or len(text) > longest:
            return render(request, "acts/_kept_now.html", told | {"state": "refused"}, status=409)
        try:
            thing = save(thing, text, by=request.user, version=int(typed))
        except Overtaken as refusal:
            return render(request, "acts/_kept_now.html", told | {"state": "overtaken", "why": refusal}, status=409)
        except Refusal as refusal:
            return render(request, "acts/_kept_now.html", told | {"state": "refused", "why": refusal}, status=409)
        return render(request, "acts/_kept_now.html", told | {"state": "saved", "version": thing.version})

    return keep
