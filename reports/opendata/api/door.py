"""Let readers in: the language that they ask for, how often they may, who they are, and what they may not do."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone, translation
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import get_language_from_request
from django.utils.translation import gettext as _
from ninja.security import HttpBearer

from fsul_portal.gate.limits import line_of, seconds_to_wait
from reports.opendata.api.refusals import Refused, told
from reports.opendata.models import Openness, Token, hashed

METHODS = ("GET", "HEAD")
View = Callable[..., HttpResponseBase]
EVERYBODY = "everybody"


class Bearer(HttpBearer):
    """Ask for a token, unless the office has opened the data to everybody."""

    openapi_description = "Authorization: Bearer fsul_…"

    def __call__(self, request: HttpRequest) -> Any:
        scheme, __, secret = request.headers.get("Authorization", "").partition(" ")
        if scheme:
            return self.authenticate(request, secret.strip() if scheme.lower() == self.openapi_scheme else "")
        count_line(request)
        if Openness.objects.filter(is_open=True).exists():
            return EVERYBODY
        raise _unknown(_("This data is read with a token; the coordination office issues it."))

    def authenticate(self, request: HttpRequest, token: str) -> Token:
        found = Token.objects.filter(digest=hashed(token)).first()
        # Whoever guesses is counted as whoever has none.
        if found:
            count(f"token:{found.pk}")
        else:
            count_line(request)
        if found is None:
            raise _unknown(_("There is no such token."))
        if found.revoked_at:
            raise _unknown(_("This token has been revoked."))
        if found.is_over:
            raise _unknown(_("This token ran out on %(day)s.") % {"day": found.expires_on.isoformat()})
        found.used_on(timezone.localdate())
        return found


def _unknown(sentence: str) -> Refused:
    return Refused(401, sentence, headers={"WWW-Authenticate": "Bearer"})


def count_line(request: HttpRequest) -> None:
    """Count a request of whoever shows no token that there is."""
    count(f"line:{line_of(request)}")


def count(caller: str) -> None:
    """Count a request; refuse it where its caller has had his for this minute."""
    waits = seconds_to_wait("api", caller, settings.API_REQUESTS_A_MINUTE)
    if waits:
        words = {"most": settings.API_REQUESTS_A_MINUTE, "seconds": waits}
        sentence = _("At most %(most)s requests a minute; go on in %(seconds)s seconds.") % words
        raise Refused(429, sentence, headers={"Retry-After": str(waits)})


def through_the_door(view: View) -> View:
    """Return a view as outsiders reach it: without a session, in their language, and only to read."""

    @login_not_required
    @wraps(view)
    def enter(request: HttpRequest, *args: Any, **key: Any) -> HttpResponseBase:
        with translation.override(language_of(request)):
            try:
                response = _answered(view, request, *args, **key)
            except Refused as refused:
                response = told(request, refused)
            response.headers["Content-Language"] = translation.get_language() or ""
        patch_vary_headers(response, ("Authorization", "Accept-Language"))
        patch_cache_control(response, private=True, no_store=True)
        return response

    return enter


def _answered(view: View, request: HttpRequest, *args: Any, **key: Any) -> HttpResponseBase:
    method = request.method
    if method not in METHODS:
        sentence = _("Nothing is written here: ask by GET.")
        raise Refused(405, sentence, headers={"Allow": ", ".join(METHODS)})
    # What answers knows GET alone; of an answer to HEAD the server leaves the body out by itself.
    request.method = "GET"
    try:
        return view(request, *args, **key)
    finally:
        request.method = method


def language_of(request: HttpRequest) -> str:
    """Return the language that the address asks for, else the browser, else Chinese."""
    asked = request.GET.get("language", "")
    return asked if asked in dict(settings.LANGUAGES) else get_language_from_request(request)
