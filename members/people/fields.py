"""Ask for a person by name, as people know each other, not by picking from a list of thousands."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fsul_portal.grammar.text import clean
from members.libraries.models import spells_along
from members.people.models import User

MOST_NAMED = 5


class PersonField(forms.CharField):
    """Take a full name or a user name, and give the account; who shares a name is told apart by the user name."""

    default_help = gettext_lazy("Full name or user name, of somebody with an account.")

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=150, **{"help_text": self.default_help} | options)
        self.widget.attrs["autocomplete"] = "off"

    def clean(self, value: Any) -> Any:
        typed = clean(super().clean(value)).strip()
        if not typed:
            return None
        people = User.objects.filter(is_active=True).select_related("library")
        people = people.prefetch_related(spells_along("library__spells"))
        named = list(people.filter(username=typed)) or list(people.filter(name=typed).order_by("username"))
        if not named:
            raise ValidationError(_("Nobody of this name has an open account; the administrator opens one."))
        if len(named) > 1:
            told = {"people": "; ".join(_described(one) for one in named[:MOST_NAMED])}
            raise ValidationError(_("Several people have this name; write the user name: %(people)s") % told)
        return named[0]


def _described(person: User) -> str:
    facts = person.library and person.library.facts
    return f"{person.username} ({facts.name if facts else '—'})"
