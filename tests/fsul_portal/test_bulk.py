"""Show that rows written at once are the rows that were meant, whatever stands in them."""

import gc
import platform
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from fsul_portal.grammar.bulk import insert_many, insert_values
from fsul_portal.grammar.garbage import give_large_blocks_back, without_garbage_collection
from fsul_portal.records.models import Record
from fsul_portal.runs.models import Run

pytestmark = pytest.mark.django_db

AWKWARD = ["", "\\N", "a\tb", "a\nb\r\n", "\\", "\\.", "“馆” 'x' \"y\"", "𠮷 é", "{}", "NULL", "  "]
AT = datetime(2026, 2, 3, 4, 5, 6, 789, tzinfo=UTC)


def test_things_come_back_as_they_were_written_and_know_their_keys():
    runs = [
        Run(task="t", key=f"k{at}", title=words, parameters={"said": words, "of": [1, None, True, {"ä": words}]})
        for at, words in enumerate(AWKWARD)
    ]
    insert_many(runs)
    stored = list(Run.objects.filter(key__startswith="k").order_by("pk"))
    assert [one.pk for one in stored] == [one.pk for one in runs]
    assert [one.title for one in stored] == AWKWARD
    assert [one.parameters for one in stored] == [one.parameters for one in runs]
    assert [(one.requested_at, one.published_at, one.losses) for one in stored] == [
        (one.requested_at, None, 0) for one in runs
    ]
    runs[0].title = "changed"
    runs[0].save()
    assert Run.objects.get(pk=runs[0].pk).title == "changed"


def test_values_come_back_as_they_were_written():
    names = [field.attname for field in Record._meta.concrete_fields if not field.primary_key]
    given = dict.fromkeys(names) | {"at": AT, "verb": "did", "after": {}, "note": "", "address": "2001:db8::1"}
    insert_values(
        Record, names, ([(given | {"label": one, "before": {"x": one}})[name] for name in names] for one in AWKWARD)
    )
    stored = Record.objects.filter(verb="did").order_by("pk")
    assert [(one.label, one.before, one.after, one.by_id, one.address) for one in stored] == [
        (words, {"x": words}, {}, None, "2001:db8::1") for words in AWKWARD
    ]


def test_what_stands_in_the_way_raises_and_leaves_nothing():
    insert_many([Run(task="t", key="same", title="first")])
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_many([Run(task="t", key="other", title="x"), Run(task="t", key="same", title="second")])
    assert list(Run.objects.values_list("title", flat=True)) == ["first"]


def test_of_no_rows_nothing_is_asked(django_assert_num_queries):
    with django_assert_num_queries(0):
        insert_many([])


def test_garbage_is_collected_again_whatever_happened():
    seen = []

    @without_garbage_collection()
    def fail():
        seen.append(gc.isenabled())
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert (seen, gc.isenabled()) == ([False], True)


def test_what_is_large_goes_back_to_the_system():
    """Held where the library of C is that of the servers; elsewhere the process keeps what it keeps."""
    assert give_large_blocks_back() == (platform.libc_ver()[0] == "glibc")
