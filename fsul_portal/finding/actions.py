"""Fill the columns of search words of what an older release left without."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db.models import Model

from fsul_portal.finding.fields import SearchWords

BATCH = 2000


def searched() -> Iterator[tuple[type[Model], SearchWords]]:
    """Give the models that keep search words, each with its column."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, SearchWords):
                yield model, field


def fill_search_words(*, anew: bool = False) -> int:
    """Write the search words of all rows that have none, or of all; return how many were written."""
    return sum(
        write_search_words(model._default_manager.all() if anew else model._default_manager.filter(**{field.name: ""}))
        for model, field in searched()
    )


def write_search_words(rows: Any) -> int:
    """Write the search words of rows anew, where what they are made of has changed elsewhere."""
    model = rows.model
    field = next(field for model_of, field in searched() if model_of is model)
    keys = list(rows.order_by().values_list("pk", flat=True))
    every = model._default_manager.select_related(*field.along)
    written = 0
    for start in range(0, len(keys), BATCH):
        # What a row leads to is fetched along: its words may say something of it.
        batch = list(every.filter(pk__in=keys[start : start + BATCH]))
        stale = [row for row in batch if getattr(row, field.attname) != field.of(row)]
        for row in stale:
            field.pre_save(row, add=False)
        written += model._default_manager.bulk_update(stale, [field.name]) if stale else 0
    return written
