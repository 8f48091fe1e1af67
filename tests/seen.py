"""Read a page as people see it, and find in it what only machines say."""

import re
from datetime import datetime
from functools import cache
from html import unescape

from django.apps import apps

from tests.permission_table import PEOPLE

# What is not drawn, and where codes are the matter; the theme of the administration draws its icons by names in a font.
UNSEEN = re.compile(
    r"<!--.*?-->|<(script|style|code|template|svg|textarea)\b.*?</\1>|<span[^>]*material-symbols[^>]*>.*?</span>", re.S
)
TAGS = re.compile(r"<[^>]*>")
SAID_ALOUD = re.compile(r'\b(?:title|alt|aria-label|placeholder)="([^"]*)"')
# The theme names its signs of yes and no so, and draws them.
SIGNS = ("True", "False")

READ = (200, 403, 409)
# What is no fault where a line holds it, each with its reason.
MEANT = {
    "2025-03": "a form says how a month may be typed",
    "2026-10 NH002": "the search says how it may be asked",
    "a.pdf": "a file's name as its owner gave it",
    "nobody.takes.this": "a run of the stage's own",
}

MACHINE_WORDS = {
    "a period": re.compile(r"(?<![\w./-])(?:19|20)\d\d-(?:0[1-9]|1[0-2])(?![\w-])"),
    "a moment": re.compile(r"\d{4}-\d\d-\d\dT\d\d"),
    "a path": re.compile(r"(?<![\w./@-])[a-z_]{2,}(?:\.[A-Za-z_]{2,})+(?![\w.@])"),
    "a name of the code": re.compile(r"(?<![\w./-])[a-z]+(?:_[a-z0-9]+)+(?![\w-])"),
    "a nothing": re.compile(r"(?<![\w“])(?:None|True|False|null|undefined|NaN)(?![\w”])"),
    "a key": re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b|\b[0-9a-f]{20,}\b"),
}


def seen_in(html):
    """Return what a page says, a line for each of its parts."""
    html = UNSEEN.sub(" ", html)
    said = [value for value in SAID_ALOUD.findall(html) if value not in SIGNS]
    return unescape("\n".join([TAGS.sub("\n", html), *said]))


@cache
def values_of_choices():
    """Return the values that our models keep for their choices, as they stand in the database."""
    ours = {"fsul_portal", "members", "committee", "workgroups", "reports"}
    fields = [field for model in apps.get_models() if model._meta.app_label in ours for field in model._meta.fields]
    values = {str(value) for field in fields for value, __ in field.flatchoices or ()}
    return {value for value in values if re.fullmatch(r"[a-z][a-z_]+", value)}


def machine_words(html, chinese=True):
    """Yield (kind, word, line) of what only machines say on a page.

    Values of choices are looked for on Chinese pages only: in English most of them are words of the language.
    """
    values = values_of_choices() if chinese else set()
    for line in seen_in(html).splitlines():
        for kind, pattern in MACHINE_WORDS.items():
            yield from ((kind, found.group(), line.strip()) for found in pattern.finditer(line))
        for word in re.findall(r"(?<![\w./@-])[a-z_]+(?![\w./@-])", line) if values else ():
            if word in values:
                yield "a value", word, line.strip()


def refused_by_machines(html):
    """Yield (kind, word, line) of what HTML does not take: moments that are none, attributes it does not know."""
    for written in re.findall(r'<time[^>]* datetime="([^"]*)"', html):
        try:
            datetime.fromisoformat(written)
        except ValueError:
            yield "no moment", written, written
    yield from (("no attribute", found.strip(), found.strip()) for found in re.findall(r"\shx-[a-z]+=", html))


def said_by_machines(response, chinese=True):
    """Return the machine words on a page that answers; a file, and who is sent elsewhere, reads none."""
    is_page = response.headers.get("Content-Type", "").startswith("text/html") and not response.streaming
    if not is_page or response.status_code not in READ:
        return set()
    html = response.content.decode()
    # The administration's theme writes attributes of its own.
    refused = [] if response.wsgi_request.path.startswith("/admin/") else refused_by_machines(html)
    found = [*machine_words(html, chinese), *refused]
    return {(kind, word, line) for kind, word, line in found if not _is_meant(word, line)}


def _is_meant(word, line):
    return word in PEOPLE or any(word in meant and meant in line for meant in MEANT)
