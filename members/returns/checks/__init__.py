"""Look at the figures of a return: what cannot be true, and what is odd."""

from members.returns.checks.cases import BLOCKING, SENTENCES, Case, Finding, Limits, limits
from members.returns.checks.history import NO_PAST, History, Past, history_of, predecessors
from members.returns.checks.rules import check, unanswered

__all__ = [
    "BLOCKING",
    "NO_PAST",
    "SENTENCES",
    "Case",
    "Finding",
    "History",
    "Limits",
    "Past",
    "check",
    "history_of",
    "limits",
    "predecessors",
    "unanswered",
]
