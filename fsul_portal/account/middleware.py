"""Keep account of each session: when it began and was last seen, when it ends, and what is said to whoever has none."""

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME, logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from fsul_portal.account.actions import note_session

Answer = Callable[[HttpRequest], HttpResponse]


def is_part_of_a_page(request: HttpRequest) -> bool:
    """Say whether a script fetches it; it would follow us to the login page and put that where a panel belongs."""
    return "HX-Request" in request.headers


class SignedInMiddleware(LoginRequiredMiddleware):
    """Send strangers to the login page; where a part of a page is fetched a 401 leaves the page as it is."""

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: tuple[Any, ...],
        view_kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        sent_away = super().process_view(request, view_func, view_args, view_kwargs)
        return HttpResponse(status=401) if sent_away and is_part_of_a_page(request) else sent_away


class SessionAgeMiddleware:
    """End a session on the server when it was idle too long or has lived long enough."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(time.time())
            begun = request.session.setdefault("begun_at", now)
            seen = request.session.get("seen_at", now)
            if now - seen > settings.SESSION_IDLE_MINUTES * 60 or now - begun > settings.SESSION_HOURS * 3600:
                logout(request)
                if is_part_of_a_page(request):
                    return HttpResponse(status=401)
                messages.info(request, _("You were signed out because you had not used the portal for a while."))
                back = urlencode({REDIRECT_FIELD_NAME: request.get_full_path()})
                return redirect(f"{reverse(settings.LOGIN_URL)}?{back}")
            # Writing once a minute is enough to measure half an hour, and spares a write on every page.
            if now - seen >= 60 or "seen_at" not in request.session:
                request.session["seen_at"] = now
                note_session(request)
        return self.get_response(request)
