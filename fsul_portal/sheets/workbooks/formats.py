"""What a number format makes of a number: zeros before it, a dash for nothing, words around it, dates in any order."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

# A quoted text, an escaped sign, a blank of some width, a filling, a bracket, a date part, or a single sign.
TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_(?P<width>.)|\*(?P<filled>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General|G/通用格式)|(?P<noon>AM/PM|A/P|上午/下午)|(?P<exponent>E[+-])"
    r"|(?P<date>y+|m+|d+|h+|s+)|(?P<sign>.)",
    re.IGNORECASE | re.DOTALL,
)
COLOURS = {"red", "black", "blue", "green", "white", "yellow", "cyan", "magenta"}
# The formats which a file names by number alone; 27 to 58 as Chinese Excel shows them.
BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 14: "yyyy/m/d", 15: "d-mmm-yy",
    16: "d-mmm", 17: "mmm-yy", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm", 37: "#,##0;(#,##0)",
    38: "#,##0;(#,##0)", 39: "#,##0.00;(#,##0.00)", 40: "#,##0.00;(#,##0.00)", 41: '#,##0;-#,##0;"-"',
    42: '#,##0;-#,##0;"-"', 43: '#,##0.00;-#,##0.00;"-"', 44: '#,##0.00;-#,##0.00;"-"', 49: "@",
    **dict.fromkeys((27, 36, 50, 52, 57), 'yyyy"年"m"月"'), **dict.fromkeys((28, 29, 51, 53, 54, 58), 'm"月"d"日"'),
    30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"',
}  # fmt: skip
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
# An m means minutes behind an hour and before a second.
MINUTES = re.compile("(?<=h)m|m(?=s)")
# Excel allows no more; matching a longer one could take for ever.
LONGEST = 255

# What a format is made of, as (kind, text).
Tokens = list[tuple[str, str]]


class UnknownFormat(Exception):
    """The format says more than is known here; the value must speak for itself."""


@dataclass
class Section:
    """One of the up to four parts of a format: tokens as (kind, text)."""

    tokens: Tokens = field(default_factory=list)

    def add(self, kind: str, text: str) -> None:
        self.tokens.append((kind, text))

    def has(self, kind: str) -> bool:
        return any(known == kind for known, _text in self.tokens)


def sections_of(code: str) -> list[Section]:
    """Take a format apart, or raise UnknownFormat."""
    sections = [Section()]
    for match in TOKEN.finditer(code[:LONGEST]):
        kind, text = str(match.lastgroup), match[str(match.lastgroup)]
        if kind == "sign" and text == ";":
            sections.append(Section())
        else:
            sections[-1].add(*meant(kind, text))
    return sections


def meant(kind: str, text: str) -> tuple[str, str]:
    """Reduce a token to literal, place (of a digit), point, comma, percent, general, date or nothing."""
    if kind in ("quoted", "escaped"):
        return "literal", text
    if kind == "width":
        return "literal", " "
    if kind == "filled":
        return "literal", ""
    if kind == "bracket":
        return "literal", of_bracket(text)
    if kind in ("general", "date"):
        return kind, text.lower()
    if kind != "sign" or (text.isascii() and text.isalpha()):
        raise UnknownFormat
    return {"0": "place", "#": "place", "?": "place", ".": "point", ",": "comma", "%": "percent", "@": "general"}.get(
        text, "literal"
    ), text


def of_bracket(text: str) -> str:
    """Read a currency; a colour or a language shows nothing."""
    if text.startswith("$"):
        return text[1:].partition("-")[0]
    if text.lower() in COLOURS or re.fullmatch(r"color ?\d+", text.lower()):
        return ""
    raise UnknownFormat


def number_shown(number: float, code: str) -> str | None:
    """Write a number as a cell of this format shows it; None where that cannot be told."""
    exact = Decimal(str(number))
    try:
        sections = sections_of(code)
        section, minus = chosen(sections, exact)
        return minus + laid_out(section, abs(exact))
    except UnknownFormat:
        return None


def chosen(sections: list[Section], number: Decimal) -> tuple[Section, str]:
    """Name the section for a number, and the minus which only a lone section writes."""
    if len(sections) > 1 and number < 0:
        return sections[1], ""
    if len(sections) > 2 and number == 0:
        return sections[2], ""
    return sections[0], "-" if number < 0 else ""


def laid_out(section: Section, number: Decimal) -> str:
    """Put the digits of a number into their places, from the point to the left and to the right."""
    if section.has("general"):
        return "".join(format(number, "f") if kind == "general" else text for kind, text in section.tokens)
    if section.has("date"):
        raise UnknownFormat
    tokens = section.tokens
    places = [index for index, (kind, _text) in enumerate(tokens) if kind == "place"]
    if not places:
        return "".join(text for _kind, text in tokens)
    if any(text == "/" for _kind, text in tokens):
        raise UnknownFormat
    point = next((index for index, (kind, _text) in enumerate(tokens) if kind == "point"), len(tokens))
    before = [index for index in places if index < point]
    after = [index for index in places if index > point]
    scaled = number.scaleb(2 * sum(kind == "percent" for kind, _text in tokens) - 3 * scaling(tokens, before))
    whole, _point, rest = format(scaled.quantize(Decimal(1).scaleb(-len(after)), ROUND_HALF_UP), "f").partition(".")
    written = {**whole_digits(whole, before, tokens), **decimals(rest, after, tokens)}
    return "".join(sign_at(index, kind, text, written) for index, (kind, text) in enumerate(tokens))


def sign_at(index: int, kind: str, text: str, written: dict[int, str]) -> str:
    if kind == "place":
        return written.get(index, "")
    return "" if kind == "comma" else text


def scaling(tokens: Tokens, before: list[int]) -> int:
    """Count the commas behind the last digit before the point: each hides three digits."""
    count = 0
    for kind, _text in tokens[before[-1] + 1 :] if before else []:
        if kind != "comma":
            break
        count += 1
    return count


def whole_digits(whole: str, before: list[int], tokens: Tokens) -> dict[int, str]:
    """Give each place before the point its digit; the first takes what is left, and no place is left empty by 0."""
    digits = list(whole.lstrip("0"))
    grouped = any(kind == "comma" for kind, _text in tokens[before[0] : before[-1]]) if before else False
    written, met = {}, 0
    for index in reversed(before):
        rest = digits if index == before[0] else digits[-1:]
        digits = [] if index == before[0] else digits[:-1]
        shown = list(rest) or list({"0": "0", "?": " "}.get(tokens[index][1], ""))
        text = ""
        for digit in reversed(shown):
            text = digit + ("," if grouped and met and met % 3 == 0 and digit.strip() else "") + text
            met += 1
        written[index] = text
    return written


def decimals(rest: str, after: list[int], tokens: Tokens) -> dict[int, str]:
    """Give each place behind the point its digit, without the zeros which # does not show."""
    written = dict(zip(after, rest, strict=False))
    for index in reversed(after):
        if written[index] != "0" or tokens[index][1] == "0":
            break
        written[index] = " " if tokens[index][1] == "?" else ""
    return written


