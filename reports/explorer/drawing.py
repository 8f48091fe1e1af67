"""Draw what the explorer shows as a picture to take along, by the engine of the reports' charts (6.2.1 j)."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from fsul_portal.pages.charts import in_short
from fsul_portal.templatetags.figures import period as in_words
from fsul_portal.templatetags.figures import written
from reports.documents.layout.pictures import COLOURS, GREY, as_png, as_svg
from reports.explorer.choices import Choice
from reports.explorer.series import Series

# In inches: the head, and each panel.
HEAD, PANEL = 0.9, 2.1


def as_svg_picture(choice: Choice, series: list[Series]) -> bytes:
    told = "; ".join(_told(one) for one in series)
    return as_svg(_drawing(choice, series), _height(series), choice.title, told).encode()


def as_png_picture(choice: Choice, series: list[Series]) -> bytes:
    return as_png(_drawing(choice, series), _height(series))


def _height(series: list[Series]) -> float:
    return HEAD + PANEL * len(series)


def _told(series: Series) -> str:
    """Say the figures themselves, for who cannot see the picture."""
    known = [f"{in_words(cell.month)} {written(cell.value)}" for cell in series.cells if cell.value is not None]
    return f"{series.figure.title} ({series.figure.unit_title}): {', '.join(known) or '—'}"


def _drawing(choice: Choice, series: list[Series]) -> Callable[[Any], None]:
    def draw(figure: Any) -> None:
        panels = figure.subplots(len(series), squeeze=False)[:, 0]
        for axes, one in zip(panels, series, strict=True):
            _columns(axes, one)
        figure.suptitle(f"{choice.place} · {choice.span}", fontsize=10, x=0.01, ha="left")
        figure.supxlabel(_("Hollow: not complete, or not locked yet."), fontsize=7, color=GREY, x=0.01, ha="left")

    return draw


def _columns(axes: Any, series: Series) -> None:
    """Draw full columns, and hollow ones that are told from them without a colour; no figure is a gap."""
    points = series.points
    for whole in (True, False):
        places = [at for at, one in enumerate(points) if one.value is not None and one.whole == whole]
        look = {"color": COLOURS[0]} if whole else {"color": "white", "edgecolor": COLOURS[0], "linestyle": "--"}
        axes.bar(places, [float(points[at].value or 0) for at in places], 0.62, **look)
    axes.set_title(f"{series.figure.title} ({series.figure.unit_title})", loc="left", fontsize=9)
    named = [at for at, one in enumerate(points) if one.tick.strip() or one.under]
    axes.set_xticks(named, [f"{points[at].tick}\n{points[at].under}" for at in named], fontsize=7)
    axes.set_xlim(-0.6, len(points) - 0.4)
    axes.yaxis.set_major_formatter(lambda value, __: _short(value))


def _short(value: float) -> str:
    return in_short(Decimal(str(round(value, 4))))
