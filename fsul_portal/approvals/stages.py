"""Describe the way of a matter through the hands of those who have to agree."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fsul_portal.grammar.words import Words

if TYPE_CHECKING:
    from fsul_portal.approvals.ways.models import Asked


@dataclass(frozen=True)
class Stage:
    """One opinion that is needed, as the code gives it before the office has changed anything.

    key: stable name, stored with the turn. place: a seat of the kind, which says where the permission is held.
    step: stages of the same step are asked at the same time (countersignature); the next step begins when all of them
    agree. title and verb are shown: "Decision of the coordination group", "Approve". days: working days. needed: how
    many must agree. condition: a condition of the kind, or empty. by_decision: answered by a decision's number and day.
    """

    key: str
    step: int
    title: Words
    verb: Words
    permission: str
    place: str
    seat: Words
    days: int = 5
    needed: int = 1
    condition: str = ""
    by_decision: bool = False


def steps(stages: "Iterable[Stage | Asked]") -> list[int]:
    """Return the numbers of the steps in order."""
    return sorted({stage.step for stage in stages})
