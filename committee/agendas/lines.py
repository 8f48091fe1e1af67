"""Read an agenda that was typed, a line an item (6.2.1 b)."""

import re
from dataclasses import dataclass

LONGEST = 200
# Whoever copies an agenda brings its numbers along: 1. 2、 （三） (4) 一、
NUMBER = re.compile(
    r"(?:\d{1,3}(?:\.\d{1,2})+\s|\d{1,3}(?:\.\d{1,2})*[.．、)）]|[一二三四五六七八九十]{1,3}、"
    r"|[（(](?:\d{1,3}|[一二三四五六七八九十]{1,3})[）)])\s*"
)
LENGTH = re.compile(r"[（(]\s*(\d{1,3})\s*(?:分钟|分|min(?:utes)?)\s*[）)]\s*$")
BELOW = re.compile(r"[ \t\u3000]+|[-–—·*•]\s*")


@dataclass(frozen=True)
class Line:
    """An item as it was typed; `is_below` says that it belongs under the last one that is not. length: minutes."""

    title: str
    is_below: bool = False
    length: int | None = None


def lines_of(text: str) -> list[Line]:
    """Return the items of a typed agenda: numbers are dropped, “（15分钟）” at the end is the time of the item."""
    found: list[Line] = []
    for typed in text.splitlines():
        if not typed.strip():
            continue
        is_below = bool(found) and bool(BELOW.match(typed))
        title = NUMBER.sub("", BELOW.sub("", typed, count=1).strip() if BELOW.match(typed) else typed.strip(), count=1)
        time = LENGTH.search(title)
        title = LENGTH.sub("", title).strip()
        if title:
            found.append(Line(title[:LONGEST], is_below, int(time.group(1)) if time else None))
    return found
