"""Name the type of texts that are put into the reader's language when they are shown, and choose between two."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, TypeAlias

from django.utils import translation
from django.utils.translation import get_language

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise as Words
else:
    Words = str

__all__ = [
    "Spoken",
    "Words",
    "beside",
    "enumerated",
    "in_both",
    "in_own_language",
    "reads_english",
    "spoken",
    "with_code",
]

# Words, or a function that gives them in the language that is active.
Spoken: TypeAlias = Words | Callable[[], Words]
CHINESE, ENGLISH = "zh-hans", "en"


def reads_english() -> bool:
    return (get_language() or "").startswith("en")


def spoken(words: Spoken) -> str:
    """Return words in the language that is active; what holds values is a function, called in each language."""
    return str(words() if callable(words) else words)


def in_both(words: Spoken) -> tuple[str, str]:
    """Return words in Chinese and in English, as what is kept for readers of both."""
    found = []
    for language in (CHINESE, ENGLISH):
        with translation.override(language):
            found.append(spoken(words))
    chinese, english = found
    return chinese, english


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
