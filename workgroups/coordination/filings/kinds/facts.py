"""Carry facts of the registry through a filing: as codes and plain text in the row, as words on the page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from members.libraries.models import Division, Library, Spell

DIVISIONS = {"district", "town"}


def plain(value):
    """Return a fact as the text that is stored and compared; nothing is ''."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(getattr(value, "code", value))


def plain_facts(spell: Spell | None) -> dict[str, str]:
    """Return all facts of a spell as plain text; {} outside the system."""
    return {field: plain(value) for field, value in spell.as_facts().items()} if spell else {}


def revive(asked):
    """Return stored facts as the registry takes them: objects instead of codes, numbers instead of text."""
    return {field: _value(Spell._meta.get_field(field), text) for field, text in asked.items()}


def _value(field, text):
    if text == "":
        return None if field.null else ""
    if field.is_relation:
        return field.related_model.objects.get(code=text)
    return field.to_python(text)


def label(field: str) -> str:
    return str(capfirst(Spell._meta.get_field(field).verbose_name))


@dataclass(frozen=True)
class Words:
    """Say each of the stored facts in words: `word("town", "440605011")`."""

    divisions: dict[str, Division]
    parents: dict[str, str]

    def __call__(self, field: str, text: str | None) -> str:
        if text in ("", None):
            return ""
        if field in DIVISIONS:
            return self.divisions[text].title if text in self.divisions else text
        if field == "parent":
            return self.parents.get(text, text)
        choices = dict(Spell._meta.get_field(field).flatchoices)
        return str(choices.get(text, text))

    def is_in(self, town: str, district: str) -> bool:
        """Say whether the town, one of the facts, belongs to the district."""
        found = self.divisions.get(town)
        return found is not None and found.parent is not None and found.parent.code == district


def words_of(sides: Iterable[Mapping[str, str | None]]) -> Words:
    """Return what says the facts of these sides in words; a query per kind of code at most."""
    codes = {field: {side[field] for side in sides if side.get(field)} for field in (*DIVISIONS, "parent")}
    named = set().union(*(codes[field] for field in DIVISIONS))
    divisions = {one.code: one for one in Division.objects.filter(code__in=named).select_related("parent")}
    parents = {library.code: str(library) for library in Library.objects.filter(code__in=codes["parent"]).with_facts()}
    return Words(divisions, parents)


def status_word(status):
    return Spell.Status(status).label if status else _("not in the system")