def moment_shown(moment: datetime, code: str) -> tuple[str, bool] | None:
    """Write a moment as a cell of this format shows it, and tell whether its time is seen; None where unknown."""
    try:
        tokens = sections_of(code)[0].tokens
    except UnknownFormat:
        return None
    parts = [index for index, (kind, _text) in enumerate(tokens) if kind == "date"]
    letters = "".join(tokens[index][1][0] for index in parts)
    minutes = {parts[match.start()] for match in MINUTES.finditer(letters)}
    written = [
        part_of(moment, text, index in minutes) if kind == "date" else text for index, (kind, text) in enumerate(tokens)
    ]
    return None if None in written else ("".join(map(str, written)), bool({"h", "s"} & set(letters)))


def part_of(moment: datetime, part: str, minute: bool) -> str | int | None:
    """Write one part of a moment; None for one which is not known here."""
    values: dict[str, str | int] = {
        "yyyy": f"{moment.year:04}", "yy": f"{moment.year % 100:02}", "mmm": MONTHS[moment.month - 1],
        "mm": f"{moment.minute if minute else moment.month:02}", "m": moment.minute if minute else moment.month,
        "dd": f"{moment.day:02}", "d": moment.day, "hh": f"{moment.hour:02}", "h": moment.hour,
        "ss": f"{moment.second:02}", "s": moment.second,
    }  # fmt: skip
    return values.get(part)
