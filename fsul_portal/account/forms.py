"""Ask a person how he is reached and in which language he reads."""

import unicodedata
from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import RegexValidator
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from fsul_portal.account.actions import language_of
from fsul_portal.account.shortcuts import shortcuts_of, switched_off
from fsul_portal.notices.models import Reader
from fsul_portal.users import User

PHONE = RegexValidator(
    r"^\+?[0-9][0-9 \-]{5,18}$", _("Write the number in digits, such as 0757-83000000 or 13800000000.")
)


class DetailsForm(forms.Form):
    """What everybody keeps of himself."""

    phone = forms.CharField(
        label=_("Telephone"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    email = forms.EmailField(
        label=_("Mail"),
        required=False,
        help_text=_("Notices that leave the portal go here."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    language = forms.ChoiceField(label=_("Language of the portal"), choices=settings.LANGUAGES)
    letters = forms.ChoiceField(
        label=_("Language of letters"), choices=settings.LANGUAGES, help_text=_("In this language notices are written.")
    )

    def __init__(self, data: Any = None, *, person: User, language: str) -> None:
        reader = Reader.objects.filter(person=person).first()
        initial = {
            "phone": person.phone,
            "email": person.email,
            "language": language_of(person) or language,
            "letters": reader.language if reader else settings.LANGUAGE_CODE,
        }
        super().__init__(data, initial=initial)

    def clean_phone(self) -> str:
        """Take full-width digits and signs for what they mean."""
        phone = unicodedata.normalize("NFKC", self.cleaned_data["phone"]).strip()
        if phone:
            PHONE(phone)
        return phone


class ShortcutsForm(forms.Form):
    """Which shortcuts of the keyboard a person wants."""

    def __init__(self, data: Any = None, *, person: User) -> None:
        self.offered = shortcuts_of(person)
        off = switched_off(person)
        super().__init__(data, initial={"on": [one.keys for one in self.offered if one.keys not in off]})
        choices = [(one.keys, format_html("{} {}", _pressed(one.keys), one.words)) for one in self.offered]
        self.fields["on"] = forms.MultipleChoiceField(
            label=_("Shortcuts that work"), required=False, widget=forms.CheckboxSelectMultiple, choices=choices
        )

    @property
    def off(self) -> set[str]:
        """Return the keys that are to be switched off."""
        return {one.keys for one in self.offered} - set(self.cleaned_data["on"])


def _pressed(keys: str) -> SafeString:
    return format_html_join(" ", "<kbd>{}</kbd>", ((key,) for key in keys.split()))
