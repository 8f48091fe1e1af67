"""Tell a person what others have done to what he may read, since a moment."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q

from fsul_portal.grammar.things import named, readable
from fsul_portal.records.acts import in_words
from fsul_portal.records.models import Record
from fsul_portal.users import User

# So many records are looked through, and so many kinds of things asked for: an import of thousands costs no more.
LOOKED_THROUGH, KINDS = 300, 5


@dataclass(frozen=True)
class News:
    """One act of somebody else, on a thing that the reader may open."""

    thing: Model
    record: Record

    @property
    def did(self) -> str:
        return str(in_words(self.record.verb))

    @property
    def url(self) -> str:
        thing: Any = self.thing
        address: str = thing.get_absolute_url()
        return address


def news_for(user: User, since: datetime, most: int) -> list[News]:
    """Return the last acts of others since then, the newest first, one for each thing; a query for each kind."""
    others = Record.objects.filter(at__gt=since, object_id__isnull=False).exclude(Q(by=user) | Q(by__isnull=True))
    records = list(others.select_related("by")[:LOOKED_THROUGH])
    things = _things(user, records)
    found: dict[tuple[int | None, int | None], News] = {}
    for record in records:
        key = (record.content_type_id, record.object_id)
        if key in things and key not in found:
            found[key] = News(things[key], record)
    return list(found.values())[:most]


def _things(user: User, records: Iterable[Record]) -> dict[tuple[int | None, int | None], Any]:
    """Return the things of records that the person may read and open, by their kind and key."""
    keys = defaultdict(set)
    for record in records:
        keys[record.content_type_id].add(record.object_id)
    kinds = sorted(keys, key=lambda kind: -len(keys[kind]))
    models = {kind: ContentType.objects.get_for_id(kind).model_class() for kind in kinds if kind}
    opened = [(kind, model) for kind, model in models.items() if model and hasattr(model, "get_absolute_url")]
    things: dict[tuple[int | None, int | None], Any] = {}
    for kind, model in opened[:KINDS]:
        for thing in named(readable(model, user)).filter(pk__in=keys[kind]):
            things[(kind, thing.pk)] = thing
    return things
