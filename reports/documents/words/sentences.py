"""Say in words what a snapshot holds beside its figures: levels, moves, what is missing, what cannot be compared."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext, gettext_lazy, ngettext, ngettext_lazy, pgettext

from members.libraries.models import Spell

from ..figures import moved

# From the uppermost down.
LIBRARIES_OF_LEVEL = {
    Spell.Level.CENTRAL: ngettext_lazy("%(count)s central library", "%(count)s central libraries", "number"),
    Spell.Level.DISTRICT: ngettext_lazy("%(count)s district library", "%(count)s district libraries", "number"),
    Spell.Level.BRANCH: ngettext_lazy("%(count)s branch", "%(count)s branches", "number"),
    Spell.Level.POINT: ngettext_lazy("%(count)s service point", "%(count)s service points", "number"),
}


def levels(network: Mapping[str, Any]) -> str:
    """Say how many libraries there are of each level."""
    by_level = network["by_level"]
    counted = [(sentence, by_level.get(level)) for level, sentence in LIBRARIES_OF_LEVEL.items()]
    return listed([sentence % {"number": count, "count": f"{count:,}"} for sentence, count in counted if count])


def moves(network: Mapping[str, Any]) -> str:
    """Say how many libraries came, went and moved; of what did not happen it is said once that it did not."""
    kinds = {
        "opened": pgettext("libraries", "opened"),
        "closed": pgettext("libraries", "closed"),
        "moved": pgettext("libraries", "moved"),
    }
    happened = [
        pgettext("libraries", "%(count)s %(move)s") % {"count": f"{len(network[key]):,}", "move": move}
        for key, move in kinds.items()
        if network[key]
    ]
    absent = [move for key, move in kinds.items() if not network[key]]
    if absent:
        happened.append(pgettext("libraries", "none %(moves)s") % {"moves": _any_of(absent)})
    return pgettext("moves of libraries", ", ").join(happened)


def _any_of(words: Sequence[str]) -> str:
    first, last = pgettext("any of these", ", ").join(words[:-1]), words[-1]
    return pgettext("any of these", " or ").join([first, last]) if first else last


def incomparable(reading: Any) -> Iterator[str]:
    """Say once, not of each figure, which cannot be compared."""
    system, figures = reading.snapshot["system"], reading.told
    for name, (none, some) in _NOT_COMPARABLE.items():
        names = [one.name for one in figures if moved(system[one.code], name) is None]
        if not names or (reading.annual and name == "last_period"):
            continue
        yield str(none) if len(names) == len(figures) else some % {"names": listed(names)}


_NOT_COMPARABLE = {
    "last_period": (
        gettext_lazy("No figure can be compared with the month before."),
        gettext_lazy("Not comparable with the month before: %(names)s."),
    ),
    "last_year": (
        gettext_lazy("No figure can be compared with the year before."),
        gettext_lazy("Not comparable with the year before: %(names)s."),
    ),
}


def completeness(reading: Any) -> str:
    """Say how many did not report; what is missing is not taken for zero."""
    missing = len(reading.missing)
    if reading.to_come:
        return _still_to_come(reading)
    if not missing and not all(cell["complete"] for cell in reading.snapshot["system"].values()):
        return gettext("Every library has handed in a return, but not every return holds every indicator.")
    if not missing:
        return gettext("Every library that was to report has reported.")
    sentence = ngettext(
        "%(count)s library did not report in full; totals hold only what was reported, and what is missing is not "
        "taken for zero (see “Missing returns”).",
        "%(count)s libraries did not report in full; totals hold only what was reported, and what is missing is not "
        "taken for zero (see “Missing returns”).",
        missing,
    )
    return sentence % {"count": f"{missing:,}"}


def _still_to_come(reading: Any) -> str:
    """Say how many may still report in time, and how many did not, each library once."""
    late = {gap["library"] for gap in reading.missing}
    count = len({gap["library"] for gap in reading.to_come} - late)
    sentence = ngettext(
        "%(count)s library may still report in time, its due day is not over; totals hold only what was reported.",
        "%(count)s libraries may still report in time, their due day is not over; totals hold only what was reported.",
        count,
    )
    told = sentence % {"count": f"{count:,}"}
    if not late:
        return told
    sentence = ngettext(
        "%(count)s library did not report by its day.", "%(count)s libraries did not report by their day.", len(late)
    )
    words = {"one": told, "other": sentence % {"count": f"{len(late):,}"}}
    return pgettext("two sentences", "%(one)s %(other)s") % words


def listed(words: Sequence[str]) -> str:
    return pgettext("list of words", ", ").join(words)
