"""Tell what is wrong with a Chinese sentence, and gather the sentences which third-party packages bring along."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from django.apps import apps
from django.utils.translation import gettext, ngettext, npgettext, pgettext

Key = tuple[str | None, tuple[str, ...]]

HAN = r"[㐀-鿿]"
PLACEHOLDER = r"%\(\w+\)\S|%[sdr]|\{\w*\}"
MARKUP = re.compile(r"<[^>]+>")
WORD = re.compile(r"[A-Za-z]{2}")
FAULTS = {
    "a space between Chinese characters": re.compile(f"{HAN} +{HAN}"),
    "a half-width mark": re.compile(f"{HAN}[”）]?\\s*(?:[:,;?!()\"']|\\.(?![A-Za-z]))|[:,;?!()\"']\\s*{HAN}"),
    # An office that writes to another one on paper calls it 你馆.
    "the address of a friend": re.compile("你(?!馆)"),
}
# Whatever fills the place may be Chinese.
LOOSE = re.compile(f"{HAN} (?:{PLACEHOLDER})|(?:{PLACEHOLDER}) {HAN}")
# Places of our own sentences that hold words, where the others hold numbers and codes.
WORDS = "person|library|paper|case|entry|period|month|day|thing|one|report|span|at|parent|seats|facts|kind|level|town"
LOOSE_OF_OURS = re.compile(rf"{HAN} %\((?:{WORDS})\)s|%\((?:{WORDS})\)s {HAN}")
# Packages that keep no catalogue of their own, or one that is older than their sources.
READ_FROM_SOURCES = ("unfold", "guardian", "import_export", "django_filters", "django_celery_beat", "axes")
READ_FROM_CATALOGUES = ("conf", "contrib/admin", "contrib/auth", "contrib/contenttypes", "contrib/sessions")
SPOKEN = re.compile(r"""{%\s*trans(?:late)?\s+(["'])(.*?)\1|\b_\((["'])(.*?)\3\)""")
BLOCK = re.compile(
    r"{%\s*blocktrans(?:late)?\b(.*?)%}(.*?)(?:{%\s*plural\s*%}(.*?))?{%\s*endblocktrans(?:late)?\s*%}", re.DOTALL
)
VARIABLE = re.compile(r"{{\s*(\w+)\s*}}")


def faults(sentence: str) -> list[str]:
    """Name what an official would not write."""
    plain = MARKUP.sub("", sentence)
    return [name for name, pattern in FAULTS.items() if pattern.search(plain)]


def faults_of_ours(sentence: str) -> list[str]:
    """Name what is wrong with a sentence of the portal's own, of which the name of a place says what fills it."""
    return faults(sentence) + (["a space beside a word"] if LOOSE_OF_OURS.search(sentence) else [])


def faults_of_package(sentence: str) -> list[str]:
    """Name what is wrong with the sentence of a package, of which nobody knows what fills its places."""
    plain = re.sub(PLACEHOLDER, "", MARKUP.sub("", sentence))
    found = faults(sentence)
    if LOOSE.search(sentence):
        found.append("a space beside what is filled in")
    if WORD.search(plain) and not re.search(HAN, plain):
        found.append("English")
    return found


def sentences_of_packages() -> Iterator[Key]:
    """Yield context and id, with its plural where it has one, of all that installed packages can say."""
    for place in READ_FROM_CATALOGUES:
        yield from _of_catalogue(Path(django.__file__).parent / place)
    for name in READ_FROM_SOURCES:
        folder = Path(apps.get_app_config(name).path)
        yield from _of_python(folder)
        for template in sorted(folder.glob("**/templates/**/*.html")):
            yield from _of_template(template.read_text("utf-8"))


def in_chinese(key: Key) -> str:
    """Return what is shown; call it while Chinese is active."""
    context, ids = key
    if len(ids) > 1:
        return npgettext(context, ids[0], ids[1], 2) if context else ngettext(ids[0], ids[1], 2)
    return pgettext(context, ids[0]) if context else gettext(ids[0])


def _of_catalogue(folder: Path) -> Iterator[Key]:
    with (folder / "locale/en/LC_MESSAGES/django.po").open("rb") as file:
        for message in read_po(file):
            if message.id:
                yield message.context, _tuple(message.id)


def _of_python(folder: Path) -> Iterator[Key]:
    for _file, _line, ids, _comments, context in extract_from_dir(folder, method_map=[("**.py", "python")]):
        yield context, _tuple(ids)


def _of_template(text: str) -> Iterator[Key]:
    for __, spoken, __, called in SPOKEN.findall(text):
        yield None, (spoken or called,)
    for options, one, many in BLOCK.findall(text):
        yield None, tuple(_body(body, trimmed="trimmed" in options) for body in (one, many) if body)


def _body(text: str, *, trimmed: bool) -> str:
    text = VARIABLE.sub(r"%(\1)s", text)
    return " ".join(line.strip() for line in text.strip().splitlines()) if trimmed else text


def _tuple(ids: Any) -> tuple[str, ...]:
    return (ids,) if isinstance(ids, str) else tuple(one for one in ids if isinstance(one, str))
