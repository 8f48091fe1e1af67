"""Ask for a problem (6.1 f)."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committee.problems.models import Problem
from fsul_portal.acts.forms import TokenForm
from fsul_portal.lives.forms import long_text
from members.libraries.models import Library


class ProblemForm(TokenForm):
    """What has happened, of which library, and what is asked for."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Problem.Kind.choices)
    library = forms.CharField(
        label=gettext_lazy("Code of the library"),
        max_length=20,
        required=False,
        help_text=gettext_lazy("Left empty, the problem is raised by the coordination office for the whole system."),
    )
    text = long_text(gettext_lazy("What has happened"))
    demand = long_text(gettext_lazy("What is asked for"), required=False)

    def clean_library(self) -> Any:
        code = self.cleaned_data["library"].strip()
        if not code:
            return None
        library = Library.objects.filter(code__iexact=code).first()
        if library is None:
            raise forms.ValidationError(_("There is no library of this code."))
        return library
