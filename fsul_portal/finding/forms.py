"""Take what is looked for."""

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST = 100


class SearchForm(forms.Form):
    """Words to look for everywhere; each of them has to be met."""

    q = forms.CharField(label=_("Search the portal"), max_length=LONGEST, required=False, strip=True)
