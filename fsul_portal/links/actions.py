"""Say that two records belong together, and find what belongs to one."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model

from fsul_portal.grammar.things import named, readable
from fsul_portal.grammar.words import Words
from fsul_portal.links.models import Link
from fsul_portal.links.relations import RELATED, RELATIONS
from fsul_portal.links.rules import may_link, may_unlink
from fsul_portal.records.actions import record
from fsul_portal.users import User
from fsul_portal.verdicts import require


@dataclass(frozen=True)
class Linked:
    """The other end of a link, in words for this end."""

    link: Link
    words: Words
    thing: Any
    end: str  # which end of the link the reader's own record is


@transaction.atomic
def link(first: Model, second: Model, relation: str = RELATED, *, by: User | None) -> Link:
    """Link two records, once; `by` reads both, or is a job."""
    require(may_link(by, first, second))
    if RELATIONS[relation].is_mutual and (there := Link.objects.between(second, first, relation).first()):
        return there
    found, fresh = Link.objects.get_or_create(
        first_type=ContentType.objects.get_for_model(first),
        first_id=first.pk,
        second_type=ContentType.objects.get_for_model(second),
        second_id=second.pk,
        relation=RELATIONS[relation].key,
        defaults={"linked_by": by},
    )
    if fresh:
        record(first, "linked", by=by, after={"with": str(second)})
        record(second, "linked", by=by, after={"with": str(first)})
    return found


@transaction.atomic
def unlink(found: Link, *, by: User | None) -> None:
    """Take a link away; both records remember that it was there, once however often it is asked."""
    require(may_unlink(by, found))
    if not Link.objects.select_for_update().filter(pk=found.pk):
        return
    record(found.first, "unlinked", by=by, before={"with": str(found.second)})
    record(found.second, "unlinked", by=by, before={"with": str(found.first)})
    found.delete()


def links_of(thing: Model, *, to: User) -> list[Linked]:
    """Return what is linked with a record and open to the person `to`: one query for the links, one for each kind."""
    here = ContentType.objects.get_for_model(thing)
    ends = []
    for one in Link.objects.of(thing):
        way = RELATIONS[one.relation]
        if (one.first_type_id, one.first_id) == (here.pk, thing.pk):
            ends.append((one, way.there, "first", one.second_type_id, one.second_id))
        else:
            ends.append((one, way.back, "second", one.first_type_id, one.first_id))
    read = _read({(kind, pk) for *__, kind, pk in ends}, to)
    return [Linked(one, words, read[kind, pk], end) for one, words, end, kind, pk in ends if (kind, pk) in read]


def _read(keys: set[tuple[int, int]], user: User) -> dict[tuple[int, int], Model]:
    """Return those of the records that the person may read, by kind and key."""
    of_kind: dict[int, list[int]] = defaultdict(list)
    for kind, pk in keys:
        of_kind[kind].append(pk)
    return {
        (kind, thing.pk): thing
        for kind, pks in of_kind.items()
        # A kind that the code no longer knows is read by nobody.
        if (model := ContentType.objects.get_for_id(kind).model_class())
        for thing in named(readable(model, user)).filter(pk__in=pks)
    }
