"""Set beside each box of a form of figures what stands against it, what came before, and what follows (6.2.1 j)."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.forms import BoundField
from django.utils.translation import gettext as _

from members.indicators.models import Indicator
from members.returns.checks import Past
from members.returns.forms import ReturnForm
from members.returns.lines import Cell, Line, cell, lines_of, notes_a_year_ago, past_of


@dataclass(frozen=True, slots=True)
class Balance:
    """What a figure must be: what the period before closed with, what came to it and what went."""

    value: int
    closing: int
    come: int
    gone: int


@dataclass(frozen=True, slots=True)
class Box:
    """The boxes of one indicator: its figure and its explanation, and what the server says beside them.

    wrong: what cannot be read or cannot be true. asked: what wants an explanation. stored, stored_note: what is saved.
    earlier: how it was explained a year ago, offered where it is asked again.
    """

    line: Line
    figure: BoundField
    note: BoundField
    wrong: list[str]
    asked: list[str]
    stored: Cell | None
    stored_note: str
    earlier: str = ""
    offer: Balance | None = None

    @property
    def is_explained(self) -> bool:
        return bool(self.line.note) and not self.note.errors


@dataclass(frozen=True, slots=True)
class Told:
    """A finding as the list above a form tells it: at which box it stands, and what to do about it."""

    line: Line
    field: BoundField
    sentence: str
    blocks: bool

    @property
    def advice(self) -> str:
        return _("Correct the figure.") if self.blocks else _("Correct the figure, or explain it.")


def boxes_of(form: ReturnForm, past: Past | None = None) -> list[Box]:
    """Return the boxes of a form, judged by what is typed into it."""
    past = past_of(form.one) if past is None else past
    lines = lines_of(form.typed, form.indicators, past=past, asked=form.indicators)
    asked = any(not finding.blocks for line in lines for finding in line.findings)
    earlier = notes_a_year_ago(form.one) if asked else {}
    return [_box(form, line, past, earlier) for line in lines]


def told(boxes: Collection[Box]) -> list[Told]:
    """Return all that stands against handing the form in, what blocks first."""
    wrong = [Told(box.line, box.figure, each, True) for box in boxes for each in box.wrong]
    asked = [Told(box.line, box.note, each, False) for box in boxes if not box.is_explained for each in box.asked]
    return wrong + asked


def progress_of(form: ReturnForm) -> dict[str, int]:
    """Return how many of the figures that are asked for have been filled in, marks among them."""
    figures = form.typed.figures
    return {"filled": sum(one.code in figures for one in form.indicators), "asked": len(form.indicators)}


def _box(form: ReturnForm, line: Line, past: Past, earlier: dict[str, str]) -> Box:
    code = line.indicator.code
    figure, note = form[code], form[f"{code}_note"]
    return Box(
        line,
        figure,
        note,
        wrong=_sentences(figure, (each.sentence for each in line.findings if each.blocks)),
        asked=_sentences(note, (each.sentence for each in line.findings if not each.blocks)),
        stored=cell(form.one.figures, code),
        stored_note=form.one.notes.get(code, ""),
        earlier="" if line.note else earlier.get(code, ""),
        offer=_balance(line.indicator, form.typed.figures, past),
    )


def _sentences(field: BoundField, found: Iterator[str]) -> list[str]:
    """Return what stands against a box; what the form has been told already is not said twice."""
    return list(dict.fromkeys([*map(str, field.errors), *found]))


def _balance(indicator: Indicator, figures: dict[str, Any], past: Past) -> Balance | None:
    """Return what an empty box must hold, where all that it follows from is known."""
    terms = indicator.balance.split()
    if not terms or indicator.code in figures or past.closing is None:
        return None
    closing = sum_of(past.closing, [indicator.code])
    come, gone = (sum_of(figures, [term[1:] for term in terms if term[0] == sign]) for sign in "+-")
    if closing is None or come is None or gone is None or closing + come < gone:
        return None
    return Balance(closing + come - gone, closing, come, gone)


def sum_of(figures: dict[str, Any], codes: Collection[str]) -> int | None:
    """Return the sum of some figures, None where one of them is no number."""
    values = [figures.get(code) for code in codes]
    numbers = [value for value in values if isinstance(value, int)]
    return sum(numbers) if len(numbers) == len(values) else None
