"""Write the record of an act, in the same transaction as the act itself."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from fsul_portal.gate.addresses import current_address
from fsul_portal.records.models import Record
from fsul_portal.users import User

Facts = Mapping[str, Any] | None
# thing, verb, by, before, after, note
Entry = tuple[Model, str, User | None, Facts, Facts, str]


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
    return Record.objects.create(**_fields(thing, verb, by, before, after, note, address=current_address()))


def record_many(entries: Iterable[Entry]) -> list[Record]:
    """Remember many acts at once; each entry is (thing, verb, by, before, after, note)."""
    address = current_address()
    records = [Record(**_fields(*entry, address=address)) for entry in entries]
    return Record.objects.bulk_create(records, batch_size=1000)


def _fields(
    thing: Model, verb: str, by: User | None, before: Facts, after: Facts, note: str, *, address: str | None
) -> dict[str, Any]:
    # Keys, not rows: whoever writes in bulk comes through here thousands of times.
    return {
        "content_type_id": ContentType.objects.get_for_model(thing).pk,
        "object_id": thing.pk,
        "label": str(thing)[:200],
        "verb": verb,
        "by_id": by.pk if by else None,
        "before": before or {},
        "after": after or {},
        "note": note,
        "address": address,
    }
