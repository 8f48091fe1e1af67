"""Make what people typed fit for a letter."""

from fsul_portal.grammar.text import clean


class NotSent(Exception):
    """Say why a letter did not go out, although nothing was raised on the way."""


def one_line(words):
    """Return the words without line ends, so that what people typed cannot begin another header."""
    return " ".join(clean(str(words)).split())


def spoken(words):
    """Return words in the language that is active; a letter may be a function that is called in each language."""
    return str(words() if callable(words) else words)
