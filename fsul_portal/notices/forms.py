"""Ask how somebody wants to be told."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fsul_portal.notices.kinds import KINDS, OTHERS
from fsul_portal.notices.models import Choice, Reader
from fsul_portal.users import User


class ChoiceForm(forms.Form):
    """Choose the language of letters, and a way for each kind of notice."""

    language = forms.ChoiceField(label=gettext_lazy("Language of letters"), choices=settings.LANGUAGES)

    def __init__(self, data: Any = None, *, person: User) -> None:
        chosen = dict(Choice.objects.filter(person=person).values_list("kind", "way"))
        reader = Reader.objects.filter(person=person).first()
        super().__init__(data, initial={"language": reader.language if reader else settings.LANGUAGE_CODE})
        for kind, title in [*KINDS.items(), (OTHERS, _("Everything else"))]:
            self.fields[f"way-{kind}"] = forms.ChoiceField(
                label=title, choices=Choice.Way.choices, initial=chosen.get(kind, Choice.Way.AT_ONCE)
            )

    @property
    def ways(self) -> dict[str, str]:
        return {kind: self.cleaned_data[f"way-{kind}"] for kind in [*KINDS, OTHERS]}
