"""Match the members of a platform to accounts and libraries; nobody is guessed (7.3)."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from fsul_portal.finding.pinyin import plain
from members.libraries.models import Spell
from members.people.models import User

# What stands between the parts of a name in a group: 禅城-区嘉仪, NH002 关颖, 顺德｜欧阳敏（业务部）.
BETWEEN = re.compile(r"[\s\-_—–/\\|｜·,，、()（）\[\]【】:：]+")
LONGEST_LINE, MOST_LINES = 100, 2000
SHORTEST_NAME = 2


@dataclass(frozen=True)
class Matched:
    """A line and whom it was matched to; of two accounts of one name neither is taken."""

    written: str
    person: Any = None
    library: Any = None


@dataclass
class Known:
    """Everybody and every library that a line could mean, read once for a whole list."""

    people: dict[str, list[Any]] = field(default_factory=lambda: defaultdict(list))
    libraries: dict[str, list[Any]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def read(cls) -> "Known":
        known = cls()
        for person in User.objects.exclude(name="").select_related("library"):
            known.people[plain(person.name)].append(person)
        for spell in Spell.objects.as_of().select_related("library"):
            for name in {spell.library.code, spell.name, spell.short_name} - {""}:
                known.libraries[plain(name)].append(spell.library)
        return known


def lines_of(text: str) -> list[str]:
    """Return the lines of what was pasted, each once, without what stands around them."""
    lines = (" ".join(line.split())[:LONGEST_LINE] for line in text.replace("\t", " ").splitlines())
    return list(dict.fromkeys(line for line in lines if line))[:MOST_LINES]


def match(lines: Iterable[str], known: Known | None = None) -> list[Matched]:
    """Return each line with the account and the library that it names."""
    known = known or Known.read()
    return [_matched(line, known) for line in lines]


def _matched(line: str, known: Known) -> Matched:
    parts = [plain(part) for part in BETWEEN.split(line) if len(part) >= SHORTEST_NAME]
    named = {library.pk: library for part in [plain(line), *parts] for library in known.libraries.get(part, ())}
    people = [person for part in parts for person in known.people.get(part, ())]
    if len(people) > 1 and named:
        people = [person for person in people if person.library_id in named]
    person = people[0] if len(people) == 1 else None
    library = next(iter(named.values())) if len(named) == 1 else None
    return Matched(line, person, library or (person.library if person else None))
