"""Show two editions side by side, paragraph by paragraph."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest


@dataclass(frozen=True)
class Paragraphs:
    """A paragraph before and after; what is missing on one side is empty there."""

    before: str
    after: str

    @property
    def has_changed(self) -> bool:
        return self.before != self.after


def side_by_side(before: str, after: str) -> list[Paragraphs]:
    """Return the paragraphs of both texts, those that belong together in one row."""
    left, right = paragraphs(before), paragraphs(after)
    rows = []
    for __, begin, end, begin_after, end_after in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        pairs = zip_longest(left[begin:end], right[begin_after:end_after], fillvalue="")
        rows += [Paragraphs(*pair) for pair in pairs]
    return rows


def paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
