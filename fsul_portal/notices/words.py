"""Make what people typed fit for a letter."""

from collections.abc import Callable

from fsul_portal.grammar.text import clean
from fsul_portal.grammar.words import Words

# Words, or a function that gives them in the language that is active.
Spoken = Words | Callable[[], Words]


class NotSent(Exception):
    """Say why a letter did not go out, although nothing was raised on the way."""


def one_line(words: object) -> str:
    """Return the words without line ends, so that what people typed cannot begin another header."""
    return " ".join(clean(str(words)).split())


def spoken(words: Spoken) -> str:
    """Return words in the language that is active; a letter may be a function that is called in each language."""
    return str(words() if callable(words) else words)
