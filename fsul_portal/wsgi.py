"""Serve the portal by WSGI."""

import codecs
import gc
import os
from collections.abc import Iterable
from email.message import Message
from wsgiref.types import StartResponse, WSGIEnvironment

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fsul_portal.settings")
portal = get_wsgi_application()
# What is loaded once is never garbage: to look through it took 0.3 s in the middle of some request. The pages of memory
# that the workers share stay shared, too.
assert get_resolver().url_patterns
gc.collect()
gc.freeze()


def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Pass a request on without a charset that is none: Django would fail on it before any middleware is asked."""
    header = Message()
    header["content-type"] = environ.get("CONTENT_TYPE", "")
    charset = header.get_content_charset()
    if charset and not _is_text_encoding(charset):
        environ["CONTENT_TYPE"] = header.get_content_type()
    return portal(environ, start_response)


def _is_text_encoding(name: str) -> bool:
    try:
        return getattr(codecs.lookup(name), "_is_text_encoding", True)
    except LookupError:
        return False
