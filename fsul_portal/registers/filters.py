"""Narrow a list: by the fields that a register names, and by words in those it searches."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Model, QuerySet
from django.forms import Form
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, FilterSet
from django_filters.filterset import filterset_factory

from fsul_portal.finding.matches import Match, having, words_of

WORDS_LENGTH = 100


class Narrowing(FilterSet):
    """A filter of a list; a room inherits it where naming fields is not enough."""

    searched: Sequence[Match] = ()

    def __init__(self, *args: Any, searched: Sequence[Match] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.searched = searched or self.searched
        if self.searched:
            self.filters["words"] = CharFilter(label=_("Search"), method="find", max_length=WORDS_LENGTH)
            self.filters["words"].parent = self
            self.filters["words"].field_name = "words"
            self.filters["words"].model = self.queryset.model

    def find(self, rows: QuerySet[Any], name: str, words: str) -> QuerySet[Any]:
        """Keep the rows by which each of the words is met."""
        return having(rows, self.searched, words_of(words))

    @property
    def form(self) -> Form:
        """Return the form; its fields go by other names than those of a second form on the page."""
        form: Form = super().form
        form.auto_id = "filter_%s"
        return form

    @property
    def is_used(self) -> bool:
        """Say whether an answer was given that leaves something out."""
        return any(value not in (None, "", []) for value in self.form.cleaned_data.values())


def narrowing_of(model: type[Model], filters: Sequence[str] | type[Narrowing]) -> type[Narrowing]:
    """Return the filter of a register: the one it names, or one of the fields it names."""
    if isinstance(filters, type):
        return filters
    made: type[Narrowing] = filterset_factory(model, filterset=Narrowing, fields=list(filters))
    return made
