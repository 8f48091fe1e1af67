"""Ask once with everything in view, then do it: the one page of all acts."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from fsul_portal.acts.verbs import Acts, Verb, perform
from fsul_portal.users import Request, User
from fsul_portal.verdicts import Denied, Kind, require

shows_and_takes = require_http_methods(["GET", "HEAD", "POST"])


def act_view(
    acts: Acts, *, find: Callable[..., Any], shown: Callable[[Any, User], dict[str, Any]]
) -> Callable[..., HttpResponse]:
    """Return the view of a room's acts.

    find(user, **key) returns the thing, or raises Http404 to a stranger. shown(thing, user) is what the page needs
    beside the act: `crumbs` ([(title, url), …] to the thing), `clause`, and what the templates of the verbs ask for.
    """

    @shows_and_takes
    def act(request: Request, verb: str, **key: Any) -> HttpResponse:
        """Ask once more with everything in view, then do it."""
        thing, chosen, form, status = find(request.user, **key), acts[verb], None, 200
        if request.method == "POST":
            form, status = perform(chosen, thing, by=request.user, sent=request.POST, files=request.FILES)
            if form is None:
                messages.success(request, chosen.said(thing))
                return redirect(thing)
            thing = find(request.user, **key)
        verdict = chosen.rule(request.user, thing)
        if isinstance(verdict, Denied):
            if verdict.kind is Kind.NO_RIGHT:
                require(verdict)
            status = 409
        context = _page(chosen, thing, request.user) | {"form": form or chosen.form(thing), "verdict": verdict}
        context |= {"is_late": status == 409} | shown(thing, request.user)
        return render(request, "acts/act.html", context, status=status)

    return act


def _page(verb: Verb, thing: Any, user: User) -> dict[str, Any]:
    return {"verb": verb, "thing": thing, "title": verb.title_for(user, thing), "effect": verb.effect(thing)}
