"""Text from outside, made fit for the database, for pages and for workbooks, once and at the edge."""

import re
import unicodedata
from collections.abc import Callable
from typing import TypeVar, cast

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict, UnreadablePostError

FORM_TYPES = {"application/x-www-form-urlencoded", "multipart/form-data"}

# PostgreSQL refuses NUL, XML refuses the other controls, UTF-8 refuses lone surrogates, and an
# override of the writing direction lets a name look like another one.
UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")
LINE_CONTROLS = re.compile("[\t\n\r]")

Pairs = TypeVar("Pairs", bound=QueryDict)


def clean(text: str) -> str:
    """Strip what no honest text holds and give each character its one spelling (NFC); tabs and line ends stay."""
    if text.isascii() and text.isprintable():
        return text
    return unicodedata.normalize("NFC", UNWANTED.sub("", text))


def has_control(text: str) -> bool:
    """Tell whether `clean` would strip something."""
    return UNWANTED.search(text) is not None


def masked(phone: str) -> str:
    """Hide the middle of a telephone number: who knows it recognises it, and nobody else can call."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) > 7 else "****" if phone else ""


class CleanInputMiddleware:
    """Clean the query and the form of every request before anybody reads them; files stay as they were sent."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if has_control(request.path) or LINE_CONTROLS.search(request.path):
            raise BadRequest("The address holds a control character.")
        try:
            self.clean_input(request)
        except (UnreadablePostError, LookupError, UnicodeError) as error:
            # A sender who hung up, or who named a charset which is none: his fault, not ours.
            raise BadRequest("The request could not be read.") from error
        return self.get_response(request)

    def clean_input(self, request: HttpRequest) -> None:
        """Replace the query and the form; the body of anything but a form is left unread for the view."""
        request.GET = cleaned(request.GET)
        if request.method == "POST" and request.content_type in FORM_TYPES:
            request.POST = cleaned(request.POST)


def cleaned(pairs: Pairs) -> Pairs:
    """Copy a QueryDict with every key and value clean, in the order in which they came."""
    if not any(clean(text) != text for key, values in pairs.lists() for text in (key, *values)):
        return pairs
    copy = pairs.copy()
    copy.clear()
    for key, values in pairs.lists():
        for value in values:
            copy.appendlist(clean(key), clean(value))
    # As Django hands it out, so that nobody changes what was sent.
    copy._mutable = False
    return cast(Pairs, copy)
