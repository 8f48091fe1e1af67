"""Ask for a list's columns, and for the name of a filter."""

from collections.abc import Iterable
from typing import cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from fsul_portal.registers.columns import Column
from fsul_portal.registers.models import NAME_LENGTH, KeptView

QUERY_LENGTH = cast(int, KeptView._meta.get_field("query").max_length)


class ColumnsForm(forms.Form):
    """Choose the columns of a list."""

    columns = forms.MultipleChoiceField(label=_("Columns"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(
        self, columns: Iterable[Column], data: QueryDict | None = None, *, chosen: Iterable[Column] = ()
    ) -> None:
        super().__init__(data, initial={"columns": [column.key for column in chosen]}, auto_id="columns_%s")
        offered = cast(forms.MultipleChoiceField, self.fields["columns"])
        offered.choices = [(column.key, column.title) for column in columns]


class KeepForm(forms.Form):
    """Give the filters of a list a name."""

    name = forms.CharField(label=_("Keep these filters as"), max_length=NAME_LENGTH)
    query = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_query(self) -> str:
        """Keep what narrows and orders; which page was open is of no use tomorrow."""
        query = without_page(QueryDict(self.cleaned_data["query"]))
        # Measured as it is kept: a character of Chinese is nine in an address.
        if len(query) > QUERY_LENGTH:
            raise ValidationError(_("These filters are too long to be kept; nothing has been kept."))
        return query


def without_page(query: QueryDict) -> str:
    """Return a query string as it is kept and exported: without the page, without empty answers."""
    kept = query.copy()
    kept.pop("page", None)
    for key in [key for key, values in kept.lists() if not any(values)]:
        del kept[key]
    return kept.urlencode()
