"""Ask for the texts of a report, chapter by chapter, in both languages."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from fsul_portal.acts.forms import VersionForm
from reports.documents.chapters import WORDED
from reports.documents.reading import Reading
from reports.documents.words.proposal import proposed
from reports.editions.actions import full_snapshot
from reports.editions.models import Edition
from reports.editions.texts.actions import LANGUAGES, field_of

LONGEST = 6000
LABELS = {"zh-hans": "%s", "en": _("%s, in English")}


class TextsForm(VersionForm):
    """Show each text as it is, or as it is proposed."""

    def __init__(self, thing: Edition, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(thing, data, initial=initial)
        for language in LANGUAGES:
            with override(language):
                reading = Reading(full_snapshot(thing))
                first = {chapter: proposed(reading, chapter) for chapter in WORDED}
            for chapter, title in WORDED.items():
                written = thing.texts.get(chapter, {}).get(language, "")
                self.fields[field_of(chapter, language)] = forms.CharField(
                    label=str(LABELS[language]) % title,
                    required=False,
                    max_length=LONGEST,
                    initial=written or first[chapter],
                    widget=forms.Textarea(attrs={"rows": 12 if first[chapter] else 3, "lang": language}),
                )

    def answers(self) -> dict[str, Any]:
        said = self.cleaned_data
        texts = {chapter: {language: said[field_of(chapter, language)] for language in LANGUAGES} for chapter in WORDED}
        return {"texts": texts, "version": said["version"]}

    def in_chinese(self) -> Iterator[Any]:
        return (self[field_of(chapter, LANGUAGES[0])] for chapter in WORDED)

    def in_english(self) -> Iterator[Any]:
        return (self[field_of(chapter, LANGUAGES[1])] for chapter in WORDED)
