"""Hold a filing against the registry: as it was at submission, as requested, as it is now (6.2.1 e)."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from members.libraries.models import Spell
from workgroups.coordination.filings.kinds.facts import label, words_of
from workgroups.coordination.filings.models import Filing


@dataclass(frozen=True)
class Row:
    """One fact; `is_asked` when the filing changes it, `has_moved` when the registry changed it meanwhile."""

    label: str
    original: str
    requested: str
    current: str
    is_asked: bool
    has_moved: bool


@dataclass(frozen=True)
class Comparison:
    """A filing beside the registry; `current` is what the registry says today about the day.

    told: further facts that a page puts into words, such as those of earlier drafts. Only a page asks for the words.
    """

    requested: dict[str, str]
    original: dict[str, str]
    current: dict[str, str]
    has_moved: bool
    told: Sequence[Mapping[str, str | None]] = ()

    @property
    def digest(self):
        """Return a mark of what the registry says now, so that a tick speaks of what was really on the page."""
        return hashlib.sha256(json.dumps(self.current, sort_keys=True).encode()).hexdigest()[:20]

    @cached_property
    def word(self) -> Callable[[str, str | None], str]:
        """Return what says any of the facts in words."""
        sides = (self.original, self.requested, self.current)
        return words_of([*({field: side.get(field) for field in self._shown} for side in sides), *self.told])

    @cached_property
    def rows(self) -> list[Row]:
        return [self._row(field) for field in self._shown]

    @property
    def _shown(self) -> list[str]:
        return [
            field
            for field in Spell.FACTS
            if field in self.requested or self.original.get(field) != self.current.get(field)
        ]

    def _row(self, field: str) -> Row:
        sides = (self.original.get(field), self.requested.get(field), self.current.get(field))
        before, wanted, now = (self.word(field, side) for side in sides)
        is_asked = field in self.requested and sides[0] != sides[1]
        return Row(label(field), before, wanted, now, is_asked, sides[0] != sides[2])


def compare(filing: Filing, told: Sequence[Mapping[str, str | None]] = ()) -> Comparison:
    """Compare a filing with the registry; once it is decided for good, only with what it was filed against."""
    now = filing.facts_then
    original = filing.original if _is_held_against(filing) else now
    current = now if filing.state in filing.UNDER_WAY else original
    has_moved = any(original.get(field) != current.get(field) for field in Spell.FACTS)
    return Comparison(filing.requested, original, current, has_moved or bool(conflict(filing, now)), told)


def count_asked(filing: Filing) -> int:
    """Count the facts that a filing changes; the registry is asked only while it is in hand."""
    original = filing.original if _is_held_against(filing) else filing.facts_then
    return sum(wanted != original.get(field) for field, wanted in filing.requested.items() if field in Spell.FACTS)


def _is_held_against(filing: Filing) -> bool:
    """Say whether the facts are known against which it was filed."""
    return bool(filing.original) and not filing.is_in_hand


def conflict(filing: Filing, now: dict[str, str]) -> list[str]:
    """Return the fields this filing changes which the registry, as it is now, changed after the decision (6.2.1 e)."""
    if filing.state != filing.State.ACCEPTED:
        return []
    return [field for field in filing.requested if filing.seen.get(field) != now.get(field)]
