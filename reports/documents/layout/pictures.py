"""Draw pictures of figures as vectors which a screen reader can announce, or as points for paper."""

import io
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.html import escape

from fsul_portal.grammar.text import clean

from .shapes import Table

FONT = "Noto Sans CJK SC"
INK, GREY, RULE = "#22303c", "#5c6b78", "#d9dfe4"
COLOURS = ("#17527a", "#c77b2b")
WIDTH = 6.5  # inches between the margins of an upright page
DPI = 200
ONE_AT_A_TIME = threading.Lock()
LOOK: dict[Any, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "fsul",
    "font.family": FONT,
    "font.size": 9,
    "text.color": INK,
    "axes.edgecolor": RULE,
    "axes.labelcolor": GREY,
    "axes.grid": True,
    "axes.grid.axis": "y",
    "axes.axisbelow": True,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "grid.color": RULE,
    "grid.linewidth": 0.6,
    "xtick.color": GREY,
    "ytick.color": GREY,
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "legend.frameon": False,
    "figure.constrained_layout.use": True,
}


@dataclass(frozen=True)
class Chart:
    """A picture with the figures that it draws; it is drawn when somebody wants to see it.

    description: the figures themselves, for who cannot see the picture. table: the same to be read beside it.
    """

    title: str
    description: str
    table: Table
    draw: Callable[[Any], None] = field(compare=False, repr=False)
    height: float = 0

    @property
    def size(self) -> tuple[int, int]:
        """Return width and height in points, so that a page keeps the room for it before it is there."""
        return round(WIDTH * 72), round(self.height * 72)

    @cached_property
    def svg(self) -> str:
        return as_svg(self.draw, self.height, self.title, self.description)


def as_svg(draw: Callable[[Any], None], height: float, title: str, description: str) -> str:
    """Draw on a figure so many inches high; return the SVG with the words by which it is read aloud."""
    nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    drawing = _saved(draw, height, format="svg", metadata=nothing)
    return str(_announced(drawing.decode(), title, description))


def as_png(draw: Callable[[Any], None], height: float) -> bytes:
    """Draw the same as a picture of points, fine enough for paper."""
    return _saved(draw, height, format="png", dpi=DPI, metadata={"Software": None})


def _saved(draw: Callable[[Any], None], height: float, **how: Any) -> bytes:
    import matplotlib
    from matplotlib.figure import Figure

    # The look is one for the whole process: two pictures at once would take each other's.
    with ONE_AT_A_TIME, matplotlib.rc_context(LOOK):
        figure = Figure(figsize=(WIDTH, height))
        draw(figure)
        drawing = io.BytesIO()
        figure.savefig(drawing, **how)
    return drawing.getvalue()


def _announced(svg, title, description):
    """Give the picture the title and description by which it is read aloud."""
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, count=1, flags=re.DOTALL)
    words = (
        f'<title id="title">{escape(clean(title))}</title>\n <desc id="description">{escape(clean(description))}</desc>'
    )
    return re.sub(
        r"<svg ([^>]*)>",
        lambda found: f'<svg {found[1]} role="img" aria-labelledby="title description">\n {words}',
        svg,
        count=1,
    )
