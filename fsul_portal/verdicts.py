"""Say who may, and if not, why: every rule answers with one of these."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Literal, Protocol

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from fsul_portal.grammar.words import Words


class Kind(Enum):
    """Tell apart why something cannot be done."""

    NO_RIGHT = "no right"
    NOT_NOW = "not now"
    OVERTAKEN = "overtaken"
    CLOSED = "closed"

    @property
    def title(self) -> Words:
        """Return the heading of the page that says so."""
        return TITLES[self]

    @property
    def icon(self) -> str:
        """Return the sign of the kind, so that no two of them look alike."""
        return ICONS[self]


TITLES = {
    Kind.NO_RIGHT: _("Not open to you"),
    Kind.NOT_NOW: _("Not possible yet"),
    Kind.OVERTAKEN: _("Somebody else was faster"),
    Kind.CLOSED: _("Closed for good"),
}
ICONS = {Kind.NO_RIGHT: "lock", Kind.NOT_NOW: "clock", Kind.OVERTAKEN: "refresh", Kind.CLOSED: "stop"}


@dataclass(frozen=True)
class Way:
    """Lead on from a refusal: what to do instead, or first, and where."""

    title: Words
    url: str


class Refusal(PermissionDenied):
    """Stand for a verdict that denies, with the way on where there is one."""

    kind = Kind.NO_RIGHT

    def __init__(self, sentence: str = "", way: Way | None = None) -> None:
        super().__init__(sentence)
        self.way = way


class NotNow(Refusal):
    """Stand for a refusal because something is missing that this person can wait for or bring about; 409."""

    kind = Kind.NOT_NOW


class Overtaken(Refusal):
    """Stand for a refusal because somebody else was faster; the page answers 409."""

    kind = Kind.OVERTAKEN


class Closed(Overtaken):
    """Stand for a refusal because the thing was brought to its end for good; the page answers 409."""

    kind = Kind.CLOSED


REFUSALS = {refusal.kind: refusal for refusal in (Refusal, NotNow, Overtaken, Closed)}
TOO_LATE = (Kind.OVERTAKEN, Kind.CLOSED)


@dataclass(frozen=True)
class Allowed:
    sentence: str = ""

    def __bool__(self) -> Literal[True]:
        return True


@dataclass(frozen=True)
class Denied:
    """Carry the sentence which the button, the page of the refusal and the test all show."""

    sentence: str
    overtaken: bool = False
    kind: Kind = Kind.NO_RIGHT
    way: Way | None = None

    def __post_init__(self) -> None:
        # `overtaken` is the short spelling of a kind; afterwards both say the same.
        if self.overtaken and self.kind not in TOO_LATE:
            object.__setattr__(self, "kind", Kind.OVERTAKEN)
        object.__setattr__(self, "overtaken", self.kind in TOO_LATE)

    def __bool__(self) -> Literal[False]:
        return False


Verdict = Allowed | Denied


def not_now(sentence: str, way: Way | None = None) -> Denied:
    """Deny what this person may do once something else is there."""
    return Denied(sentence, kind=Kind.NOT_NOW, way=way)


def closed(sentence: str, way: Way | None = None) -> Denied:
    """Deny what nobody does any more."""
    return Denied(sentence, kind=Kind.CLOSED, way=way)


def require(verdict: Verdict) -> None:
    """Raise the refusal of the verdict's kind, with its sentence, unless it allows."""
    if isinstance(verdict, Denied):
        raise REFUSALS[verdict.kind](verdict.sentence, verdict.way)


class Finding(Protocol):
    """What stands against one field of a form, "" against all of it, in a sentence for who typed it."""

    @property
    def field(self) -> str: ...
    @property
    def sentence(self) -> Words: ...


class Unready(ValueError):
    """Carry what stands against what was typed; the form that sent it shows each finding at its field."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(" ".join(str(finding.sentence) for finding in findings))
        self.findings = findings
