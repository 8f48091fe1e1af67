"""Make what people typed fit for a letter."""

from fsul_portal.grammar.text import clean


class NotSent(Exception):
    """Say why a letter did not go out, although nothing was raised on the way."""


def one_line(words: object) -> str:
    """Return the words without line ends, so that what people typed cannot begin another header."""
    return " ".join(clean(str(words)).split())
