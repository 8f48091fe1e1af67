"""Hold a filing against the registry: as it was at submission, as requested, as it is now (6.2.1 e)."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass

from members.libraries.models import Spell
from workgroups.coordination.filings.kinds.facts import label, plain_facts, words_of
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
    """The rows of a filing; `current` is what the registry says today about the day, `word` says any of it."""

    rows: list[Row]
    original: dict[str, str]
    current: dict[str, str]
    has_moved: bool
    word: Callable[[str, str], str]

    @property
    def digest(self):
        """Return a mark of what the registry says now, so that a tick speaks of what was really on the page."""
        return hashlib.sha256(json.dumps(self.current, sort_keys=True).encode()).hexdigest()[:20]


def compare(filing, told=()):
    """Compare a filing with the registry; once it is decided for good, only with what it was filed against.

    told: further facts that the page puts into words, such as those of earlier drafts.
    """
    now = plain_facts(filing.library.facts_on(filing.effective_on))
    original = filing.original if _is_held_against(filing) else now
    current = now if filing.state in filing.UNDER_WAY else original
    moved = {field for field in Spell.FACTS if original.get(field) != current.get(field)}
    shown = [field for field in Spell.FACTS if field in filing.requested or field in moved]
    sides = [{field: side.get(field) for field in shown} for side in (original, filing.requested, current)]
    word = words_of([*sides, *told])
    rows = [_row(field, filing, original, current, word) for field in shown]
    return Comparison(rows, original, current, bool(moved or conflict(filing, now)), word)


def count_asked(filing: Filing) -> int:
    """Count the facts that a filing changes; the registry is asked only while it is in hand."""
    held = _is_held_against(filing)
    original = filing.original if held else plain_facts(filing.library.facts_on(filing.effective_on))
    return sum(wanted != original.get(field) for field, wanted in filing.requested.items() if field in Spell.FACTS)


def _is_held_against(filing: Filing) -> bool:
    """Say whether the facts are known against which it was filed."""
    return bool(filing.original) and not filing.is_in_hand


def conflict(filing, now=None):
    """Return the fields this filing changes which the registry changed after the decision (6.2.1 e)."""
    if filing.state != filing.State.ACCEPTED:
        return []
    now = plain_facts(filing.library.facts_on(filing.effective_on)) if now is None else now
    return [field for field in filing.requested if filing.seen.get(field) != now.get(field)]


def _row(field, filing, original, current, word):
    before, wanted = original.get(field), filing.requested.get(field)
    return Row(
        label=str(label(field)),
        original=word(field, before),
        requested=word(field, wanted),
        current=word(field, current.get(field)),
        is_asked=field in filing.requested and wanted != before,
        has_moved=before != current.get(field),
    )
