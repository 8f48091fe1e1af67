"""Break a title into lines that keep its words and stand as a trapezium or a rhombus (GB/T 9704)."""

import re
import textwrap
import unicodedata
from collections.abc import Sequence
from itertools import combinations

from fsul_portal.grammar.words import reads_english

LINES_WEIGHED = 3

# What stays together: numbers with what they count, words in Latin letters, a closing mark with what it closes.
PIECES = re.compile(r"第?[A-Za-z0-9.,/\-]+[年月日次届期号个项批]?|.", re.DOTALL)
OPENING, CLOSING = "（(《〈“‘〔［", "）)》〉”’〕］，。、；：！？"
# A name of a body or a link between words ends with one of these: the best places for a break.
ENDS_A_WORD = "馆会组局室院区市县镇街部处于和与及暨》”）"
ASIDE = 4
SHORT = 0.4


def width(text: str) -> float:
    """Return how many Chinese characters wide a text is."""
    return sum(1 if unicodedata.east_asian_width(one) in "WFA" else 0.5 for one in text)


def broken(title: str, longest: int) -> tuple[str, ...]:
    """Return the lines of a title, each at most `longest` characters wide; an English one breaks where it is set."""
    if width(title) <= longest or reads_english():
        return (title,)
    pieces = _pieces(title)
    for count in range(2, LINES_WEIGHED + 1):
        if width(title) <= count * longest:
            ways = (_lines(pieces, places) for places in combinations(range(1, len(pieces)), count - 1))
            fitting = [lines for lines in ways if max(map(width, lines)) <= longest]
            if fitting:
                return min(fitting, key=_ugliness)
    return filled(title, longest)


def _pieces(title: str) -> list[str]:
    pieces: list[str] = []
    for piece in PIECES.findall(title):
        if pieces and (piece in CLOSING or pieces[-1][-1] in OPENING):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces


def _lines(pieces: Sequence[str], places: tuple[int, ...]) -> tuple[str, ...]:
    starts, ends = (0, *places), (*places, len(pieces))
    return tuple("".join(pieces[start:end]) for start, end in zip(starts, ends, strict=True))


def _ugliness(lines: tuple[str, ...]) -> float:
    return sum(map(_torn, lines[:-1], lines[1:])) + _unbalanced([width(line) for line in lines])


def _torn(before: str, after: str) -> int:
    """Weigh a break: least after the name of a body or before a number, most before 的."""
    if after[0] == "的":
        return 12
    if before[-1] in ENDS_A_WORD or after[0] in "第《（“" or after[0].isdigit():
        return 0
    return 3 if before[-1] == "的" else 6


def _unbalanced(widths: Sequence[float]) -> float:
    mean = sum(widths) / len(widths)
    weight = sum(abs(one - mean) for one in widths) / 2
    if len(set(widths)) == 1:
        weight += 2
    if len(widths) == LINES_WEIGHED and widths[1] < min(widths[0], widths[2]):
        weight += ASIDE * 2
    return weight + (ASIDE * 2 if min(widths) < SHORT * max(widths) else 0)


def filled(text: str, longest: int) -> tuple[str, ...]:
    """Fill line after line, as text does, and titles of more than three lines, which have no good shape."""
    if reads_english():
        return tuple(textwrap.wrap(text, longest * 2)) or ("",)
    lines = [""]
    for piece in _pieces(text):
        for part in _cut(piece, longest):
            if lines[-1] and width(lines[-1] + part) > longest:
                lines.append("")
            lines[-1] += part
    return tuple(lines)


def _cut(piece: str, longest: int) -> list[str]:
    return [piece] if width(piece) <= longest else [piece[at : at + longest] for at in range(0, len(piece), longest)]
