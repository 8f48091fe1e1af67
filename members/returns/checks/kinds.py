"""Keep what checks may find: each kind with its sentence, and whether it refuses or only asks (6.2.1 j)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fsul_portal.grammar.words import Words, in_own_language

KINDS: dict[str, "Kind"] = {}


@dataclass(frozen=True, slots=True)
class Kind:
    """What a rule may find; returns keep its key, so that it stays for ever."""

    key: str
    sentence: Words
    blocks: bool

    def __post_init__(self) -> None:
        if KINDS.setdefault(self.key, self) is not self:
            raise ValueError(f"Two kinds of findings are called {self.key}.")

    def at(self, code: str, **words: Any) -> "Finding":
        """Return a finding at the cell of an indicator, with the words of the sentence."""
        return Finding(code, self.key, words)


def refuses(key: str, sentence: Words) -> Kind:
    """Declare what cannot be true: the return is not handed in, the row of a file does not go in."""
    return Kind(key, sentence, blocks=True)


def asks(key: str, sentence: Words) -> Kind:
    """Declare what is odd: it wants an explanation."""
    return Kind(key, sentence, blocks=False)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found, at which cell; the sentence is put together in the reader's language."""

    code: str
    rule: str
    words: dict[str, Any]
    # Where the office has said otherwise than its kind does.
    blocking: bool | None = None

    @property
    def field(self) -> str:
        """Return the field of the form: what blocks is shown at the figure, what asks at the note."""
        return self.code if self.blocks else f"{self.code}_note"

    @property
    def blocks(self) -> bool:
        return KINDS[self.rule].blocks if self.blocking is None else self.blocking

    @property
    def sentence(self) -> str:
        return str(KINDS[self.rule].sentence) % {key: _shown(value) for key, value in self.words.items()}

    def as_question(self) -> dict[str, Any]:
        """Return what the return keeps of it."""
        return {"code": self.code, "rule": self.rule, "words": self.words}


def _shown(value: int | float | Sequence[str]) -> str:
    """Write a number, or a name that is kept in two languages."""
    if isinstance(value, list | tuple):
        return in_own_language(*value)
    return f"{value:,}" if isinstance(value, int) else f"{value:g}"
