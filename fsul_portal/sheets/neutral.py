"""Text that a spreadsheet must not take for a formula, and the way back."""

import re

from fsul_portal.grammar.text import clean
from fsul_portal.sheets.refusals import LIMITS

MARK = "'"
# Office programs skip blanks before the sign, so blanks do not make it harmless.
RISKY = re.compile("['\\s\u200b\ufeff]*[=+\\-@\uff1d\uff0b\uff0d\uff20\t\r\n]")
NO_NUMBER = {"-", "\uff0d"}


def neutralise(text: str) -> str:
    """Clean a text, put an apostrophe before what could be run as a formula, and keep it as long as a cell may be."""
    text = clean(text)
    if text not in NO_NUMBER and RISKY.match(text):
        text = MARK + text
    return shorten(text)


def restore(text: str) -> str:
    """Take away the apostrophe which `neutralise` has put there, and no other."""
    if text.startswith(MARK) and RISKY.match(text, 1):
        return text[1:]
    return text


def shorten(text: str) -> str:
    """Cut a text where Excel would cut it; it counts some characters twice."""
    if len(text) * 2 <= LIMITS.cell_text or len(text.encode("utf-16-le")) <= LIMITS.cell_text * 2:
        return text
    return text.encode("utf-16-le")[: (LIMITS.cell_text - 1) * 2].decode("utf-16-le", "ignore") + "…"
