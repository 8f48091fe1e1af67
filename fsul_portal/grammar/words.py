"""Name the type of texts that are put into the reader's language when they are shown, and choose between two."""

from typing import TYPE_CHECKING

from django.utils.translation import get_language

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise as Words
else:
    Words = str

__all__ = ["Words", "in_own_language", "reads_english", "with_code"]


def reads_english() -> bool:
    return (get_language() or "").startswith("en")


def in_own_language(chinese: str, english: str) -> str:
    """Return what is kept in two languages in that of the reader; where there is no English, the Chinese."""
    return english if english and reads_english() else chinese


def with_code(name: str, code: str) -> str:
    """Return a name followed by its code, in the brackets of the reader's language."""
    return f"{name} ({code})" if reads_english() else f"{name}（{code}）"
