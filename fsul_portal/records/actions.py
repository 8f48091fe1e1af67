"""Write the record of an act, in the same transaction as the act itself."""

from collections.abc import Iterable, Mapping
from operator import itemgetter
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils import timezone

from fsul_portal.gate.addresses import current_address
from fsul_portal.grammar.bulk import insert_values
from fsul_portal.records.models import Record
from fsul_portal.users import User

Facts = Mapping[str, Any] | None


class Entry(NamedTuple):
    """One of many acts; `label` says what the thing is called where the writer knows it without asking its rows."""

    thing: Model
    verb: str
    by: User | None
    before: Facts
    after: Facts
    note: str
    label: str = ""


def record(
    thing: Model,
    verb: str,
    *,
    by: User | None,
    before: Facts = None,
    after: Facts = None,
    note: str = "",
) -> Record:
    """Remember that `by` (a person, or None for a job) did `verb` to `thing`."""
    entry = Entry(thing, verb, by, before, after, note)
    return Record.objects.create(**_fields(entry, current_address()))


def record_many(entries: Iterable[Entry]) -> None:
    """Remember many acts at once."""
    address, now = current_address(), timezone.now()
    names = [field.attname for field in Record._meta.concrete_fields if not field.primary_key]
    values = itemgetter(*names)
    insert_values(Record, names, (values(_fields(entry, address) | {"at": now}) for entry in entries))


def _fields(entry: Entry, address: str | None) -> dict[str, Any]:
    # Keys, not rows: whoever writes in bulk comes through here thousands of times.
    return {
        "content_type_id": ContentType.objects.get_for_model(entry.thing).pk,
        "object_id": entry.thing.pk,
        "label": (entry.label or str(entry.thing))[:200],
        "verb": entry.verb,
        "by_id": entry.by.pk if entry.by else None,
        "before": entry.before or {},
        "after": entry.after or {},
        "note": entry.note,
        "address": address,
    }
