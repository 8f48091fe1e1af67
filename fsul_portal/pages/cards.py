"""Give each cell of a table the words of its column, so that on a phone each row can stand as a card.

What people typed is escaped in the rows, so that whatever looks like a tag is one; a parser of whole HTML would take
twenty times as long.
"""

import re
from collections.abc import Iterator
from html import escape, unescape

CELL = re.compile(r"<t[hd](?=[\s>])(?P<marks>(?:[^>\"']|\"[^\"]*\"|'[^']*')*)>(?P<inside>.*?)</t[hd]>", re.S)
ROW = re.compile(r"<tr(?=[\s>]).*?</tr>", re.S)
COLUMNS_OF_A_SHEET = 7
HEAD = re.compile(r"</thead>")
BODY = re.compile(r"<tbody(?=[\s>]).*", re.S)
TAG = re.compile(r"<[^>]*>")
UNSEEN = re.compile(r"<span class=\"unseen\">.*?</span>", re.S)
SPAN = re.compile(r"colspan=\"(\d+)\"")
# A cell of nothing but badges tells the state of its row.
STATE = re.compile(r"\s*(?:<span class=\"badge[^>]*>[^<]*</span>\s*)+")


def is_wide(rows: str) -> bool:
    """Say whether the table has more columns than an upright sheet of paper holds."""
    return sum(map(_span, CELL.finditer(HEAD.split(rows, maxsplit=1)[0]))) > COLUMNS_OF_A_SHEET


def with_labels(rows: str) -> str:
    """Return the rows of a table with the part that each cell of the body plays in its card, and its label."""
    body = BODY.search(rows)
    if body is None:
        return rows
    heads = list(_heads(rows[: body.start()]))
    return rows[: body.start()] + ROW.sub(lambda row: _labelled(row[0], heads), body[0])


def _heads(markup: str) -> Iterator[str]:
    for cell in CELL.finditer(markup):
        head = " ".join(unescape(TAG.sub("", UNSEEN.sub("", cell["inside"]))).split())
        yield from [head] * _span(cell)


def _span(cell: re.Match[str]) -> int:
    found = SPAN.search(cell["marks"])
    return int(found[1]) if found else 1


def _labelled(row: str, heads: list[str]) -> str:
    cells = list(CELL.finditer(row))
    parts = _parts(cells)
    pieces, column, done = [], 0, 0
    for cell in cells:
        marks = parts.get(cell.start()) or _marks_of(cell, column, heads)
        pieces += [row[done : cell.end("marks")], marks]
        column, done = column + _span(cell), cell.end("marks")
    return "".join([*pieces, row[done:]])


def _marks_of(cell: re.Match[str], column: int, heads: list[str]) -> str:
    """Return the label of a cell; a column without words for the eye holds what can be done with the row.

    A template may say itself which part a cell plays: `data-part="name"`.
    """
    is_told = "data-part=" in cell["marks"]
    if not cell["inside"].strip() and not is_told:
        return ' data-part="blank"'
    if _span(cell) > 1 or column >= len(heads):
        return ""
    if heads[column]:
        return f' data-label="{escape(heads[column])}"'
    return "" if is_told else ' data-part="act"'


def _parts(cells: list[re.Match[str]]) -> dict[int, str]:
    """Return which cells name the row and tell its state: where they begin, and their marks."""
    said = [cell for cell in cells if cell["inside"].strip()]
    if len(cells) < 2 or not said or any("data-part=" in cell["marks"] for cell in cells):
        return {}
    name = next((cell for cell in said if 'scope="row"' in cell["marks"]), said[0])
    state = next((cell for cell in said if cell is not name and STATE.fullmatch(cell["inside"])), None)
    parts = {name.start(): ' data-part="name"'}
    return parts | ({state.start(): ' data-part="state"'} if state else {})
