"""Guard every request: a number to find it by, a policy for scripts, one language."""

import contextvars
import logging
import re
import secrets
from collections.abc import Callable
from types import TracebackType

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render
from django.urls import is_valid_path
from django.utils import translation
from django.utils.cache import patch_vary_headers

from fsul_portal.gate.addresses import client_address, current_address, forget_address, remember_address
from fsul_portal.verdicts import Kind, Refusal

LINE_BREAKS_AND_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")

Answer = Callable[[HttpRequest], HttpResponse]
Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]

_request_number: contextvars.ContextVar[str] = contextvars.ContextVar("request_number", default="-")


class Numbered(HttpRequest):
    """A request with the number under which it stands in the log."""

    number: str


class RequestNumberMiddleware:
    """Give each request a number which stands in the log and on the error page."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: Numbered) -> HttpResponse:
        request.number = secrets.token_hex(4)
        token = _request_number.set(request.number)
        try:
            response = self.get_response(request)
        finally:
            _request_number.reset(token)
        response.headers["X-Request-Number"] = request.number
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        # Whoever only comes at the wrong moment is not told that he has no right.
        if isinstance(exception, Refusal) and exception.kind is not Kind.NO_RIGHT:
            return render(request, "409.html", {"exception": exception}, status=409)
        return None


class PageCompressionMiddleware(GZipMiddleware):
    """Send pages packed over slow lines; files are packed already, and keep the length by which a download is measured.

    Django adds to each page a few random bytes, so that its length tells nothing of what is secret in it.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        is_page = response.headers.get("Content-Type", "").startswith("text/html") and not response.streaming
        return super().process_response(request, response) if is_page else response


class ClientAddressMiddleware:
    """Remember from where a request comes, for records and both logs."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # The web server reads its own log's address here.
        request.META["portal.client_address"] = address = client_address(request)
        token = remember_address(address)
        try:
            return self.get_response(request)
        finally:
            forget_address(token)


class NotAllowedMiddleware:
    """Answer a method that an address does not take with a page, where Django would send an empty one.

    Nobody has to type such an address: a login or a change of the language asks by GET for what was a button.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not isinstance(response, HttpResponseNotAllowed) or response.content:
            return response
        page = render(request, "405.html", {"way_on": page_above(request.path)}, status=405)
        page.headers["Allow"] = response.headers["Allow"]
        return page


def page_above(path: str) -> str:
    """Return the nearest address above this one that leads somewhere."""
    parts = path.strip("/").split("/")
    above = (f"/{'/'.join(parts[:length])}/" for length in range(len(parts) - 1, 0, -1))
    return next((one for one in above if is_valid_path(one)), "/")


class RequestNumberFilter(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.request_number = _request_number.get()
        record.client_address = current_address() or "-"
        return True


class OneLineFormatter(logging.Formatter):
    """Keep what people typed from starting a log line of its own, in the message and in a traceback."""

    def format(self, record: logging.LogRecord) -> str:
        record.msg, record.args = self.on_one_line(record.getMessage()), None
        return super().format(record)

    def formatException(self, ei: Raised) -> str:
        return "\n".join(f"    | {self.on_one_line(line)}" for line in super().formatException(ei).splitlines())

    def on_one_line(self, words: str) -> str:
        return LINE_BREAKS_AND_CONTROLS.sub(lambda match: ascii(match.group())[1:-1], words)


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """Hold every page to the strict policy; only the admin's theme needs more."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.path_info.startswith("/admin/"):
            # Where django-csp looks for what its own decorators say.
            response._csp_update = settings.ADMIN_CONTENT_SECURITY_POLICY  # type: ignore[attr-defined]
        return super().process_response(request, response)


class LanguageMiddleware:
    """Speak Chinese until the person asks for something else; what the browser was installed with is no such wish."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        wish = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        language = wish if wish in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        patch_vary_headers(response, ("Cookie",))
        response.headers.setdefault("Content-Language", language)
        return response
