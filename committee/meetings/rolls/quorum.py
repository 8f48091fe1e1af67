"""Reckon whether enough were there, at the whole meeting and at each item, by heads and by units (6.2.1 b, 7.1)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committee.bodies.models import Body
from committee.meetings.models import RollEntry
from fsul_portal.grammar.words import Words


@dataclass(frozen=True)
class Rule:
    """How many of those who are due have to be there; needed: number due -> least number present."""

    title: Words
    needed: Callable[[int], int]


# “At least” takes the number itself in, as 以上 does.
RULES: Mapping[str, Rule] = {
    "none": Rule(gettext_lazy("no number is asked for"), lambda due: 0),
    "half": Rule(gettext_lazy("at least half"), lambda due: -(-due // 2)),
    "majority": Rule(gettext_lazy("more than half"), lambda due: due // 2 + 1),
    "two_thirds": Rule(gettext_lazy("at least two thirds"), lambda due: -(-due * 2 // 3)),
}


@dataclass(frozen=True)
class Quorum:
    """Who was due and who was there; numbers of people with a vote, and of their units. rule: by heads, by units."""

    due: int
    there: int
    units_due: int
    units_there: int
    rule: tuple[str, str]

    @property
    def needed(self) -> int:
        return RULES[self.rule[0]].needed(self.due)

    @property
    def units_needed(self) -> int:
        return RULES[self.rule[1]].needed(self.units_due)

    @property
    def is_reached(self) -> bool:
        """Nobody is never enough, whatever the rule says."""
        return self.there > 0 and self.there >= self.needed and self.units_there >= self.units_needed


def default_rule() -> tuple[str, str]:
    """Return what holds for a body that has set nothing: by heads, by units."""
    return settings.MEETING_QUORUM["heads"], settings.MEETING_QUORUM["units"]


def rule_of(body: Body) -> tuple[str, str]:
    """Return by which rules a body has a quorum: by heads, by units."""
    heads, units = default_rule()
    return body.heads or heads, body.units or units


def rule_in_words(body: Body) -> str:
    """Say by which rules a body has a quorum."""
    heads, units = (RULES[key].title for key in rule_of(body))
    return _("of people with a vote: %(heads)s; of units: %(units)s") % {"heads": heads, "units": units}


def quorum(body: Body, roll: Sequence[RollEntry], there: Callable[[RollEntry], bool] | None = None) -> Quorum:
    """Return the quorum of a roll: over the whole meeting, or of those of whom `there` says that they were present."""
    voting = [entry for entry in roll if entry.votes]
    present = [entry for entry in voting if entry.presence in RollEntry.ATTENDED and (there is None or there(entry))]
    return Quorum(
        due=len(voting),
        there=len(present),
        units_due=len(_units(voting)),
        units_there=len(_units(present)),
        rule=rule_of(body),
    )


def was_there(entry: RollEntry, item: Any, places: Mapping[int, int]) -> bool:
    """Tell whether somebody was there at an item; places: key of each item -> its place on the agenda."""
    if entry.presence not in RollEntry.ATTENDED:
        return False
    here = places[item.pk]
    came = places.get(entry.came_with_id, here) if entry.came_with_id else here
    left = places.get(entry.left_after_id, here) if entry.left_after_id else here
    return came <= here <= left


def quorum_at(roll: Sequence[RollEntry], item: Any, places: Mapping[int, int]) -> Quorum:
    """Return the quorum at one item: who came later or had left does not count."""
    return quorum(item.meeting.body, roll, lambda entry: was_there(entry, item, places))


def places_of(meeting: Any) -> dict[int, int]:
    """Return the place of each item on the agenda, those below an item behind it."""
    items = list(meeting.items.order_by("sort", "pk"))
    tops = {item.pk: number for number, item in enumerate(items)}
    ordered = sorted(items, key=lambda item: (tops.get(item.above_id or item.pk, 0), bool(item.above_id), item.sort))
    return {item.pk: number for number, item in enumerate(ordered)}


def _units(entries: Sequence[RollEntry]) -> set[str]:
    return {entry.unit for entry in entries if entry.unit}
