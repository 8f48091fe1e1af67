"""Give what leaves the portal a name that people read, in a header that every browser understands."""

import re
from pathlib import PurePath
from typing import TypeVar
from urllib.parse import quote

from django.http.response import HttpResponseBase

from fsul_portal.grammar.text import clean

# What Windows keeps from names, and what would end the header or a quoted name in it.
FORBIDDEN = re.compile(r'[\\/:*?"<>|;%\x00-\x1f\x7f]+')
NOT_PLAIN = re.compile(r"[^A-Za-z0-9]+")
NAME_LENGTH = 100

Response = TypeVar("Response", bound=HttpResponseBase)


def to_keep(response: Response, name: str, ending: str = "") -> Response:
    """Let the browser keep the response as a file of this name; `ending` is told apart where the name has none."""
    response.headers["Content-Disposition"] = disposition(name, ending)
    return response


def disposition(name: str, ending: str = "") -> str:
    """Return the header of a file: the name by RFC 5987, and one of plain letters for browsers that cannot read it."""
    stem, suffix = (name, f".{ending}") if ending else (PurePath(name).stem, PurePath(name).suffix)
    suffix = "".join(sign for sign in suffix if sign == "." or (sign.isascii() and sign.isalnum()))
    stem = " ".join(FORBIDDEN.sub(" ", clean(stem)).split())[:NAME_LENGTH].strip(" .") or "file"
    plain = NOT_PLAIN.sub("-", stem).strip("-") or "file"
    return f"attachment; filename=\"{plain}{suffix}\"; filename*=UTF-8''{quote(stem + suffix, safe='')}"
