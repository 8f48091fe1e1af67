"""Hold what a check looks at and what it finds, and put findings into words (6.2.1 j)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from members.returns.checks.history import NO_PAST, Past
from members.returns.due.expected import Standing

SENTENCES = {
    "count": _("A figure is a whole number from zero up, “—” or “closed”."),
    "part": _("Children's loans (%(part)s) cannot be more than all loans (%(whole)s)."),
    "balance": _(
        "Valid cards must be %(due)s: %(closing)s at the end of the period before, plus %(new)s new, less %(gone)s "
        "cancelled; not %(value)s."
    ),
    "opening": _(
        "The opening balance must be the last closing balance: %(closing)s, plus %(new)s new, less %(gone)s cancelled, "
        "makes %(due)s; not %(value)s."
    ),
    "days": _("%(value)s days open are more than the %(days)s days of the period."),
    "events": _("%(attendances)s attendances at %(events)s events: as a rule both are zero or none of them."),
    "absent": _("The library did not belong to the system on any day of this period."),
    "first": _(
        "%(value)s is the first figure of this kind, and more than the %(limit)s that such a library has at most."
    ),
    "crowded": _("%(value)s is the first figure of this kind, and more than %(limit)s on %(area)s m²."),
    "swing_month": _("%(value)s, after %(base)s in the month before: a change of more than %(limit)s %%."),
    "swing_year": _("%(value)s, after %(base)s a year before: a change of more than %(limit)s %%."),
    "idle": _("Zero, although the library was open all the time."),
    "busy": _("%(value)s, although the library was closed all the time."),
    "loans_per_visit": _("%(loans)s loans at %(visits)s visits are more than %(limit)s a visit."),
    "crowd": _("%(attendances)s attendances at %(events)s events are more than %(limit)s an event."),
    "stock": _("%(value)s, after %(base)s before: the stock has changed by more than %(limit)s %%."),
    "few_days": _("Open on %(value)s days only, fewer than %(limit)s, without a suspension on record."),
    "same": _("All %(count)s figures other than zero are the same as in the month before."),
    "round": _("%(count)s figures end in 000: counted, or estimated?"),
}
BLOCKING = {"count", "part", "balance", "opening", "days", "absent"}


@dataclass(frozen=True, slots=True)
class Limits:
    """From where on a return is questioned (settings.RETURN_CHECKS)."""

    swing: float
    swing_base: float
    stock_change: float
    loans_per_visit: float
    attendances_per_event: float
    days_open: float
    same_figures: float
    round_figures: float
    first_figures: Mapping[str, Sequence[float]]
    visits_per_square_metre: float


def limits() -> Limits:
    chosen: dict[str, Any] = settings.RETURN_CHECKS
    return Limits(**chosen)


@dataclass(slots=True)
class Case:
    """What the rules look at; `numbers` are the figures that are numbers, filled in by `check`."""

    figures: dict
    days: int
    standing: Standing
    past: Past = NO_PAST
    is_year: bool = False
    limits: Limits = field(default_factory=limits)
    numbers: dict = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found, at which cell; the sentence is put together in the reader's language."""

    code: str
    rule: str
    words: dict = field(default_factory=dict)

    @property
    def blocks(self) -> bool:
        return self.rule in BLOCKING

    @property
    def field(self) -> str:
        """Return the field of the form: what blocks is shown at the figure, what asks at the note."""
        return self.code if self.blocks else f"{self.code}_note"

    @property
    def sentence(self) -> str:
        return str(SENTENCES[self.rule]) % {key: _shown(value) for key, value in self.words.items()}

    def as_question(self):
        """Return what the return keeps of it."""
        return {"code": self.code, "rule": self.rule, "words": self.words}


def _shown(value):
    return f"{value:,}" if isinstance(value, int) else f"{value:g}"
