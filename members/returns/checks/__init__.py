"""Look at the figures of a return: what cannot be true, and what is odd."""

from members.returns.checks.cases import Case, Limits, Names, limits, names_of
from members.returns.checks.history import NO_PAST, History, Past, history_of, predecessors
from members.returns.checks.kinds import KINDS, Finding, Kind
from members.returns.checks.rules import PARTS, check, unanswered

__all__ = [
    "KINDS",
    "NO_PAST",
    "PARTS",
    "Case",
    "Finding",
    "History",
    "Kind",
    "Limits",
    "Names",
    "Past",
    "check",
    "history_of",
    "limits",
    "names_of",
    "predecessors",
    "unanswered",
]
