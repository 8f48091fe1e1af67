"""Ask the administrator about accounts and roles."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminPasswordWidget, UnfoldAdminSelectWidget

from fsul_portal.access.models import Grant
from fsul_portal.access.roles import DISTRICT, LIBRARY, OF_SEATS, PORTAL, ROLES
from members.libraries.models import Division, Library
from members.people.models import User

NOWHERE = _("This role is held on the whole portal.")
NOT_HERE = _("This role is not held on such a place.")
PICKS = {DISTRICT: "division", LIBRARY: "library"}


class AccountForm(forms.ModelForm):
    """An account; a password is typed when it is opened, and again when it was forgotten."""

    first_password = forms.CharField(
        label=_("First password"),
        required=False,
        strip=False,
        widget=UnfoldAdminPasswordWidget(attrs={"autocomplete": "new-password"}),
        help_text=_("Hand it over in person and ask for a change at once. Left empty, the password stays as it is."),
    )

    class Meta:
        model = User
        fields = ["username", "name", "reading", "email", "phone", "position", "library", "is_active"]

    def clean_first_password(self):
        password = self.cleaned_data["first_password"]
        if not password and self.instance.pk is None:
            raise forms.ValidationError(_("A new account needs a first password."))
        return password

    def _post_clean(self):
        """Weigh the password once the account is known: it may not resemble the name."""
        super()._post_clean()  # type: ignore[misc]
        password = self.cleaned_data.get("first_password")
        if password:
            try:
                validate_password(password, self.instance)
            except forms.ValidationError as weakness:
                self.add_error("first_password", weakness)


class GrantForm(forms.ModelForm):
    """A role for a person, with the place that the role is held on."""

    division = forms.ModelChoiceField(
        Division.objects.exclude(level=Division.Level.TOWN),
        label=_("District"),
        required=False,
        widget=UnfoldAdminSelectWidget,
        help_text=_("For roles that are held on a district."),
    )
    library = forms.ModelChoiceField(
        Library.objects.all(),
        label=_("Member library"),
        required=False,
        widget=AutocompleteSelect(User._meta.get_field("library"), admin.site),
        help_text=_("For roles that are held on a library."),
    )

    class Meta:
        model = Grant
        fields = ["person", "role"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Whoever only looks at a role gets a form without fields.
        if "person" in self.fields:
            self.fields["person"].required = True
            role: Any = self.fields["role"]
            role.choices = [(key, title) for key, title in role.choices if key not in OF_SEATS]
            role.help_text = _("The roles of committee and groups come with a seat; they are not given here.")

    def clean(self):
        """Ask for the one place which the role is held on, and for no other."""
        cleaned = super().clean() or {}
        role = ROLES.get(cleaned.get("role") or "")
        if role is None:
            return cleaned
        wanted = PICKS.get(role.scope)
        if wanted and not cleaned.get(wanted) and wanted not in self.errors:
            self.add_error(wanted, _("This role is held on a place: choose it here."))
        for pick in PICKS.values():
            if pick != wanted and cleaned.get(pick):
                sentence = (
                    _("This role is held on the whole portal.") if role.scope == PORTAL else _("Not for this role.")
                )
                self.add_error(pick, sentence)
        cleaned["place"] = cleaned.get(wanted) if wanted else None
        return cleaned
