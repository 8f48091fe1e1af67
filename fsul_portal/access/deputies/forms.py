"""Ask who acts for whom, and until when."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fsul_portal.access.deputies.rules import may_last, may_name
from fsul_portal.access.rules import may_manage_people
from fsul_portal.grammar.words import Words
from fsul_portal.users import User

if TYPE_CHECKING:
    Whom = forms.ModelChoiceField[User]
else:
    Whom = forms.ModelChoiceField


class DayInput(forms.DateInput):
    input_type = "date"


class DeputyForm(forms.Form):
    """Name a deputy: for oneself, for somebody whom one heads, or, as the administrator, on the word of these."""

    fields: dict[str, Any]

    absent: Whom = forms.ModelChoiceField(None, label=gettext_lazy("who is away"))
    deputy: Whom = forms.ModelChoiceField(None, label=gettext_lazy("deputy"))
    first_day = forms.DateField(label=gettext_lazy("first day"), widget=DayInput(format="%Y-%m-%d"))
    last_day = forms.DateField(label=gettext_lazy("last day"), widget=DayInput(format="%Y-%m-%d"))
    kind = forms.ChoiceField(label=gettext_lazy("kind of matter"), required=False)
    word_of: Whom = forms.ModelChoiceField(
        None,
        label=gettext_lazy("decided by"),
        help_text=gettext_lazy("The person who is away, or the head of the unit."),
    )

    def __init__(
        self, *args: Any, user: User, headed: set[int], kinds: Iterable[tuple[str, Words]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.user, everybody = user, get_user_model().objects.filter(is_active=True).order_by("name", "username")
        enters_for_all = bool(may_manage_people(user))
        self.fields["absent"].queryset = everybody if enters_for_all else everybody.filter(pk__in=headed)
        self.fields["deputy"].queryset = self.fields["word_of"].queryset = everybody
        self.fields["kind"].choices = [("", _("all kinds")), *kinds]
        self.fields["absent"].initial = user.pk
        self.fields["first_day"].initial = timezone.localdate()
        if not enters_for_all:
            del self.fields["word_of"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if first and last and not (lasting := may_last(first, last)):
            self.add_error("last_day", lasting.sentence)
        if cleaned.get("absent") and cleaned.get("deputy"):
            verdict = may_name(self.user, cleaned["absent"], cleaned["deputy"], word_of=cleaned.get("word_of"))
            if not verdict:
                self.add_error(None, verdict.sentence)
        return cleaned


class HandOverForm(forms.Form):
    """Choose who leaves and who takes over."""

    fields: dict[str, Any]

    leaver: Whom = forms.ModelChoiceField(None, label=gettext_lazy("who leaves"))
    successor: Whom = forms.ModelChoiceField(None, label=gettext_lazy("successor"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everybody = get_user_model().objects.order_by("name", "username")
        self.fields["leaver"].queryset = everybody
        self.fields["successor"].queryset = everybody.filter(is_active=True)
