"""Name the type of texts that are put into the reader's language when they are shown, and choose between two."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import get_language

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise as Words
else:
    Words = str

__all__ = ["Words", "beside", "enumerated", "in_own_language", "reads_english", "with_code"]


def reads_english() -> bool:
    return (get_language() or "").startswith("en")


def in_own_language(chinese: str, english: str) -> str:
    """Return what is kept in two languages in that of the reader; where there is no English, the Chinese."""
    return english if english and reads_english() else chinese


def enumerated(names: Iterable[str]) -> str:
    """Return names in one line, with the marks between them that the reader's language has."""
    return (", " if reads_english() else "、").join(names)


def beside(text: str, note: str) -> str:
    """Return a text and a note in the brackets of the reader's language behind it, if there is one."""
    if not note:
        return text
    return f"{text} ({note})" if reads_english() else f"{text}（{note}）"


def with_code(name: str, code: str) -> str:
    """Return a name followed by its code, in the brackets of the reader's language."""
    return beside(name, code)
