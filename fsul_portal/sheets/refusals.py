"""What a sheet may hold, what is too much, and how that is refused, asked or told."""

from dataclasses import dataclass
from datetime import date
from typing import IO, Any

from django.utils.translation import gettext_lazy as _

from fsul_portal.grammar.words import Words

LAST_ROW = 1_048_576


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell which its value does not tell whole: what is stored, what a person sees, and whether it spans others."""

    value: "str | int | float | date"
    text: str
    merged: bool = False

    def __str__(self) -> str:
        return self.text


Plain = str | int | float | date | None
Value = Plain | Shown
Source = bytes | IO[bytes]


class Sentence:
    """Carry one translated sentence for the person who sent the file, put together when it is read."""

    def __init__(self, message: Words, **words: Any) -> None:
        super().__init__()
        self.message = message
        self.words = words

    @property
    def sentence(self) -> str:
        return str(self.message) % self.words if self.words else str(self.message)

    def __str__(self) -> str:
        return self.sentence


class Refusal(Sentence, Exception):
    """Tell what cannot be taken."""


class SheetRefused(Refusal):
    """The file as a whole cannot be read."""


@dataclass(frozen=True)
class Choice:
    """An answer to a question: the word to pass on, the first lines as they would be read, and what people call it."""

    value: str
    lines: tuple[str, ...] = ()
    label: Words = ""

    def __str__(self) -> str:
        return "\n".join((str(self.label or self.value), *self.lines))


class SheetUnclear(SheetRefused):
    """The file can be read in more than one way: call `read_sheet` again with one choice as `keyword`."""

    def __init__(self, keyword: str, choices: list[Choice], message: Words, **words: Any) -> None:
        super().__init__(message, **words)
        self.keyword: str = keyword
        self.choices: list[Choice] = choices

    @property
    def options(self) -> str:
        """Spell the answers as a command takes them."""
        return " | ".join(f"--{self.keyword} {choice.value}" for choice in self.choices)


class BadCell(Refusal):
    """One cell does not hold what its column asks for."""


class Note(Sentence):
    """Tell how a file was read; `kind` is one of encoding, sheet, unread, hidden, merged, calendar."""

    def __init__(self, kind: str, message: Words, **words: Any) -> None:
        super().__init__(message, **words)
        self.kind: str = kind


def damaged() -> SheetRefused:
    """Refuse what no office program writes."""
    return SheetRefused(_("The workbook is damaged. Open it in Excel or WPS, save it as .xlsx and send it again."))


@dataclass(frozen=True)
class Limits:
    """What one file may ask of us: bytes unless said otherwise."""

    file: int = 20 * 1024**2
    members: int = 2_000
    unpacked: int = 200 * 1024**2
    # Deflate reaches about 1,000; a sheet of nothing but zeros stays under 60.
    ratio: int = 150
    ratio_from: int = 10 * 1024**2
    small_part: int = 8 * 1024**2
    strings_part: int = 64 * 1024**2
    rows: int = 120_000
    columns: int = 300
    # A year of 8,000 libraries with twenty figures each.
    cells: int = 2_500_000
    written_cells: int = 3_000_000
    cell_text: int = 32_767
    held_text: int = 120 * 1024**2


LIMITS = Limits()
