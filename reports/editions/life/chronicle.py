"""Tell a year day by day: what came into the system and left it, and what the rooms did (6.1 d)."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy

from fsul_portal.grammar.chapters import OfferedChapter, Row
from fsul_portal.rooms import offered
from fsul_portal.templatetags.figures import day
from reports.editions.figures.network import network

# A month needs no chronicle: its network says the same.
LONGEST_MONTH = 31


def chronicle(first_day: date, last_day: date, known_at: datetime | None) -> list[Row]:
    """Return the days of a year on which something happened, with what it was, in the order of time."""
    if (last_day - first_day).days < LONGEST_MONTH:
        return []
    changes = network(first_day, last_day, known_at=known_at)
    told = [*_of_network(changes), *offered("chronicle", first_day, last_day)]
    return [[day(on), words] for on, words in sorted(told, key=lambda line: line[0])]


def _of_network(changes: dict[str, Any]) -> Iterator[tuple[date, str]]:
    for key, sentence in _SENTENCES.items():
        for event in changes[key]:
            yield date.fromisoformat(event["on"]), str(sentence) % {"library": event["name"]}


_SENTENCES = {
    "opened": gettext_lazy("%(library)s opened."),
    "closed": gettext_lazy("%(library)s left the system."),
    "moved": gettext_lazy("%(library)s moved."),
    "transferred": gettext_lazy("%(library)s changed its district."),
}

CHRONICLE = OfferedChapter(
    "chronicle",
    gettext_lazy("Chronicle of the year"),
    (gettext_lazy("Day"), gettext_lazy("What happened")),
    chronicle,
    also_empty=False,
)
