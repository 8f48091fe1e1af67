"""Ask with what a record belongs together, and how."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from fsul_portal.grammar.things import kind_of
from fsul_portal.links.relations import RELATED, RELATIONS

SHORTEST, LONGEST = 2, 60


class SearchForm(forms.Form):
    """Take the words by which the other record is looked for."""

    q = forms.CharField(label=_("Number, code or name"), min_length=SHORTEST, max_length=LONGEST)


class LinkForm(forms.Form):
    """Choose one of the records that were found, and in which way the two belong together."""

    other = forms.ChoiceField(label=_("The other record"), widget=forms.RadioSelect)
    relation = forms.ChoiceField(label=_("This record"), initial=RELATED)

    def __init__(self, data: Any = None, *, found: Iterable[Model]) -> None:
        super().__init__(data)
        self.found = {f"{kind_of(one)}:{one.pk}": one for one in found}
        of_model = [(key, f"{one._meta.verbose_name} · {one}") for key, one in self.found.items()]
        self.fields["other"].choices = of_model  # type: ignore[attr-defined]  # the stubs know no field by its name
        ways = [(key, way.there) for key, way in RELATIONS.items()]
        self.fields["relation"].choices = ways  # type: ignore[attr-defined]  # see above

    @property
    def chosen(self) -> Model:
        """Return the record that was chosen, once the form is valid."""
        return self.found[self.cleaned_data["other"]]
