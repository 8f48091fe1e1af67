"""Keep who may read the open data: everybody, or whoever holds a token (6.2.1 j)."""

import hashlib
import secrets
import string
from datetime import date
from typing import Self

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fsul_portal.access.rules import holds
from fsul_portal.acts.forms import TOKEN_LENGTH
from fsul_portal.grammar.pairs import together, who
from fsul_portal.grammar.words import Words
from fsul_portal.users import User

# What a secret begins with, so that whoever finds one knows whose it is.
BEGINNING = "fsul_"
# Letters and digits alone, 256 random bits of them: a double click takes all of it.
SIGNS, SECRET_LENGTH, HINT_LENGTH = string.ascii_letters + string.digits, 43, 4


def new_secret() -> str:
    return BEGINNING + "".join(secrets.choice(SIGNS) for __ in range(SECRET_LENGTH))


def hashed(secret: str) -> str:
    """Return what is kept of a secret: of 256 random bits a plain SHA-256 tells nothing."""
    return hashlib.sha256(secret.encode()).hexdigest()


class TokenQuerySet(models.QuerySet["Token"]):
    def visible_to(self, user: User) -> Self:
        """Return the tokens which the office keeps; nobody else sees who reads."""
        return self if holds(user, "reports.open_data") else self.none()

    def for_lists(self) -> Self:
        return self.select_related("issued_by", "revoked_by")

    def standing(self) -> Self:
        """Return those that open today."""
        return self.filter(revoked_at__isnull=True, expires_on__gte=timezone.localdate())


class Token(models.Model):
    """A token with which somebody outside reads what is published; of its secret only the hash is kept (6.2.1 j)."""

    holder = models.CharField(_("reader"), max_length=80)
    purpose = models.CharField(_("purpose"), max_length=200)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    hint = models.CharField(_("ends in"), max_length=HINT_LENGTH)
    expires_on = models.DateField(_("valid until"))
    last_used_on = models.DateField(_("last used"), null=True, blank=True)
    issued_at = models.DateTimeField(_("issued at"), default=timezone.now)
    issued_by = who(verbose_name=_("issued by"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    revoked_by = who(verbose_name=_("revoked by"))
    form_token = models.CharField(max_length=TOKEN_LENGTH, editable=False)

    objects = TokenQuerySet.as_manager()

    class Meta:
        ordering = ["-issued_at", "-pk"]
        verbose_name = _("token")
        verbose_name_plural = _("tokens")
        constraints = [
            models.UniqueConstraint(fields=["issued_by", "form_token"], name="token_issued_once"),
            together("issued"),
            together("revoked"),
        ]
        permissions = [("open_data", "Can open the published data to outsiders")]

    def __str__(self) -> str:
        return f"{self.holder} …{self.hint}"

    def get_absolute_url(self) -> str:
        return reverse("reports:token-detail", args=[self.pk])

    @property
    def is_over(self) -> bool:
        return self.expires_on < timezone.localdate()

    @property
    def standing(self) -> Words:
        if self.revoked_at:
            return _("revoked")
        return _("run out") if self.is_over else _("valid")

    def used_on(self, day: date) -> None:
        """Keep the day; a second reading of the same day writes nothing."""
        if self.last_used_on != day:
            type(self).objects.filter(pk=self.pk).update(last_used_on=day)


class Openness(models.Model):
    """Whether everybody reads the open data, without a token; there is one row of it (6.2.1 j)."""

    ONE = 1

    is_open = models.BooleanField(_("open to everybody"), default=False)
    changed_at = models.DateTimeField(_("changed at"), null=True, blank=True)
    changed_by = who(verbose_name=_("changed by"))

    class Meta:
        verbose_name = _("opening of the data")
        verbose_name_plural = _("openings of the data")
        constraints = [together("changed"), models.CheckConstraint(condition=models.Q(pk=1), name="openness_is_one")]

    def __str__(self) -> str:
        return str(_("Open data"))

    def get_absolute_url(self) -> str:
        return reverse("reports:open-data")

    @classmethod
    def now(cls) -> "Openness":
        """Return how it is; closed where nobody has decided anything."""
        return cls.objects.filter(pk=cls.ONE).first() or cls(pk=cls.ONE)
