"""Weigh a new password against the one that a person has."""

from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from fsul_portal.users import User


class NotTheSameValidator:
    """Refuse as new password the one that the account has already."""

    def validate(self, password: str, user: User | None = None) -> None:
        if user is not None and user.pk and check_password(password, user.password):
            raise ValidationError(self.get_help_text(), code="password_same")

    def get_help_text(self) -> str:
        return _("The new password must be another one than the old one.")
