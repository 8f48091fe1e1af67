"""Look at the figures of a return: what cannot be true, and what is odd."""

from members.returns.checks import firsts as firsts
from members.returns.checks import odd as odd
from members.returns.checks import usual as usual
from members.returns.checks.cases import Case, Names, names_of
from members.returns.checks.history import NO_PAST, History, Past, history_of, predecessors
from members.returns.checks.kinds import KINDS, Finding, Kind
from members.returns.checks.peers import Peers
from members.returns.checks.rows import Checks, Row, Rows, standard
from members.returns.checks.rules import PARTS, check, unanswered

__all__ = [
    "KINDS",
    "NO_PAST",
    "PARTS",
    "Case",
    "Checks",
    "Finding",
    "History",
    "Kind",
    "Names",
    "Past",
    "Peers",
    "Row",
    "Rows",
    "check",
    "history_of",
    "names_of",
    "predecessors",
    "standard",
    "unanswered",
]
