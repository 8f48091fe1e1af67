"""Ask how somebody wants to be told."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fsul_portal.grammar.words import Words
from fsul_portal.notices.channels import channels
from fsul_portal.notices.kinds import KINDS, OTHERS
from fsul_portal.notices.models import Choice, Reader
from fsul_portal.notices.sending.ways import is_fixed
from fsul_portal.users import User


class ChoiceForm(forms.Form):
    """Choose the language of letters, and when each channel that leads to the person brings each kind of notice."""

    language = forms.ChoiceField(label=gettext_lazy("Language of letters"), choices=settings.LANGUAGES)

    def __init__(self, data: Any = None, *, person: User) -> None:
        rows = Choice.objects.filter(person=person).values_list("kind", "channel", "way")
        chosen = {(kind, channel): way for kind, channel, way in rows}
        reader = Reader.objects.filter(person=person).first()
        super().__init__(data, initial={"language": reader.language if reader else settings.LANGUAGE_CODE})
        self.channels = {name: one for name, one in channels().items() if one.reaches(person)}
        for name, channel in self.channels.items():
            for kind, title in [*KINDS.items(), (OTHERS, _("Everything else"))]:
                if is_fixed(kind, channel):
                    continue
                self.fields[f"{name}-{kind}"] = forms.ChoiceField(
                    label=_("%(kind)s, by %(channel)s") % {"kind": title, "channel": channel.title},
                    choices=channel.ways,
                    initial=chosen.get((kind, name), channel.way.value),
                )

    @property
    def ways(self) -> dict[tuple[str, str], str]:
        """Return the way by kind and channel."""
        every = [(kind, name) for name in self.channels for kind in [*KINDS, OTHERS]]
        asked = [(kind, name) for kind, name in every if f"{name}-{kind}" in self.fields]
        return {(kind, name): self.cleaned_data[f"{name}-{kind}"] for kind, name in asked}

    @property
    def fixed(self) -> list[tuple[Words, list[Words]]]:
        """Return the ways which some kinds always take, with these kinds."""
        found = [
            (channel.title, [title for kind, title in KINDS.items() if is_fixed(kind, channel)])
            for channel in self.channels.values()
        ]
        return [(channel, kinds) for channel, kinds in found if kinds]
