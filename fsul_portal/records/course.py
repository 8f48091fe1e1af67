"""Tell the course of a thing out of its records, in the words of its room."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst

from fsul_portal.grammar.words import Words
from fsul_portal.records.acts import in_words
from fsul_portal.records.models import Record

# (field, before, after) of a record as (label, before, after) for the reader; None leaves the line out.
Told = tuple[Words, Any, Any]
Change = Callable[[str, Any, Any], Told | None]


@dataclass(frozen=True)
class Deed:
    """How one act is told. note: another text than the record's own; tells_changes: what it changed is listed."""

    words: Words = ""
    tone: str = "neutral"
    icon: str = "dot"
    note: Callable[[Record], str] | None = None
    tells_changes: bool = False


def course_of(
    records: Iterable[Record], deeds: Mapping[str, Deed], *, change: Change | None = None
) -> list[dict[str, Any]]:
    """Return the records as the component `_timeline` takes them; an act without a deed is told as its card does."""
    return [_line(record, deeds.get(record.verb, Deed()), change) for record in records]


def _line(record: Record, deed: Deed, change: Change | None) -> dict[str, Any]:
    line: dict[str, Any] = {"who": record.by, "at": record.at, "tone": deed.tone, "icon": deed.icon}
    line |= {"did": deed.words or in_words(record.verb), "note": deed.note(record) if deed.note else record.note}
    if deed.tells_changes:
        change = change or changed_in(record)
        line["changes"] = [told for told in (change(*one) for one in record.changes()) if told]
    return line


def changed_in(record: Record) -> Callable[[str, Any, Any], Told]:
    """Return how the changes of a record are told where its room says nothing: by the fields of the thing."""
    # Not record.content_type: kinds are kept by their manager, and a list of records would ask for each.
    kind = record.content_type_id and ContentType.objects.get_for_id(record.content_type_id).model_class()

    def change(name: str, before: Any, after: Any) -> Told:
        return (*_as_read(kind, name, before), _as_read(kind, name, after)[1])

    return change


def _field_of(kind: Any, name: str) -> Any:
    """Return the field of a thing, or of the rows that belong to it: what is true of a library stands in its spells."""
    around = [relation.related_model for relation in kind._meta.related_objects] if kind else []
    for model in (kind, *around) if kind else ():
        try:
            return model._meta.get_field(name)
        except FieldDoesNotExist:
            continue
    return None


def _as_read(kind: Any, name: str, value: Any) -> tuple[str, Any]:
    """Return the label of a field and its value as people read it; both stay as they are where nothing is known."""
    field = _field_of(kind, name)
    if field is None:
        return name, "—" if value in (None, "") else value
    names = dict(getattr(field, "flatchoices", ()))
    return capfirst(getattr(field, "verbose_name", name)), "—" if value in (None, "") else names.get(value, value)
