"""Stretch Chinese lines to the width of their paragraph; imported only where something is printed."""

from unicodedata import east_asian_width

from weasyprint.formatting_structure.boxes import Box, LineBox, TextBox
from weasyprint.layout import LayoutContext, inline
from weasyprint.text.line_break import create_layout

stretch_spaces = inline.justify_line
# Of an em. A line lacks a character or two; where a long address went to the next line, gaps would tear words apart.
WIDEST_GAP = 0.25


def stretch_line(context: LayoutContext, line: LineBox, missing: float) -> None:
    """Share what a Chinese line lacks among all its characters: the library widens spaces alone, and it has none."""
    texts = [box for box in line.descendants() if isinstance(box, TextBox)]
    if not any(east_asian_width(character) in "WF" for box in texts for character in box.text):
        stretch_spaces(context, line, missing)
        return
    gap = missing / max(1, sum(len(box.text) for box in texts) - 1)
    if gap <= WIDEST_GAP * line.style["font_size"]:
        _stretch(context, line, gap, moved=0)


def _stretch(context: LayoutContext, box: Box, gap: float, *, moved: float) -> float:
    """Move a box by what those before it grew, and return by how much those behind it have to move."""
    box.position_x += moved
    grown = moved
    if isinstance(box, TextBox):
        grown += gap * len(box.text)
        _space(context, box, gap)
    else:
        for child in box.children:
            grown = _stretch(context, child, gap, moved=grown)
    box.width += grown - moved
    return grown


def _space(context: LayoutContext, box: TextBox, gap: float) -> None:
    spacing = box.style["letter_spacing"]
    box.style = box.style.copy()
    box.style["letter_spacing"] = gap + (0 if spacing == "normal" else spacing)
    box.pango_layout = create_layout(box.text, box.style, context, max_width=None, justification_spacing=0)
    # As the library does: it makes the layout anew when it draws the text.
    box.pango_layout.deactivate()


def stretch_chinese() -> None:
    """Have the library stretch lines our way, which leaves lines without Chinese to its own."""
    inline.justify_line = stretch_line
