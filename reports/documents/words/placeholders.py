"""Give the figures of a report their names, so that a text speaks of them without holding one (6.1 d).

`{Visits}` stands for an amount with its unit, `{Visits·on year}` for how it moved, `{Visits·Nanhai}` for a district;
the code of an indicator is a name as well. What a name stands for is read from the snapshot when the report is printed.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy, override, pgettext_lazy

from fsul_portal.grammar.words import Words

from ..figures import base_text, spoken, spoken_name, spoken_on_month, spoken_on_year, total_text
from ..reckoned.derived import Derived
from . import sentences

NAME = re.compile(r"\{([^{}]*)\}")
MARK = "·"
# What people type for the mark: a dot of another width.
MARKS = re.compile("[・•．.]")

Said = Callable[[], str]


class Whole(NamedTuple):
    """A name that stands for something of the whole report."""

    title: Words
    says: Callable[[Any], str]


class Of(NamedTuple):
    """What can be said of an indicator beside its amount."""

    title: Words
    says: Callable[[Any, Any], str]
    is_monthly: bool = False


def _cell(reading: Any, indicator: Any) -> Mapping[str, Any]:
    cell: Mapping[str, Any] = reading.snapshot["system"][indicator.code]
    return cell


def _until(reading: Any) -> str:
    return str(reading.until_name) if reading.snapshot["network"]["on"] else str(reading.period_name)


WHOLE = {
    "period": Whole(pgettext_lazy("name of a figure", "period"), lambda reading: str(reading.period_name)),
    "until": Whole(pgettext_lazy("name of a figure", "day of the figures"), _until),
    "libraries": Whole(
        pgettext_lazy("name of a figure", "member libraries"),
        lambda reading: f"{reading.snapshot['network']['libraries']:,}",
    ),
    "levels": Whole(
        pgettext_lazy("name of a figure", "libraries by level"),
        lambda reading: sentences.levels(reading.snapshot["network"]),
    ),
    "moves": Whole(
        pgettext_lazy("name of a figure", "changes of the network"),
        lambda reading: sentences.moves(reading.snapshot["network"]),
    ),
    "incomparable": Whole(
        pgettext_lazy("name of a figure", "what cannot be compared"),
        lambda reading: "\n".join(sentences.incomparable(reading)),
    ),
    "completeness": Whole(pgettext_lazy("name of a figure", "what is missing"), sentences.completeness),
}
OF = {
    "on_year": Of(
        pgettext_lazy("name of a figure", "on year"),
        lambda reading, one: spoken_on_year(_cell(reading, one)),
    ),
    "last_year": Of(
        gettext_lazy("last year"),
        lambda reading, one: _base(_cell(reading, one), "last_year", one),
    ),
    "on_month": Of(
        pgettext_lazy("name of a figure", "on month"),
        lambda reading, one: spoken_on_month(_cell(reading, one)),
        is_monthly=True,
    ),
    "last_period": Of(
        gettext_lazy("last month"),
        lambda reading, one: _base(_cell(reading, one), "last_period", one),
        is_monthly=True,
    ),
}


def amount(cell: Mapping[str, Any], indicator: Any) -> str:
    """Say an amount with its unit, or that there is none."""
    if cell["value"] is None:
        return total_text(cell)
    return f"{spoken(cell['value'])}{spoken_name(indicator)[1]}"


def _base(cell: Mapping[str, Any], name: str, indicator: Any) -> str:
    if cell[name] is None:
        return base_text(cell, name)
    return f"{spoken(cell[name])}{spoken_name(indicator)[1]}"


def name_of(indicator: Any, key: str = "") -> str:
    """Return the name by which a text calls a figure of an indicator."""
    return f"{indicator.name}{MARK}{OF[key].title}" if key else str(indicator.name)


def braced(name: Words) -> str:
    return f"{{{name}}}"


def names_of(reading: Any) -> Iterator[tuple[str, Said]]:
    """Yield every name of a report, with what says it in the active language.

    A name is known in both languages, whichever the text is written in; a code stands for its indicator.
    """
    places = [({place["name"], place["name_en"]}, place["code"]) for place in reading.snapshot["districts_list"]]
    for whole in WHOLE.values():
        yield from _each(spellings(whole.title), partial(whole.says, reading))
    entries = {entry["code"]: entry for entry in reading.snapshot["dictionary"]}
    for one in reading.summed:
        names = {entries[one.code]["name"], entries[one.code]["name_en"], one.code}
        yield from _each(names, partial(amount, _cell(reading, one), one))
        for of in OF.values():
            if not (of.is_monthly and reading.annual):
                yield from _each(_marked(names, spellings(of.title)), partial(of.says, reading, one))
        for place, code in places:
            yield from _each(_marked(names, place), partial(amount, reading.snapshot["districts"][code][one.code], one))
    yield from _reckoned(reading, places)


def _reckoned(reading: Any, places: list[tuple[set[str], str]]) -> Iterator[tuple[str, Said]]:
    """Yield the formulas that have a place in the report."""
    derived = Derived(reading)
    for one in derived.formulas:
        names = {one.name, one.name_en, one.code}
        yield from _each(names, partial(_value, derived, one, ""))
        for place, code in places:
            yield from _each(_marked(names, place), partial(_value, derived, one, code))


def spellings(title: Words) -> set[str]:
    """Return a name in both languages."""
    found = set()
    for language in ("zh-hans", "en"):
        with override(language):
            found.add(str(title))
    return found


def _each(names: Iterable[str], says: Said) -> Iterator[tuple[str, Said]]:
    return ((name, says) for name in names)


def _marked(names: Iterable[str], others: Iterable[str]) -> Iterator[str]:
    return (f"{name}{MARK}{other}" for name in names for other in others)


def _value(derived: Derived, formula: Any, place: str) -> str:
    value = derived.value(formula, place)
    return value.text if value.reckoned.value is None else f"{value.text}{derived.unit(formula)}"


def unknown_in(text: str, reading: Any) -> list[str]:
    """Return what a text calls by names that nothing of the report bears, and braces that are left open."""
    known = dict(names_of(reading))
    called = [name for name in NAME.findall(text) if _spelled(name, known) is None]
    return called + re.findall(r"[{}]\S{0,10}", NAME.sub("", text))


def filled(text: str, reading: Any) -> list[str]:
    """Return a text as paragraphs with what its names stand for; a name of before that nothing bears now stays."""
    known = dict(names_of(reading))

    def said(met: re.Match[str]) -> str:
        name = _spelled(met[1], known)
        return met[0] if name is None else known[name]()

    lines = NAME.sub(said, text).splitlines()
    return [line.strip() for line in lines if line.strip()]


def _spelled(name: str, known: Mapping[str, Said]) -> str | None:
    """Return a name as it is known, whatever dot and spaces somebody typed."""
    typed = name.strip()
    for spelled in (typed, MARKS.sub(MARK, typed)):
        tight = MARK.join(part.strip() for part in spelled.split(MARK))
        if tight in known:
            return tight
    return None
