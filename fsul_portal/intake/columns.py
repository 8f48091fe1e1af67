"""Know the columns of a file: their names, what people write above them, what a cell says, which fact it fills."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Choices
from django.utils import translation
from django.utils.translation import gettext as _

from fsul_portal.grammar.words import in_own_language, reads_english
from fsul_portal.sheets import SheetRefused, cells
from fsul_portal.sheets.refusals import Value


@dataclass(frozen=True)
class Column:
    """A column by the name of the file format.

    also: what people write above it, the Chinese heading first. english: the heading of whoever reads English; both
    are read from everybody. fact: the field or figure that it fills. for_the_eye: it only helps the reader of an export
    and says nothing on its way back. show: how people read a value that is kept otherwise.
    """

    name: str
    also: tuple[str, ...]
    read: Callable[[Any], Any]
    fact: str = ""
    required: bool = False
    as_text: bool = True
    for_the_eye: bool = False
    english: str = ""
    show: Callable[[Any], Any] | None = None

    @property
    def label(self) -> str:
        """Return the heading in the language of the reader."""
        return in_own_language(self.also[0] if self.also else self.name, self.english)

    @property
    def headings(self) -> tuple[str, ...]:
        return (self.name, *self.also, *([self.english] if self.english else []))

    def shown(self, value: Any) -> Any:
        """Return a value as people read it: words instead of codes."""
        if isinstance(self.read, Words):
            return self.read.spoken.get(value, value)
        return self.show(value) if self.show else value

    @property
    def choices(self) -> tuple[str, ...]:
        return tuple(self.read.spoken.values()) if isinstance(self.read, Words) else ()


class Words:
    """Read one of the words of a field's choices: its code, its word in either language, or what files say beside.

    The words themselves stand with the choices and in the catalogue. also: {choice: other words that files may say};
    formerly: {choice: words that the portal used itself}, which are read for ever and stand nowhere else any more.
    """

    def __init__(
        self,
        of: type[Choices],
        also: Mapping[Any, Sequence[str]] | None = None,
        formerly: Mapping[Any, Sequence[str]] | None = None,
    ) -> None:
        self.of, self.also, self.formerly = of, also or {}, formerly or {}

    @cached_property
    def chinese(self) -> dict[str, str]:
        """Return the word of each choice; read late, since the catalogue is."""
        return self._words_in("zh-hans")

    @cached_property
    def english(self) -> dict[str, str]:
        return self._words_in("en")

    def _words_in(self, language: str) -> dict[str, str]:
        with translation.override(language):
            return {str(value): str(label) for value, label in self.of.choices}

    @property
    def spoken(self) -> dict[str, str]:
        """Return the word of each choice as files go out to this reader."""
        return self.english if reads_english() else self.chinese

    @cached_property
    def choices(self) -> dict[str, str]:
        """Return the choice of each word that a file may say."""
        found = {}
        for choice in self.of:
            value = str(choice.value)
            also = (*self.also.get(choice, ()), *self.formerly.get(choice, ()))
            found.update(dict.fromkeys((value, self.chinese[value], self.english[value], *also), value))
        return found

    def __call__(self, value: Value) -> str | None:
        if value is None:
            return None
        return (self.choices.get(value) if type(value) is str else None) or cells.choice(value, self.choices)


@dataclass
class Matched:
    """Where in a row what stands: (column, place) of what is read, and the headings that mean nothing."""

    headers: list[str]
    columns: list[tuple[Column, int]]
    unknown: list[str]

    def __post_init__(self) -> None:
        self.places = {column.name: place for column, place in self.columns}

    def heading(self, name: str) -> str:
        """Return the file's own heading for a column."""
        place = self.places.get(name)
        return name if place is None else str(self.headers[place])


def match_headers(headers: Sequence[str], columns: Sequence[Column]) -> Matched:
    """Say what each heading means; refuse what cannot be told apart or is missing."""
    known = meanings(columns)
    places: dict[str, int] = {}
    unknown = []
    for place, header in enumerate(headers):
        column, *others = known.get(cells.folded(str(header)), (None,))
        if column is None:
            unknown.append(str(header))
        elif others:
            raise _several(header, [column, *others])
        elif column.name not in places:
            places[column.name] = place
        elif not column.for_the_eye:
            raise _same(headers[places[column.name]], header)
    missing = [column for column in columns if column.required and column.name not in places]
    if missing:
        raise SheetRefused(
            _("The file lacks the columns %(columns)s."),
            columns="、".join(f"{column.name} ({column.label})" for column in missing),
        )
    read = [(column, places[column.name]) for column in columns if column.name in places and not column.for_the_eye]
    return Matched(list(headers), read, unknown)


def meanings(columns: Sequence[Column]) -> dict[str, list[Column]]:
    """Return the columns that each heading may mean; the name of the file format means its own alone."""
    found: dict[str, list[Column]] = {}
    for column in columns:
        for word in dict.fromkeys(map(cells.folded, column.headings)):
            found.setdefault(word, []).append(column)
    return found | {cells.folded(column.name): [column] for column in columns}


def _several(header: str, columns: Sequence[Column]) -> SheetRefused:
    return SheetRefused(
        _("The heading “%(heading)s” may mean several columns. Write one of these names above it: %(names)s."),
        heading=header,
        names=", ".join(column.name for column in columns),
    )


def _same(one: str, other: str) -> SheetRefused:
    return SheetRefused(_("The columns “%(one)s” and “%(other)s” mean the same."), one=one, other=other)
